"""The tables of disclosure and the plain functions that read and write them."""

from services.disclosure.storage.tables import metadata

__all__ = ["metadata"]
