"""The codes that are published: the only words about people that are ever printed."""

from __future__ import annotations

from enum import StrEnum


class Cause(StrEnum):
    """The coarse cause of poverty: the only words about it that are ever printed."""

    ILLNESS = "illness"
    DISABILITY = "disability"
    SCHOOLING = "schooling"
    DISASTER = "disaster"
    NO_LABOUR = "no-labour"
    OTHER = "other"

    @property
    def chinese(self) -> str:
        return {
            "illness": "因病",
            "disability": "因残",
            "schooling": "因学",
            "disaster": "因灾",
            "no-labour": "缺劳力",
            "other": "其他",
        }[self.value]


class ObjectCategory(StrEnum):
    """What a household that gets temporary relief is (对象类别)."""

    DIBAO = "dibao"
    DESTITUTE = "destitute"
    EDGE = "edge"
    RIGID = "rigid"
    OTHER = "other"

    @property
    def chinese(self) -> str:
        return {
            "dibao": "最低生活保障对象",
            "destitute": "特困人员",
            "edge": "最低生活保障边缘家庭",
            "rigid": "刚性支出困难家庭",
            "other": "其他困难家庭",
        }[self.value]


class ReliefType(StrEnum):
    """The two types of temporary relief."""

    EMERGENCY = "emergency"
    EXPENDITURE = "expenditure"

    @property
    def chinese(self) -> str:
        return {"emergency": "急难型", "expenditure": "支出型"}[self.value]


class Sex(StrEnum):
    """Published by R5.2c alone."""

    MALE = "male"
    FEMALE = "female"

    @property
    def chinese(self) -> str:
        return "男" if self is Sex.MALE else "女"


class EndReason(StrEnum):
    """Why 特困 support ends, as coarse as the law's own list (TK.26); an imprisonment is printed as 其他."""

    DECEASED = "deceased"
    LABOUR = "labour"
    MEANS = "means"
    SUPPORTER = "supporter"
    ADULT = "adult"
    VOLUNTARY = "voluntary"
    OTHER = "other"

    @property
    def chinese(self) -> str:
        return {
            "deceased": "死亡",
            "labour": "具备或恢复劳动能力",
            "means": "收入或财产状况不再符合规定",
            "supporter": "法定义务人具有履行义务能力",
            "adult": "年满十八周岁且不再就学",
            "voluntary": "自愿申请退出",
            "other": "其他不再符合条件的情形",
        }[self.value]


class PlaceKind(StrEnum):
    """Where a notice hangs; each place has its own photo."""

    VILLAGE_BOARD = "village-board"
    COMPOUND_BOARD = "compound-board"
    RESIDENCE_BOARD = "residence-board"
    INSTITUTION_BOARD = "institution-board"


class BoardKind(StrEnum):
    """The kinds of notice on the public board: each publishes its own fields."""

    INITIAL = "initial"
    EXPENDITURE = "expenditure"
    DESTITUTE_END = "destitute-end"
    LONG_TERM = "long-term"
    RELIEF = "relief"


class Shelf(StrEnum):
    """The two lists of the public board: what may be objected to now, and what is open for long."""

    CURRENT = "initial"
    LONG_TERM = "long-term"

    @property
    def kinds(self) -> tuple[BoardKind, ...]:
        if self is Shelf.CURRENT:
            return BoardKind.INITIAL, BoardKind.EXPENDITURE, BoardKind.DESTITUTE_END
        return BoardKind.LONG_TERM, BoardKind.RELIEF
