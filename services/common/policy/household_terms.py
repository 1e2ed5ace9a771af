"""The words of a household's facts: categories, standings, incomes, spendings and grounds."""

from __future__ import annotations

from enum import StrEnum


class Category(StrEnum):
    """What is applied for and confirmed."""

    DESTITUTE = "destitute"
    DIBAO = "dibao"
    EDGE = "edge"
    RIGID = "rigid"

    @property
    def chinese(self) -> str:
        return {
            "destitute": "特困人员救助供养",
            "dibao": "最低生活保障",
            "edge": "最低生活保障边缘家庭",
            "rigid": "刚性支出困难家庭",
        }[self.value]


class Standing(StrEnum):
    """Whether a member is counted, and why not."""

    COUNTED = "counted"
    NOT_CO_LIVING = "not-co-living"
    CLERGY_AWAY = "clergy-away"
    PRISON = "prison"
    COMPULSORY_REHABILITATION = "compulsory-rehabilitation"
    DECLARED_MISSING = "declared-missing"
    PROVINCIAL = "provincial"

    @property
    def chinese(self) -> str:
        return {
            "counted": "计入",
            "not-co-living": "不属共同生活的家庭成员",
            "clergy-away": "连续三年以上脱离家庭独立生活的宗教教职人员",
            "prison": "在监狱内服刑",
            "compulsory-rehabilitation": "在戒毒场所强制隔离戒毒",
            "declared-missing": "宣告失踪",
            "provincial": "省级民政部门规定不计入的人员",
        }[self.value]


class DisabilityKind(StrEnum):
    """The seven kinds on a disability card."""

    VISION = "vision"
    HEARING = "hearing"
    SPEECH = "speech"
    LIMB = "limb"
    INTELLECTUAL = "intellectual"
    MENTAL = "mental"
    MULTIPLE = "multiple"


class IncomeKind(StrEnum):
    """Where money comes from; the later ones may be excluded by the law or by the city."""

    WAGE = "wage"
    BUSINESS = "business"
    PROPERTY = "property"
    TRANSFER = "transfer"
    OTHER = "other"
    SUPPORT_PAID = "support-paid"
    BASIC_PENSION = "basic-pension"
    OLD_AGE_ALLOWANCE = "old-age-allowance"
    PREFERENTIAL_PENSION = "preferential-pension"
    FAMILY_PLANNING_AWARD = "family-planning-award"
    SCHOLARSHIP = "scholarship"
    BRAVERY_AWARD = "bravery-award"
    GOVERNMENT_AID = "government-aid"
    DISABILITY_SUBSIDY = "disability-subsidy"

    @property
    def chinese(self) -> str:
        return _INCOME_CHINESE[self.value]


_INCOME_CHINESE = {
    "wage": "工资性收入",
    "business": "经营净收入",
    "property": "财产净收入",
    "transfer": "转移收入",
    "other": "其他收入",
    "support-paid": "转移支出（缴纳税费、社保和支付的赡养抚养费等）",
    "basic-pension": "中央确定的城乡居民基础养老金",
    "old-age-allowance": "高龄津贴",
    "preferential-pension": "优待抚恤金",
    "family-planning-award": "计划生育奖励扶助金",
    "scholarship": "奖学金",
    "bravery-award": "见义勇为奖励",
    "government-aid": "政府发放的救助款物",
    "disability-subsidy": "残疾人两项补贴",
}


class Employment(StrEnum):
    """As asked on the survey."""

    PRESCHOOL = "preschool"
    STUDENT = "student"
    EMPLOYED = "employed"
    FLEXIBLE = "flexible"
    UNEMPLOYED = "unemployed"
    RETIRED = "retired"
    FARMING = "farming"

    @property
    def jobless(self) -> bool:
        return self in (Employment.UNEMPLOYED, Employment.RETIRED)


class SupporterInability(StrEnum):
    """Why a legal supporter counts as unable to support (特困)."""

    DESTITUTE = "destitute"
    ELDERLY_ON_DIBAO = "elderly-on-dibao"
    ELDERLY_LOW_INCOME = "elderly-low-income"
    SEVERELY_DISABLED = "severely-disabled"
    INCAPACITATED_MISSING_OR_PRISON = "incapacitated-missing-or-prison"
    PROVINCIAL = "provincial"


class SpendingKind(StrEnum):
    """Rigid spending by what it is for."""

    LIVING = "living"
    MEDICAL = "medical"
    EDUCATION = "education"
    REHABILITATION = "rehabilitation"
    OTHER = "other"


class SingleGround(StrEnum):
    """On what ground one person applies alone."""

    SEVERELY_DISABLED = "severely-disabled"
    SERIOUSLY_ILL = "seriously-ill"
    JOBLESS_SEVERELY_DISABLED = "jobless-severely-disabled"
    CLERGY = "clergy"

    @property
    def chinese(self) -> str:
        return {
            "severely-disabled": "低保边缘家庭中的重度残疾人或三级智力、精神残疾人",
            "seriously-ill": "低保边缘家庭中的重特大疾病患者",
            "jobless-severely-disabled": "成年无业重度残疾人",
            "clergy": "在宗教场所居住三年以上的宗教教职人员",
        }[self.value]
