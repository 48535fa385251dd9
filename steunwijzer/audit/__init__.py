"""Who read or did what at the desk: numbered without gaps, chained by hashes, never changed; never what was said.

``await audit.append(session, at=…, who=…, gemeente=…, act=…, subject=…, detail={})`` in the caller's transaction.
"""

from steunwijzer.audit.chain import GENESIS, Entry, append, hash_of
from steunwijzer.audit.reading import Filter, entries, stream
from steunwijzer.audit.retention import seal
from steunwijzer.audit.sheet import as_csv
from steunwijzer.audit.verify import Verdict, verify

__all__ = [
    "GENESIS",
    "Entry",
    "Filter",
    "Verdict",
    "append",
    "as_csv",
    "entries",
    "hash_of",
    "seal",
    "stream",
    "verify",
]
