"""What tablets talk to: forms and tasks out, records and photos in, a receipt for every part."""

from __future__ import annotations

from fastapi import APIRouter

from services.common.runtime.service import Service
from services.intake.field import devices, openrosa, photos, records


def routes(service: Service) -> list[APIRouter]:
    """Everything under /field/v1 and /openrosa."""
    return [
        devices.router(service),
        records.router(service),
        photos.router(service),
        openrosa.router(service),
    ]
