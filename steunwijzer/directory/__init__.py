"""The directory of local help: a store to search, filled from ``content/opties`` and from imports.

Only :mod:`steunwijzer.directory.service` is for others; the record is described in docs/lokale-opties.md.
"""
