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
    String,
    Table,
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
    Column("head_name", String(60), nullable=False, comment="published by R5.2a; checked by rules/leaks.py"),
    Column("household_size", Integer, nullable=False),
    Column("cause", String(20), nullable=False, comment="coarse code, never an illness"),
    Column("category", String(20), nullable=False),
    Column("formed_on", Date, nullable=False),
    Column("posted_on", Date, comment="day of the last posting; the period runs from the day after"),
    Column("first_day", Date),
    Column("ends_on", Date, comment="ends at 24:00 of this day"),
    Column("decidable_on", Date, comment="first day on which a meeting may decide"),
    Column("provisional", Boolean, nullable=False, comment="counted without that year's holiday notice"),
    Column("version", Integer, nullable=False),
    UniqueConstraint("case_id", "revision", name="uq_publicities_case_revision"),
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
)

entries = Table(
    "entries",
    metadata,
    Column("entry_id", String(36), primary_key=True),
    Column("township", String(9), nullable=False),
    Column("village", String(12), nullable=False),
    Column("decision_id", String(36), nullable=False, unique=True),
    Column("case_id", String(36), nullable=False),
    Column("household_id", String(36), nullable=False, index=True),
    Column("stage", String(20), nullable=False),
    Column("category", String(20), nullable=False),
    Column("persons", Integer, nullable=False),
    Column("amount_fen", BigInteger, nullable=False, comment="monthly, add-on included"),
    Column("first_month", String(7), nullable=False),
    Column("listed_on", Date, nullable=False),
)

board = Table(
    "board",
    metadata,
    Column("entry_id", String(36), primary_key=True, comment="publicity or long-term entry"),
    Column("township", String(9), nullable=False),
    Column("village", String(12), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("head_name", String(60), nullable=False),
    Column("category", String(20), nullable=False),
    Column("household_size", Integer),
    Column("cause", String(20)),
    Column("persons", Integer),
    Column("amount_fen", BigInteger, comment="empty: not paid, printed —"),
    Column("shown_from", Date, nullable=False),
    Column("shown_until", Date, comment="shown to 24:00 of this day; empty: until assistance ends"),
    Column("provisional", Boolean, nullable=False, comment="the last day may still move"),
    CheckConstraint(
        "(kind = 'initial' AND household_size IS NOT NULL AND cause IS NOT NULL AND shown_until IS NOT NULL"
        " AND persons IS NULL AND amount_fen IS NULL)"
        " OR (kind = 'long-term' AND persons IS NOT NULL AND household_size IS NULL AND cause IS NULL"
        " AND shown_until IS NULL)",
        name="fields_of_its_kind",
    ),
)
Index("ix_board_township_village_kind", board.c.township, board.c.village, board.c.kind, board.c.shown_from)

row_security.guard(recusals, publicities, entries)
