"""What of a publicity is a notice: the fields of its kind and the frame around them, nothing more."""

from __future__ import annotations

from datetime import date

from services.disclosure.model import BoardKind, Notice, Publicity


def notice_of_publicity(publicity: Publicity, shown_from: date) -> Notice:
    """The notice as it hangs in public; each kind fills its own fields only."""
    return Notice(
        entry_id=publicity.publicity_id,
        kind=BoardKind(publicity.kind.value),
        township=publicity.township,
        village=publicity.village,
        also_in=publicity.residence_village,
        head_name=publicity.head_name,
        category=publicity.category,
        household_size=publicity.household_size,
        cause=publicity.cause,
        object_category=publicity.object_category,
        sex=publicity.sex,
        end_reason=publicity.end_reason,
        shown_from=shown_from,
        shown_until=publicity.ends_on,
        provisional=publicity.provisional,
    )
