"""Tables of forms, visits, photos, merge tasks, field tasks, and what tablets have to fetch or hand over."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
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
from services.common.runtime.tables import Instant
from services.intake.storage.metadata import metadata

forms = Table(
    "forms",
    metadata,
    Column("form_id", String(64), primary_key=True),
    Column("version", String(40), primary_key=True, comment="with form_id: never changes its meaning"),
    Column("title", String(200), nullable=False),
    Column("sha256", String(64), nullable=False, comment="of the XForm"),
    Column("xform", Text, nullable=False),
    Column("published_at", Instant, nullable=False),
    Column("published_by", String(80), nullable=False),
)

visits = Table(
    "visits",
    metadata,
    Column(
        "visit_id", String(36), primary_key=True, comment="made by the tablet: a resend is the same visit"
    ),
    Column("kind", String(20), nullable=False),
    Column("township", String(12), nullable=False),
    Column("village", String(12), nullable=False),
    Column("form_id", String(64), nullable=False),
    Column("form_version", String(40), nullable=False),
    Column(
        "recorded_at", Instant, nullable=False, comment="by the tablet's clock; no legal date rests on it"
    ),
    Column("received_at", Instant, nullable=False, comment="by our clock"),
    Column("recorded_by", String(80), nullable=False),
    Column("content_sha256", String(64), nullable=False, comment="of the canonical envelope"),
    Column("instance", LargeBinary, nullable=False, comment="sealed XForms instance"),
    Column("stage", String(20), nullable=False),
    Column("refusal_code", String(60), nullable=False, default="", comment="why it has no effect"),
    Column("refusal_article", String(40), nullable=False, default=""),
    Column("refusal_message", Text, nullable=False, default=""),
    Column("case_id", String(36), nullable=False, default="", index=True),
    Column("household_id", String(36), nullable=False, default=""),
    Column("visited_on", Date, nullable=False),
)
Index("ix_visits_township_received", visits.c.township, visits.c.received_at)

visit_photos = Table(
    "visit_photos",
    metadata,
    Column("visit_id", String(36), ForeignKey("visits.visit_id"), primary_key=True),
    Column("name", String(120), primary_key=True, comment="as the instance names it"),
    Column("sha256", String(64), nullable=False, index=True),
    Column("size", BigInteger, nullable=False, comment="announced bytes"),
    Column("kind", String(40), nullable=False),
    Column("state", String(20), nullable=False, comment="missing, verified or refused"),
    Column("reason", Text, nullable=False, default="", comment="why it was refused"),
    Column("verified_at", Instant),
)

merge_tasks = Table(
    "merge_tasks",
    metadata,
    Column("merge_task_id", String(36), primary_key=True),
    Column("visit_id", String(36), ForeignKey("visits.visit_id"), nullable=False),
    Column("content_sha256", String(64), nullable=False, comment="of the other content"),
    Column("envelope", LargeBinary, nullable=False, comment="sealed envelope with the other content"),
    Column("sent_by", String(80), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column(
        "kind",
        String(20),
        nullable=False,
        server_default="content",
        comment="content: two records under one id; household: fields that two tablets changed",
    ),
    Column("village", String(12), nullable=False, server_default=""),
    Column("household_id", String(36), nullable=False, server_default=""),
    Column("closed_by", String(80), nullable=False, server_default=""),
    Column("outcome", Text, nullable=False, server_default="", comment="what was settled, without names"),
    UniqueConstraint("visit_id", "content_sha256"),
)
Index("ix_merge_tasks_village_open", merge_tasks.c.village, merge_tasks.c.closed_at)

tasks = Table(
    "field_tasks",
    metadata,
    Column("task_id", String(36), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("township", String(12), nullable=False),
    Column("village", String(12), nullable=False),
    Column("case_id", String(36), nullable=False, index=True),
    Column("household_id", String(36), nullable=False),
    Column("due_on", Date),
    Column("title", String(200), nullable=False),
    Column("subject", JSON, nullable=False, comment="what must be known on site, as text by name"),
    Column("opened_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("closed_by_visit", String(36), nullable=False, default=""),
)
Index("ix_field_tasks_village_open", tasks.c.village, tasks.c.closed_at)

task_assignees = Table(
    "field_task_assignees",
    metadata,
    Column("task_id", String(36), ForeignKey("field_tasks.task_id"), primary_key=True),
    Column("staff_id", String(36), primary_key=True, index=True),
)

field_versions = Table(
    "field_versions",
    metadata,
    Column("stream", String(48), primary_key=True, comment="a village, or staff:ID"),
    Column("version", BigInteger, nullable=False, comment="of the last change"),
)

field_changes = Table(
    "field_changes",
    metadata,
    Column("stream", String(48), primary_key=True),
    Column("kind", String(16), primary_key=True, comment="household or task"),
    Column("key", String(36), primary_key=True),
    Column("version", BigInteger, nullable=False, comment="of the stream when it last changed"),
)
Index("ix_field_changes_stream_version", field_changes.c.stream, field_changes.c.version)

quarantined = Table(
    "quarantined_works",
    metadata,
    Column("visit_id", String(36), primary_key=True, comment="as the tablet names it"),
    Column("device_id", String(36), ForeignKey("devices.device_id"), nullable=False),
    Column("area", String(12), nullable=False, comment="of the tablet"),
    Column("arrived_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("closed_by", String(80), nullable=False, server_default=""),
    Column("outcome", String(20), nullable=False, server_default="", comment="released or rejected"),
    Column("reason", Text, nullable=False, server_default=""),
)
Index("ix_quarantined_works_area_open", quarantined.c.area, quarantined.c.closed_at)

quarantined_parts = Table(
    "quarantined_parts",
    metadata,
    Column("visit_id", String(36), ForeignKey("quarantined_works.visit_id"), primary_key=True),
    Column("part", String(64), primary_key=True, comment="record, or the SHA-256 of a photo"),
    Column("sha256", String(64), nullable=False, comment="of the letter, which only our key opens"),
    Column("size", Integer, nullable=False),
    Column("arrived_at", Instant, nullable=False),
)

row_security.guard(visits, tasks)
