"""Tables of the registry: areas, staff, households, persons, and who is recused from whom."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
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

from services.intake.storage.metadata import metadata

areas = Table(
    "areas",
    metadata,
    Column("code", String(12), primary_key=True, comment="6 digits district, 9 township, 12 village"),
    Column("name", String(80), nullable=False),
    Column("compounds", JSON, nullable=False, comment="names of residential compounds, each a posting place"),
    Column("report_phone", String(40), nullable=False, comment="printed on every notice of the area"),
)

staff = Table(
    "staff",
    metadata,
    Column("staff_id", String(36), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("phone", String(40), nullable=False, default=""),
    Column("account", String(80), unique=True, comment="account of the development sign-in"),
    Column("id_cipher", LargeBinary, comment="sealed ID number: version byte, nonce, ciphertext"),
    Column("id_index", String(64), unique=True, comment="keyed hash of the ID number"),
    Column("id_masked", String(18), nullable=False, default=""),
)

posts = Table(
    "posts",
    metadata,
    Column("staff_id", String(36), ForeignKey("staff.staff_id"), primary_key=True),
    Column("role", String(40), primary_key=True),
    Column("area", String(12), primary_key=True),
    Column("from_on", Date, primary_key=True),
    Column("to_on", Date, comment="last day of the post; empty while it lasts"),
)
Index("ix_posts_area_role", posts.c.area, posts.c.role)

persons = Table(
    "persons",
    metadata,
    Column("person_id", String(36), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("born_on", Date, nullable=False),
    Column("sex", String(10), nullable=False),
    Column(
        "id_cipher", LargeBinary, nullable=False, comment="sealed ID number: version byte, nonce, ciphertext"
    ),
    Column(
        "id_index",
        String(64),
        nullable=False,
        unique=True,
        comment="one person per ID number in the district",
    ),
    Column("id_masked", String(18), nullable=False),
    Column(
        "spellings", Text, nullable=False, server_default="", comment="pinyin of the name, between spaces"
    ),
)

former_names = Table(
    "former_names",
    metadata,
    Column("person_id", String(36), ForeignKey("persons.person_id"), primary_key=True),
    Column("name", String(80), primary_key=True),
    Column("spellings", Text, nullable=False, comment="pinyin of the name, between spaces"),
    Column("until_on", Date, nullable=False, comment="day on which the name was changed here"),
)

households = Table(
    "households",
    metadata,
    Column("household_id", String(36), primary_key=True),
    Column("township", String(12), nullable=False),
    Column("village", String(12), nullable=False),
    Column("compound", String(80), nullable=False, default=""),
    Column("address", String(200), nullable=False),
    Column("phone", String(40), nullable=False, default=""),
    Column("head_person_id", String(36), ForeignKey("persons.person_id"), nullable=False),
    Column("version", Integer, nullable=False, default=0),
)
Index("ix_households_township_village", households.c.township, households.c.village)

household_members = Table(
    "household_members",
    metadata,
    Column("household_id", String(36), ForeignKey("households.household_id"), primary_key=True),
    Column("person_id", String(36), ForeignKey("persons.person_id"), primary_key=True, index=True),
    Column("relation", String(40), nullable=False, comment="to the head, in Chinese"),
)

kin_declarations = Table(
    "kin_declarations",
    metadata,
    Column("household_id", String(36), ForeignKey("households.household_id"), primary_key=True),
    Column("person_id", String(36), ForeignKey("persons.person_id"), primary_key=True),
    Column("staff_id", String(36), primary_key=True, comment="empty where the household named nobody"),
    Column("relation", String(40), nullable=False, comment="to the member of staff; empty: is staff himself"),
    Column("is_staff", Boolean, nullable=False),
    Column("declared_on", Date, nullable=False),
    Column("case_id", String(36), nullable=False, comment="application in which it was declared"),
)

recusals = Table(
    "recusals",
    metadata,
    Column("household_id", String(36), primary_key=True),
    Column("staff_id", String(36), primary_key=True),
    UniqueConstraint("staff_id", "household_id"),
)
