"""What the processes of the front office share: limits, and calls that something changed. With Redis, or alone without it."""

from steunwijzer.shared.buckets import Buckets, OwnBuckets
from steunwijzer.shared.calls import ALONE, Calls
from steunwijzer.shared.rooms import Shared, open_shared

__all__ = ["ALONE", "Buckets", "Calls", "OwnBuckets", "Shared", "open_shared"]
