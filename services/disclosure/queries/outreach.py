"""What outreach can be asked: the library by words, and what an area still owes this year."""

from __future__ import annotations

from services.common.policy.areas import DISTRICT, UNITS
from services.common.policy.roles import AreaLevel, area_level
from services.common.runtime.tx import Tx
from services.disclosure.model.outreach import Document, TrainingLevel
from services.disclosure.rules.outreach import Missing, current, missing_this_year
from services.disclosure.rules.searching import folded, grams
from services.disclosure.storage import outreach


async def found_in_library(words: str, tx: Tx) -> list[Document]:
    """Documents with all of these words, titles first; without words those in force."""
    wanted = sorted(grams(words))
    if not wanted:
        return current(await outreach.all_documents(tx), tx.today)
    found = await outreach.documents_with(tx, wanted)
    return sorted(found, key=lambda one: (folded(words) not in folded(one.title), one.title))


async def owed_in(area: str, tx: Tx) -> list[Missing]:
    """What is missing this year: of a township its own, of the district its own and every township's."""
    year = tx.today.year
    if area_level(area) is AreaLevel.VILLAGE:
        return []
    names = {area: next((one.name for one in UNITS if one.code == area), DISTRICT.name)}
    if area_level(area) is AreaLevel.DISTRICT:
        names |= {one.code: one.name for one in UNITS}
    trainings = await outreach.trainings_in(tx, area, year)
    activities = await outreach.activities_in(tx, area, year)
    studies = await outreach.studies_in(tx, area, year)
    owed: list[Missing] = []
    for code, name in names.items():
        own = TrainingLevel.DISTRICT if len(code) == len(DISTRICT.code) else TrainingLevel.TOWNSHIP
        owed += missing_this_year(
            name,
            own,
            year,
            [one for one in trainings if one.area == code],
            [one for one in activities if one.area.startswith(code)],
            [one for one in studies if one.area.startswith(code)],
        )
    return owed
