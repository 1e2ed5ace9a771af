"""The areas of the demonstration: real townships of the district, with villages that do not exist."""

from __future__ import annotations

from dataclasses import dataclass

from services.common.policy.areas import DISTRICT, unit


@dataclass(frozen=True, slots=True)
class DemoArea:
    """One area as the registry is told it. Telephone numbers 0355-0000xxx are given to nobody."""

    code: str
    name: str
    report_phone: str
    compounds: tuple[str, ...] = ()


MACHANG = "140403103"
HUANGNIAN = "140403104"
WUMA = "140403010"
TOWNSHIPS = (MACHANG, HUANGNIAN, WUMA)

# Village codes from 901 up are not in use anywhere in the district.
QINGQUAN = "140403103901"
LIUGOU = "140403103902"
HUAIPING = "140403103903"
XINGLIN = "140403104901"
SHIQIAO = "140403104902"
TAOYUAN = "140403010901"
HEPING = "140403010902"

VILLAGES: tuple[DemoArea, ...] = (
    DemoArea(QINGQUAN, "清泉村", "0355-0000311", ("清泉新居",)),
    DemoArea(LIUGOU, "柳沟村", "0355-0000312"),
    DemoArea(HUAIPING, "槐坪村", "0355-0000313"),
    DemoArea(XINGLIN, "杏林村", "0355-0000411"),
    DemoArea(SHIQIAO, "石桥村", "0355-0000412"),
    DemoArea(TAOYUAN, "桃园社区", "0355-0000511", ("桃园小区", "向阳小区")),
    DemoArea(HEPING, "和平社区", "0355-0000512"),
)


def areas() -> tuple[DemoArea, ...]:
    """The district, its townships of the demonstration and their villages, the larger before the smaller."""
    townships = tuple(DemoArea(code, unit(code).name, f"0355-0000{code[-3:]}") for code in sorted(TOWNSHIPS))
    return (DemoArea(DISTRICT.code, DISTRICT.name, "0355-0000100"), *townships, *VILLAGES)


def village(code: str) -> DemoArea:
    """A village of the demonstration by its code."""
    return next(area for area in VILLAGES if area.code == code)
