"""The metadata every table of intake hangs on."""

from services.common.runtime.tables import service_metadata

metadata = service_metadata()
