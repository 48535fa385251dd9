"""The OpenAPI 3.1 description of the chat API, as data beside the handlers. schemathesis holds it against the real answers."""

from __future__ import annotations

from steunwijzer.chat.schemas import MUNICIPALITY, SCHEMAS, STATUS, UUID, Schema, object_of

VERSION = "1.2.0"


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _body(name: str) -> Schema:
    return {"required": True, "content": {"application/json": {"schema": _ref(name)}}}


def _json(schema: Schema, description: str) -> Schema:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _problems(*codes: int) -> Schema:
    words = {400: "Er klopt iets niet in het bericht", 401: "Geen toegang tot dit gesprek", 403: "Deze website mag dit niet", 404: "Dat is geen gesprek", 409: "Botst met een eerder bericht",
             413: "Te groot", 429: "Te snel", 503: "Nog niet klaar", 500: "Storing"}  # fmt: skip
    content = {"application/problem+json": {"schema": _ref("Fout")}}
    return {str(code): {"description": words[code], "content": content} for code in codes}


_OWNED = [{"name": "id", "in": "path", "required": True, "schema": UUID}]
_SECURE: list[Schema] = [{"gesprekstoken": []}]


def _operation(summary: str, answers: Schema, *, body: str | None = None, secure: bool = True) -> Schema:
    made: Schema = {"summary": summary, "operationId": summary.replace(" ", "_").lower(), "responses": answers}
    if body:
        made["requestBody"] = _body(body)
    return {**made, "security": _SECURE} if secure else made


_DOCUMENT: Schema = {
    "openapi": "3.1.0",
    "info": {
        "title": "Steunwijzer chat",
        "version": VERSION,
        "description": "Gesprekken van inwoners met Steunwijzer. Alle teksten zijn Nederlands.",
        "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        "contact": {"name": "Beheerders van Steunwijzer"},
    },
    "paths": {
        "/conversations": {
            "post": _operation(
                "Begin een gesprek",
                {
                    "201": _json(
                        object_of(
                            {
                                "id": UUID,
                                "token": {"type": "string"},
                                "status": STATUS,
                                "gemeente": MUNICIPALITY,
                                "messages": _ref("Berichten"),
                            }
                        ),
                        "Het gesprek met zijn geheim",
                    ),
                    **_problems(400, 403, 413, 429, 503),
                },
                body="NieuwGesprek",
                secure=False,
            )
        },
        "/conversations/{id}": {
            "parameters": _OWNED,
            "get": _operation(
                "Toon een gesprek",
                {
                    "200": _json(
                        object_of(
                            {"id": UUID, "status": STATUS, "gemeente": MUNICIPALITY, "messages": _ref("Berichten")}
                        ),
                        "Het hele gesprek",
                    ),
                    **_problems(401, 403, 404, 429, 503),
                },
            ),
            "delete": _operation(
                "Wis een gesprek",
                {"204": {"description": "Tekst en toestand zijn overal weg"}, **_problems(401, 403, 404, 409, 429)},
            ),
        },
        "/conversations/{id}/messages": {
            "parameters": _OWNED,
            "post": _operation(
                "Stuur een bericht",
                {
                    "200": _json(
                        object_of(
                            {
                                "messages": _ref("Berichten"),
                                "status": STATUS,
                                "gemeente": MUNICIPALITY,
                                "masked": {"type": "array", "items": {"type": "string"}},
                            }
                        ),
                        "Het antwoord; dezelfde client_id geeft hetzelfde antwoord",
                    ),
                    **_problems(400, 401, 403, 404, 409, 413, 429, 503),
                },
                body="NieuwBericht",
            ),
        },
        "/conversations/{id}/events": {
            "parameters": [
                *_OWNED,
                {"name": "Last-Event-ID", "in": "header", "required": False, "schema": {"type": "string"}},
            ],
            "get": _operation(
                "Volg een gesprek",
                {
                    "200": {
                        "description": "Gebeurtenissen message, status en typing",
                        "content": {"text/event-stream": {"schema": {"type": "string"}}},
                    },
                    **_problems(401, 403, 404, 429, 503),
                },
            ),
        },
        "/conversations/{id}/feedback": {
            "parameters": _OWNED,
            "post": _operation(
                "Geef een oordeel",
                {
                    "200": _json(
                        object_of({"ok": {"type": "boolean"}, "status": STATUS, "messages": _ref("Berichten")}),
                        "Geteld; wie niet geholpen is, krijgt een medewerker aangeboden",
                    ),
                    **_problems(400, 401, 403, 404, 413, 429, 503),
                },
                body="Oordeel",
            ),
        },
        "/conversations/{id}/contact": {
            "parameters": _OWNED,
            "post": _operation(
                "Geef gegevens waar een medewerker om vroeg",
                {
                    "200": _json(
                        object_of({"status": STATUS, "messages": _ref("Berichten")}), "De medewerker heeft ze"
                    ),
                    **_problems(400, 401, 403, 404, 409, 413, 429, 503),
                },
                body="Gegevens",
            ),
        },
        "/conversations/{id}/handover": {
            "parameters": _OWNED,
            "get": _operation(
                "Toon wat wordt doorgegeven",
                {
                    "200": _json(
                        _ref("Doorgeven"),
                        "Precies wat een medewerker krijgt, de plaats in de rij en het terugbelverzoek",
                    ),
                    **_problems(401, 403, 404, 429, 503),
                },
            ),
            "delete": _operation(
                "Toch geen medewerker",
                {
                    "200": _json(
                        object_of({"status": STATUS, "messages": _ref("Berichten")}), "De assistent gaat verder"
                    ),
                    **_problems(401, 403, 404, 409, 429),
                },
            ),
            "post": _operation(
                "Geef een gesprek door",
                {
                    "200": _json(object_of({"status": STATUS, "messages": _ref("Berichten")}), "Doorgegeven"),
                    **_problems(400, 401, 403, 404, 409, 413, 429, 503),
                },
                body="Overdracht",
            ),
        },
        "/municipalities/{code}": {
            "parameters": [
                {
                    "name": "code",
                    "in": "path",
                    "required": True,
                    "schema": {"type": "string", "pattern": "^GM[0-9]{4}$"},
                }
            ],
            "get": _operation(
                "Toon hoe een gemeente te bellen is",
                {
                    "200": _json(
                        object_of(
                            {
                                "gemeente": {"type": "string"},
                                "naam": {"type": ["string", "null"]},
                                "telefoon": {"type": ["string", "null"]},
                            }
                        ),
                        "Naam en nummer; leeg als de gemeente ze niet heeft ingevuld",
                    ),
                    **_problems(404),
                },
                secure=False,
            ),
        },
        "/agenda.ics": {
            "parameters": [
                {"name": start, "in": "query", "required": False, "schema": {"type": "string", "format": "date"}}
                for start in ("melding", "aanvraag", "besluit", "ingediend")
            ],
            "get": _operation(
                "Zet de termijnen in een agenda",
                {
                    "200": {
                        "description": "Kalender (RFC 5545) met de dagen die nog komen; geef precies één begindag",
                        "content": {"text/calendar": {"schema": {"type": "string"}}},
                    },
                    **_problems(400, 429),
                },
                secure=False,
            ),
        },
        "/ready": {
            "get": _operation(
                "Is er al antwoord",
                {
                    "200": _json(object_of({"status": {"type": "string"}}), "Er is een echte vraag beantwoord"),
                    **_problems(503),
                },
                secure=False,
            )
        },
        "/health": {
            "get": _operation(
                "Leeft de front office", {"200": _json(object_of({"status": {"type": "string"}}), "Ja")}, secure=False
            )
        },
    },
    "components": {
        "schemas": SCHEMAS,
        "securitySchemes": {
            "gesprekstoken": {"type": "http", "scheme": "bearer", "description": "Het token van dit ene gesprek"}
        },
    },
}


def document(public_url: str = "") -> Schema:
    """The description, with the address of the API as residents see it (relative when that is not set)."""
    return {**_DOCUMENT, "servers": [{"url": f"{public_url}/api/v1"}]}
