"""What tablets talk to: forms, tasks and households out, records and photos in, a receipt for every part."""

from __future__ import annotations

from functools import cache

from fastapi import APIRouter

from services.common.runtime.service import Service
from services.intake.field import devices, handover, openrosa, photos, pull, records
from services.intake.field.receipts import ReceiptKey


def routes(service: Service) -> list[APIRouter]:
    """Everything under /field/v1 and /openrosa."""

    @cache
    def key() -> ReceiptKey:
        return ReceiptKey.from_settings(service.settings)

    return [
        devices.router(service),
        records.router(service, key),
        photos.router(service),
        pull.router(service),
        handover.router(service, key),
        openrosa.router(service),
    ]
