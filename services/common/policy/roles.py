"""Who people are to the system: roles with their Chinese names, posts, and which area covers which."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from services.common.policy.law import Invalid


class Role(StrEnum):
    """What a person (or a system) acts as; the same person may hold several posts."""

    GRID_WORKER = "grid_worker"
    LIAISON = "liaison"
    VILLAGE_HEAD = "village_head"
    TOWNSHIP_HANDLER = "township_handler"
    OFFICE_HEAD = "office_head"
    DEPUTY_LEADER = "deputy_leader"
    PRINCIPAL_LEADER = "principal_leader"
    PETITION_OFFICER = "petition_officer"
    ARCHIVIST = "archivist"
    FINANCE = "finance"
    DISTRICT_HANDLER = "district_handler"
    DISTRICT_LEADER = "district_leader"
    AUDITOR = "auditor"
    OPERATOR = "operator"
    PUBLIC = "public"
    EXTERNAL_SYSTEM = "external_system"
    SYSTEM = "system"

    @property
    def chinese(self) -> str:
        return _CHINESE[self]


_CHINESE: dict[Role, str] = {
    Role.GRID_WORKER: "网格员",
    Role.LIAISON: "社会救助信息联络员",
    Role.VILLAGE_HEAD: "村(居)主任",
    Role.TOWNSHIP_HANDLER: "镇街承办人",
    Role.OFFICE_HEAD: "民政办负责人",
    Role.DEPUTY_LEADER: "分管领导",
    Role.PRINCIPAL_LEADER: "主要领导",
    Role.PETITION_OFFICER: "信访专责人员",
    Role.ARCHIVIST: "档案管理员",
    Role.FINANCE: "资金发放人员",
    Role.DISTRICT_HANDLER: "区民政局经办人",
    Role.DISTRICT_LEADER: "区民政局负责人",
    Role.AUDITOR: "监督检查人员",
    Role.OPERATOR: "系统运维人员",
    Role.PUBLIC: "群众",
    Role.EXTERNAL_SYSTEM: "区内其他系统",
    Role.SYSTEM: "系统",
}


class AreaLevel(StrEnum):
    """The three levels of the network, told by the length of the code."""

    DISTRICT = "district"
    TOWNSHIP = "township"
    VILLAGE = "village"


_LEVELS = {6: AreaLevel.DISTRICT, 9: AreaLevel.TOWNSHIP, 12: AreaLevel.VILLAGE}


def area_level(code: str) -> AreaLevel:
    """The level of an area code; anything else than 6, 9 or 12 digits is refused."""
    if not re.fullmatch(r"[0-9]+", code) or len(code) not in _LEVELS:
        raise Invalid("区划代码", f"“{code[:12]}”不是区划代码：区6位、镇街9位、村(居)12位数字")
    return _LEVELS[len(code)]


def covers(post_area: str, target_area: str) -> bool:
    """Whether a post in one area reaches into the other: its own area and everything below it."""
    area_level(post_area)
    area_level(target_area)
    return target_area.startswith(post_area)


@dataclass(frozen=True, slots=True, order=True)
class Post:
    """A role held in an area."""

    role: Role
    area: str

    def __post_init__(self) -> None:
        area_level(self.area)

    @property
    def level(self) -> AreaLevel:
        return area_level(self.area)

    def covers(self, target_area: str) -> bool:
        return covers(self.area, target_area)
