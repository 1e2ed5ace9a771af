"""Disclosure's own tables. The public page reads `board` and `areas` and nothing else."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from services.common.runtime import row_security
from services.common.runtime.tables import Instant, service_metadata

metadata = service_metadata()

areas = Table(
    "areas",
    metadata,
    Column("code", String(12), primary_key=True, comment="6 digits district, 9 township, 12 village"),
    Column("name", String(80), nullable=False),
    Column("compounds", JSON, nullable=False, comment="residential compounds, each with a board of its own"),
    Column("report_phone", String(40), nullable=False, comment="监督举报电话; empty: that of the area above"),
)

recusals = Table(
    "recusals",
    metadata,
    Column("household_id", String(36), primary_key=True),
    Column("township", String(9), nullable=False),
    Column("staff_ids", JSON, nullable=False, comment="every member of staff who keeps away (R3.10)"),
)

publicities = Table(
    "publicities",
    metadata,
    Column("publicity_id", String(36), primary_key=True),
    Column("township", String(9), nullable=False),
    Column("village", String(12), nullable=False),
    Column("compound", String(80), nullable=False, comment="empty where the household lives in none"),
    Column("case_id", String(36), nullable=False),
    Column("household_id", String(36), nullable=False),
    Column("revision", Integer, nullable=False, comment="of the preliminary opinion that is made public"),
    Column("kind", String(20), nullable=False),
    Column("stage", String(20), nullable=False),
    Column("head_name", String(60), nullable=False, comment="published by R5; checked by rules/leaks"),
    Column("household_size", Integer),
    Column("cause", String(20), comment="coarse code, never an illness"),
    Column("category", String(20)),
    Column("object_category", String(20), comment="of expenditure relief (R5.3a)"),
    Column("sex", String(10), comment="published by R5.2c alone"),
    Column("end_reason", String(20), comment="coarse code (R5.2c)"),
    Column("residence_village", String(12), nullable=False, server_default="", comment="empty: the same"),
    Column("institution", String(80), nullable=False, server_default="", comment="collective care"),
    Column("round", Integer, nullable=False, server_default="1", comment="2 and more: after an objection"),
    Column("formed_on", Date, nullable=False),
    Column("posted_on", Date, comment="day of the last posting; the period runs from the day after"),
    Column("first_day", Date),
    Column("ends_on", Date, comment="ends at 24:00 of this day"),
    Column("decidable_on", Date, comment="first day on which a meeting may decide"),
    Column("provisional", Boolean, nullable=False, comment="counted without that year's holiday notice"),
    Column("version", Integer, nullable=False),
    UniqueConstraint("case_id", "kind", "revision", "round", name="uq_publicities_case_kind_revision_round"),
    CheckConstraint("(ends_on IS NULL) = (posted_on IS NULL)", name="period_whole"),
)
Index("ix_publicities_stage_ends", publicities.c.stage, publicities.c.ends_on)

postings = Table(
    "postings",
    metadata,
    Column("posting_id", String(36), primary_key=True),
    Column("publicity_id", ForeignKey("publicities.publicity_id"), nullable=False, index=True),
    Column("place", String(20), nullable=False),
    Column("place_name", String(120), nullable=False),
    Column("stage", String(20), nullable=False),
    Column("posted_at", Instant),
    Column("posted_on", Date, comment="day that counts for the period, checked against a wrong tablet clock"),
    Column("proof_owner", String(20), nullable=False, comment="service that keeps the photo"),
    Column("proof_sha256", String(64), nullable=False),
    Column("asked_on", Date, comment="when the task went out"),
    Column("chased", Integer, nullable=False, server_default="0", comment="how often its proof was chased"),
)
Index("ix_postings_stage_asked", postings.c.stage, postings.c.asked_on)

entries = Table(
    "entries",
    metadata,
    Column("entry_id", String(36), primary_key=True),
    Column("township", String(9), nullable=False),
    Column("village", String(12), nullable=False),
    Column("decision_id", String(36), nullable=False, unique=True),
    Column("case_id", String(36), nullable=False),
    Column("household_id", String(36), nullable=False, index=True),
    Column("kind", String(20), nullable=False, server_default="long-term"),
    Column("stage", String(20), nullable=False),
    Column("category", String(20), comment="empty for a relief"),
    Column("persons", Integer, nullable=False),
    Column("amount_fen", BigInteger, nullable=False, comment="monthly, add-on included; of a relief once"),
    Column("first_month", String(7), nullable=False),
    Column("listed_on", Date, nullable=False),
    Column("shown_until", Date, comment="of a relief: its display period (R5.3b)"),
)
Index("ix_entries_stage_shown_until", entries.c.stage, entries.c.shown_until)

# What R5.2 and R5.3 list for each kind of notice: these columns are filled, all others stay empty.
FILLED: dict[str, tuple[str, ...]] = {
    "initial": ("category", "household_size", "cause", "shown_until"),
    "expenditure": ("object_category", "cause", "shown_until"),
    "destitute-end": ("sex", "end_reason", "shown_until"),
    "long-term": ("category", "persons"),
    "relief": ("relief_type", "object_category", "amount_fen", "shown_until"),
}
# A category that is paid none has no amount.
MAY_BE_EMPTY = {"long-term": ("amount_fen",)}
_ALL = sorted({column for columns in FILLED.values() for column in columns})
FIELDS_OF_ITS_KIND = " OR ".join(
    f"(kind = '{kind}' AND "
    + " AND ".join(
        f"{column} IS {'NOT ' if column in filled else ''}NULL"
        for column in _ALL
        if column not in MAY_BE_EMPTY.get(kind, ())
    )
    + ")"
    for kind, filled in FILLED.items()
)

board = Table(
    "board",
    metadata,
    Column("entry_id", String(36), primary_key=True, comment="publicity or long-term entry"),
    Column("township", String(9), nullable=False),
    Column("village", String(12), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("also_in", String(12), nullable=False, server_default="", comment="second village, of residence"),
    Column("head_name", String(60), nullable=False),
    Column("category", String(20)),
    Column("household_size", Integer),
    Column("cause", String(20)),
    Column("persons", Integer),
    Column("amount_fen", BigInteger, comment="empty: not paid, printed —"),
    Column("object_category", String(20)),
    Column("relief_type", String(20)),
    Column("sex", String(10)),
    Column("end_reason", String(20)),
    Column("shown_from", Date, nullable=False),
    Column("shown_until", Date, comment="shown to 24:00 of this day; empty: until assistance ends"),
    Column("provisional", Boolean, nullable=False, comment="the last day may still move"),
    CheckConstraint(FIELDS_OF_ITS_KIND, name="fields_of_its_kind"),
)
Index("ix_board_township_village_kind", board.c.township, board.c.village, board.c.kind, board.c.shown_from)
Index("ix_board_village", board.c.village, board.c.kind)
Index("ix_board_also_in", board.c.also_in)

objections = Table(
    "objections",
    metadata,
    Column("objection_id", String(36), primary_key=True),
    Column("township", String(9), nullable=False),
    Column("village", String(12), nullable=False),
    Column("receipt_no", String(24), nullable=False, unique=True, comment="what the objector asks with"),
    Column("about", String(20), nullable=False, comment="publicity, or why it is a report instead"),
    Column("notice_id", String(36), nullable=False, comment="publicity or entry objected to"),
    Column("case_id", String(36), nullable=False, index=True),
    Column("household_id", String(36), nullable=False),
    Column("way", String(20), nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("words", LargeBinary, nullable=False, comment="sealed: what is said, and by whom if told"),
    Column("stage", String(20), nullable=False),
    Column("raised_at", Instant, nullable=False),
    Column("raised_on", Date, nullable=False),
    Column("answer_due_on", Date, comment="empty for a report, which intake's ledger times"),
    Column("investigators", JSON, nullable=False, comment="staff ids, two or more"),
    Column("investigated_on", Date),
    Column("investigation", LargeBinary, comment="sealed: what was found"),
    Column("outcome", String(20)),
    Column("answer", Text, nullable=False, comment="passed the leak gate; whoever has the number reads it"),
    Column("answered_on", Date),
    Column("answered_by", String(80), nullable=False),
    Column("version", Integer, nullable=False),
)
Index("ix_objections_township_stage", objections.c.township, objections.c.stage)

library = Table(
    "library",
    metadata,
    Column("document_id", String(36), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("area", String(12), nullable=False, comment="who published it"),
    Column("kind", String(20), nullable=False),
    Column("title", String(200), nullable=False),
    Column("number", String(80), nullable=False, comment="document number, empty where it has none"),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date),
    Column("body", Text, nullable=False, comment="passed the leak gate"),
    Column("file_name", String(200), nullable=False),
    Column("file_sha256", String(64), nullable=False, comment="empty: text only"),
    Column("file_size", Integer, nullable=False),
    Column("published_on", Date, nullable=False),
    Column("published_by", String(80), nullable=False),
)

library_grams = Table(
    "library_grams",
    metadata,
    Column("gram", String(4), primary_key=True, comment="a pair of neighbouring signs"),
    Column("document_id", String(36), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
)

readings = Table(
    "readings",
    metadata,
    Column("document_id", String(36), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("staff_id", String(80), primary_key=True),
    Column("read_at", Instant, nullable=False),
)

activities = Table(
    "activities",
    metadata,
    Column("activity_id", String(36), primary_key=True),
    Column("area", String(12), nullable=False, index=True),
    Column("channel", String(20), nullable=False),
    Column("title", String(200), nullable=False),
    Column("held_on", Date, nullable=False),
    Column("copies", Integer, nullable=False),
    Column("reach", Integer, nullable=False),
    Column("proof", String(400), nullable=False),
    Column("recorded_by", String(80), nullable=False),
)

studies = Table(
    "studies",
    metadata,
    Column("study_id", String(36), primary_key=True),
    Column("area", String(12), nullable=False, index=True),
    Column("place", String(120), nullable=False),
    Column("topic", String(200), nullable=False),
    Column("held_on", Date, nullable=False),
    Column("findings", Text, nullable=False),
    Column("recorded_by", String(80), nullable=False),
)

trainings = Table(
    "trainings",
    metadata,
    Column("training_id", String(36), primary_key=True),
    Column("area", String(12), nullable=False, index=True),
    Column("level", String(20), nullable=False),
    Column("title", String(200), nullable=False),
    Column("planned_on", Date, nullable=False),
    Column("code", String(12), nullable=False, comment="shown in the room as a QR code"),
    Column("planned_by", String(80), nullable=False),
    Column("held_on", Date),
    Column("material", Text, nullable=False),
    Column("questions", Text, nullable=False),
    Column("cases", Text, nullable=False),
)

attendances = Table(
    "attendances",
    metadata,
    Column("training_id", String(36), primary_key=True),
    Column("staff_id", String(80), primary_key=True),
    Column("at", Instant, nullable=False),
)

agreements = Table(
    "agreements",
    metadata,
    Column("township", String(9), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column(
        "after", String(36), primary_key=True, comment="the part begins after this household; empty: first"
    ),
    Column("compared_on", Date, nullable=False),
    Column("on_roll", Integer, nullable=False),
    Column("on_board", Integer, nullable=False),
    Column("differences", JSON, nullable=False, comment="household, case, what differs"),
)

row_security.guard(recusals, publicities, entries, objections, agreements)
