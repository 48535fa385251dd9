"""Whom we trust when we connect: the certificates of this device, those of ``SSL_CERT_FILE``, and the list that comes with certifi."""

from __future__ import annotations

import ssl


def trusted() -> ssl.SSLContext:
    """A context that checks certificate and name. A municipality's own certificate authority is added to the device."""
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
