"""Areas, staff and households as the registry of the district keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.common.policy.areas import TownshipCode, VillageCode
from services.common.policy.identity import IdNumber
from services.common.policy.roles import AreaLevel, Post, Role, area_level
from services.intake.model.ids import HouseholdId, PersonId, StaffId


@dataclass(frozen=True, slots=True)
class Area:
    """A township or village: its compounds are posting places, its report phone is printed on each notice."""

    code: str
    name: str
    compounds: tuple[str, ...]
    report_phone: str


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A role held in an area from a day on, and, once it ends, to a day."""

    role: Role
    area: str
    from_on: date
    to_on: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)

    @property
    def of_township(self) -> bool:
        return area_level(self.area) is AreaLevel.TOWNSHIP


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff with every post held; the ID number stays sealed in storage."""

    staff_id: StaffId
    name: str
    phone: str
    account: str
    posts: tuple[HeldPost, ...]

    def posts_on(self, day: date) -> tuple[Post, ...]:
        """The posts in force that day, as tokens carry them."""
        return tuple(Post(held.role, held.area) for held in self.posts if held.holds_on(day))


@dataclass(frozen=True, slots=True)
class Resident:
    """A person on the way into the registry, before it is known whether the district knows the number."""

    person_id: PersonId
    name: str
    id_number: IdNumber
    relation: str


@dataclass(frozen=True, slots=True)
class Household:
    """Where a family lives and who heads it."""

    household_id: HouseholdId
    township: TownshipCode
    village: VillageCode
    compound: str
    address: str
    phone: str
    head_person_id: PersonId
    version: int = 0


def township_of(area: str) -> TownshipCode:
    """The township of a 12-digit village code (or of the township itself)."""
    return TownshipCode(area[:9])
