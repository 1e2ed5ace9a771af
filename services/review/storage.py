"""Review's tables: the roll, the household files, their papers, and what is known of cases and recusals."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    Row,
    String,
    Table,
    select,
)
from sqlalchemy.dialects.postgresql import Insert as PgInsert
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from services.common.policy.household_terms import Category
from services.common.policy.law import Missing
from services.common.policy.month import Month
from services.common.runtime import row_security
from services.common.runtime.tables import service_metadata
from services.common.runtime.tx import Tx
from services.review.model import (
    CaseId,
    HouseholdFile,
    HouseholdId,
    KnownCase,
    Paper,
    PersonId,
    RecipientId,
    RollEntry,
    Stage,
)

metadata = service_metadata()

roll = Table(
    "roll",
    metadata,
    Column("township", String(12), primary_key=True),
    Column("recipient_id", String(36), primary_key=True),
    Column("case_id", String(36), nullable=False, unique=True, comment="the case that was confirmed"),
    Column("household_id", String(36), nullable=False),
    Column("village", String(12), nullable=False),
    Column("category", String(20), nullable=False),
    Column("insured_person_ids", JSON, nullable=False, comment="保障人口; ids only"),
    Column("monthly_amount_fen", BigInteger, nullable=False),
    Column("add_on_fen", BigInteger, nullable=False, comment="分类施保"),
    Column("first_month", String(7), nullable=False, comment="YYYY-MM"),
    Column("enrolled_on", Date, nullable=False),
    Column("stage", String(10), nullable=False),
    Column("version", Integer, nullable=False),
)
_active = roll.c.stage == Stage.ACTIVE.value
Index(
    "uq_roll_active_household",
    roll.c.household_id,
    unique=True,
    sqlite_where=_active,
    postgresql_where=_active,
)
Index("ix_roll_village", roll.c.township, roll.c.village)

household_files = Table(
    "household_files",
    metadata,
    Column("household_id", String(36), primary_key=True, comment="一户一档"),
    Column("township", String(12), nullable=False),
    Column("village", String(12), nullable=False, comment="一村(居)一盒"),
    Column("file_no", String(40), nullable=False, unique=True),
    Column("opened_on", Date, nullable=False),
    Column("kept_apart", Boolean, nullable=False, comment="near kin of staff are declared (R3.8)"),
)
Index("ix_household_files_village", household_files.c.township, household_files.c.village)

file_counters = Table(
    "file_counters",
    metadata,
    Column("box", String(30), primary_key=True, comment="district, township, village, class and year"),
    Column("last", Integer, nullable=False, comment="last number given out"),
)

papers = Table(
    "papers",
    metadata,
    Column("case_id", String(36), primary_key=True),
    Column("kind", String(30), primary_key=True),
    Column("reference", String(80), primary_key=True, comment="id of the act that the paper records"),
    Column("household_id", String(36), nullable=False, index=True),
    Column("event", String(40), nullable=False, comment="the event that told of it"),
    Column("filed_on", Date, nullable=False),
)

known_cases = Table(
    "known_cases",
    metadata,
    Column("case_id", String(36), primary_key=True),
    Column("household_id", String(36), nullable=False, index=True),
    Column("township", String(12), nullable=False),
    Column("village", String(12), nullable=False, comment="empty until intake has told it"),
    Column("opinion_revision", Integer, nullable=False, comment="revision that kin_declared is from"),
    Column("kin_declared", Boolean, nullable=False),
)

recusals = Table(
    "recusals",
    metadata,
    Column("household_id", String(36), primary_key=True),
    Column("township", String(12), nullable=False),
    Column("staff_ids", JSON, nullable=False, comment="everyone recused, the full set (R3.10)"),
)

row_security.guard(roll, household_files, known_cases, recusals)


async def find_active_entry(tx: Tx, household_id: HouseholdId) -> RollEntry | None:
    """The entry under which the household receives assistance today."""
    row = await tx.one(select(roll).where(roll.c.household_id == household_id, _active))
    return entry_of(row) if row else None


async def active_entries(tx: Tx, township: str) -> list[RollEntry]:
    """Everybody on the roll of a township today, by household id."""
    mine = select(roll).where(roll.c.township == township, _active).order_by(roll.c.household_id)
    return [entry_of(row) for row in await tx.all(mine)]


async def townships_on_roll(tx: Tx) -> list[str]:
    return [
        row.township for row in await tx.all(select(roll.c.township).distinct().order_by(roll.c.township))
    ]


async def find_entry_of_case(tx: Tx, case_id: CaseId) -> RollEntry | None:
    row = await tx.one(select(roll).where(roll.c.case_id == case_id))
    return entry_of(row) if row else None


async def load_recipient(tx: Tx, household_id: HouseholdId) -> RollEntry:
    """The active entry of a household, or the last one that ended."""
    mine = select(roll).where(roll.c.household_id == household_id)
    newest_first = mine.order_by(roll.c.stage, roll.c.enrolled_on.desc(), roll.c.recipient_id.desc())
    row = await tx.one(newest_first.limit(1))
    if row is None:
        raise Missing("该户的在册登记")
    return entry_of(row)


async def add_entry(tx: Tx, entry: RollEntry) -> None:
    await tx.execute(
        roll.insert().values(
            township=entry.township,
            recipient_id=entry.recipient_id,
            case_id=entry.case_id,
            household_id=entry.household_id,
            village=entry.village,
            category=entry.category.value,
            insured_person_ids=list(entry.insured_person_ids),
            monthly_amount_fen=entry.monthly_amount_fen,
            add_on_fen=entry.add_on_fen,
            first_month=str(entry.first_month),
            enrolled_on=entry.enrolled_on,
            stage=entry.stage.value,
            version=entry.version,
        )
    )


def entry_of(row: Row[Any]) -> RollEntry:
    """A row of the roll as the model knows it."""
    return RollEntry(
        recipient_id=RecipientId(row.recipient_id),
        case_id=CaseId(row.case_id),
        household_id=HouseholdId(row.household_id),
        township=row.township,
        village=row.village,
        category=Category(row.category),
        insured_person_ids=tuple(map(PersonId, row.insured_person_ids)),
        monthly_amount_fen=row.monthly_amount_fen,
        add_on_fen=row.add_on_fen,
        first_month=Month.parse(row.first_month),
        enrolled_on=row.enrolled_on,
        stage=Stage(row.stage),
        version=row.version,
    )


async def find_file(tx: Tx, household_id: HouseholdId) -> HouseholdFile | None:
    row = await tx.one(select(household_files).where(household_files.c.household_id == household_id))
    return HouseholdFile(**row._mapping) if row else None


async def load_file(tx: Tx, household_id: HouseholdId) -> HouseholdFile:
    found = await find_file(tx, household_id)
    if found is None:
        raise Missing("该户的档案，保障确认后才建档")
    return found


async def save_file(tx: Tx, file: HouseholdFile) -> None:
    """Open the file; of one that exists only the keeping may change, never the number."""
    values = {name: getattr(file, name) for name in file.__slots__}
    opened = _insert(tx, household_files).values(values)
    await tx.execute(
        opened.on_conflict_do_update(index_elements=["household_id"], set_={"kept_apart": file.kept_apart})
    )


async def next_serial(tx: Tx, box: str) -> int:
    """The next number of a box; the row stays locked until the commit, so no number is given twice."""
    first = _insert(tx, file_counters).values(box=box, last=1)
    counted = first.on_conflict_do_update(index_elements=["box"], set_={"last": file_counters.c.last + 1})
    serial: int = (await tx.execute(counted.returning(file_counters.c.last))).scalar_one()
    return serial


async def add_paper(tx: Tx, paper: Paper) -> bool:
    """Keep a paper by its case; whether it is new."""
    values = {name: getattr(paper, name) for name in paper.__slots__} | {"kind": paper.kind.value}
    result = await tx.execute(_insert(tx, papers).values(values).on_conflict_do_nothing())
    return result.rowcount == 1


async def find_case(tx: Tx, case_id: CaseId, *, lock: bool = False) -> KnownCase | None:
    """What is known of a case; locked, two publishers' events about it go one after the other."""
    wanted = select(known_cases).where(known_cases.c.case_id == case_id)
    row = await tx.one(wanted.with_for_update() if lock else wanted)
    return KnownCase(**row._mapping) if row else None


async def case_township(tx: Tx, case_id: CaseId) -> tuple[HouseholdId, str]:
    """Household and township of a case that review has heard of."""
    found = await find_case(tx, case_id) or await find_entry_of_case(tx, case_id)
    if found is None:
        raise Missing("该案件")
    return found.household_id, found.township


async def save_case(tx: Tx, case: KnownCase) -> None:
    values = {name: getattr(case, name) for name in case.__slots__}
    statement = _insert(tx, known_cases).values(values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["case_id"], set_=values))


async def recused_staff(tx: Tx, household_id: str) -> frozenset[str]:
    found = await tx.scalar(select(recusals.c.staff_ids).where(recusals.c.household_id == household_id))
    return frozenset(found or ())


async def save_recusals(tx: Tx, household_id: HouseholdId, township: str, staff_ids: frozenset[str]) -> None:
    values = {"household_id": household_id, "township": township, "staff_ids": sorted(staff_ids)}
    statement = _insert(tx, recusals).values(values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["household_id"], set_=values))


def _insert(tx: Tx, table: Table) -> PgInsert:
    """An insert that can say what to do on conflict; both databases spell it the same way."""
    return cast(PgInsert, sqlite_insert(table)) if tx.service.database.is_sqlite else pg_insert(table)
