"""Part of migration 0004: the database itself refuses to change or drop what was logged. Reasons and limits: docs/adr/0008."""

from alembic import op

_START = "INSERT INTO audit_head (id, number, hash) VALUES (1, 0, '" + "0" * 64 + "')"
_LAST = (
    "COALESCE((SELECT MAX(number) FROM audit_entry), 0)",
    "COALESCE((SELECT MAX(number) FROM audit_seal), 0)",
)
_SEALED = "OLD.number <= COALESCE((SELECT MAX(number) FROM audit_seal), 0)"
_YOUNG = "NOT EXISTS (SELECT 1 FROM audit_entry WHERE number = NEW.number AND hash = NEW.hash AND at < {year_ago})"

# name, moment, table, when it refuses, what it says
_SQLITE = (
    (
        "audit_entry_insert", "INSERT", "audit_entry", f"NEW.number <> MAX({_LAST[0]}, {_LAST[1]}) + 1",
        "audit_entry: numbers follow each other",
    ),
    ("audit_entry_update", "UPDATE", "audit_entry", "1", "audit_entry: never changed"),
    ("audit_entry_delete", "DELETE", "audit_entry", f"NOT ({_SEALED})", "audit_entry: deleted only when sealed"),
    (
        "audit_seal_insert", "INSERT", "audit_seal", _YOUNG.format(year_ago="datetime('now', '-1 year')"),
        "audit_seal: only of an entry older than a year",
    ),
    ("audit_seal_update", "UPDATE", "audit_seal", "1", "audit_seal: never changed"),
    ("audit_seal_delete", "DELETE", "audit_seal", "1", "audit_seal: never deleted"),
    ("audit_head_delete", "DELETE", "audit_head", "1", "audit_head: never deleted"),
)  # fmt: skip

_POSTGRES = (
    f"""
    CREATE FUNCTION audit_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' AND TG_TABLE_NAME = 'audit_entry' THEN
            IF NEW.number = GREATEST({_LAST[0]}, {_LAST[1]}) + 1 THEN RETURN NEW; END IF;
            RAISE EXCEPTION 'audit_entry: numbers follow each other';
        ELSIF TG_OP = 'INSERT' THEN
            IF {_YOUNG.format(year_ago="now() - interval '1 year'")} THEN
                RAISE EXCEPTION 'audit_seal: only of an entry older than a year';
            END IF;
            RETURN NEW;
        ELSIF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'audit_entry' THEN
            IF {_SEALED} THEN RETURN OLD; END IF;
            RAISE EXCEPTION 'audit_entry: deleted only when sealed';
        END IF;
        RAISE EXCEPTION '%: never changed', TG_TABLE_NAME;
    END $$
    """,
    "CREATE TRIGGER audit_entry_guard BEFORE INSERT OR UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_guard()",
    "CREATE TRIGGER audit_seal_guard BEFORE INSERT OR UPDATE OR DELETE ON audit_seal FOR EACH ROW EXECUTE FUNCTION audit_guard()",
    "CREATE TRIGGER audit_head_guard BEFORE DELETE ON audit_head FOR EACH ROW EXECUTE FUNCTION audit_guard()",
    *(
        f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION audit_guard()"
        for table in ("audit_entry", "audit_seal", "audit_head")
    ),
)


def add() -> None:
    """The first link of the chain, and the triggers that guard it."""
    op.execute(_START)
    if _is_sqlite():
        for name, moment, table, when, says in _SQLITE:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {moment} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{says}'); END"
            )
    else:
        for statement in _POSTGRES:
            op.execute(statement)


def remove() -> None:
    """Without this the tables could not go."""
    if _is_sqlite():
        for name, *_ in _SQLITE:
            op.execute(f"DROP TRIGGER {name}")
    else:
        op.execute("DROP FUNCTION audit_guard() CASCADE")


def _is_sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")
