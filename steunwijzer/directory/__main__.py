"""``python -m steunwijzer.directory``: build the store when the content changed; says so only when it did something."""

import sys

from steunwijzer.directory import service, store
from steunwijzer.settings import ROOT, load_settings

if __name__ == "__main__":
    target = load_settings().directory_path
    before = target.stat().st_mtime_ns if target.exists() else None
    try:
        count = service.build(ROOT / "content", target)
    except (ValueError, store.DirectoryUnavailable) as error:
        sys.exit(str(error))
    if before != target.stat().st_mtime_ns:
        sys.stdout.write(f"overzicht van lokale hulp gemaakt: {count} vermeldingen\n")
