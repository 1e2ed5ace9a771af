"""The staff of the demonstration: every role in two townships and the district, with readable accounts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from services.common.policy.areas import DISTRICT, unit
from services.common.policy.roles import Post, Role
from services.demo.district import (
    HEPING,
    HUAIPING,
    HUANGNIAN,
    LIUGOU,
    MACHANG,
    QINGQUAN,
    SHIQIAO,
    TAOYUAN,
    WUMA,
    XINGLIN,
    village,
)
from services.demo.ids import demo_id
from services.demo.numbers import fictional_id_number, fictional_phone, seeded

PASSWORD = "jiuzhu-demo"  # noqa: S105 (printed at every start of the demonstration)
SEED = 140403
OFFICE_SINCE = "2024-01-01"

_TITLES: dict[Role, str] = {
    Role.GRID_WORKER: "grid",
    Role.LIAISON: "liaison",
    Role.VILLAGE_HEAD: "head",
    Role.TOWNSHIP_HANDLER: "handler",
    Role.OFFICE_HEAD: "office",
    Role.DEPUTY_LEADER: "deputy",
    Role.PRINCIPAL_LEADER: "leader",
    Role.PETITION_OFFICER: "petition",
    Role.ARCHIVIST: "archive",
    Role.FINANCE: "finance",
    Role.DISTRICT_HANDLER: "district",
    Role.DISTRICT_LEADER: "bureau",
    Role.AUDITOR: "audit",
}

# Area, role, name in Chinese, name as it is spelt in the account. One line a post.
_POSTS: tuple[tuple[str, Role, str, str], ...] = (
    (MACHANG, Role.TOWNSHIP_HANDLER, "赵晓燕", "zhaoxiaoyan"),
    (MACHANG, Role.TOWNSHIP_HANDLER, "韩志刚", "hanzhigang"),
    (MACHANG, Role.OFFICE_HEAD, "郭建平", "guojianping"),
    (MACHANG, Role.DEPUTY_LEADER, "宋丽萍", "songliping"),
    (MACHANG, Role.PRINCIPAL_LEADER, "冯国栋", "fengguodong"),
    (MACHANG, Role.PETITION_OFFICER, "曹瑞霞", "caoruixia"),
    (MACHANG, Role.ARCHIVIST, "段秀英", "duanxiuying"),
    (MACHANG, Role.FINANCE, "贾永强", "jiayongqiang"),
    (QINGQUAN, Role.GRID_WORKER, "王芳", "wangfang"),
    (QINGQUAN, Role.GRID_WORKER, "原小军", "yuanxiaojun"),
    (QINGQUAN, Role.LIAISON, "李春梅", "lichunmei"),
    (QINGQUAN, Role.VILLAGE_HEAD, "申保田", "shenbaotian"),
    (LIUGOU, Role.GRID_WORKER, "牛建华", "niujianhua"),
    (LIUGOU, Role.LIAISON, "常丽", "changli"),
    (LIUGOU, Role.VILLAGE_HEAD, "秦福生", "qinfusheng"),
    (HUAIPING, Role.GRID_WORKER, "杜文静", "duwenjing"),
    (HUAIPING, Role.LIAISON, "崔海英", "cuihaiying"),
    (HUAIPING, Role.VILLAGE_HEAD, "任满仓", "renmancang"),
    (WUMA, Role.TOWNSHIP_HANDLER, "孙婷", "sunting"),
    (WUMA, Role.TOWNSHIP_HANDLER, "田志远", "tianzhiyuan"),
    (WUMA, Role.OFFICE_HEAD, "侯俊杰", "houjunjie"),
    (WUMA, Role.DEPUTY_LEADER, "史红梅", "shihongmei"),
    (WUMA, Role.PRINCIPAL_LEADER, "马卫东", "maweidong"),
    (WUMA, Role.PETITION_OFFICER, "刘慧", "liuhui"),
    (WUMA, Role.ARCHIVIST, "梁美玲", "liangmeiling"),
    (WUMA, Role.FINANCE, "程浩", "chenghao"),
    (TAOYUAN, Role.GRID_WORKER, "陈静", "chenjing"),
    (TAOYUAN, Role.LIAISON, "许娜", "xuna"),
    (TAOYUAN, Role.VILLAGE_HEAD, "郝玉兰", "haoyulan"),
    (HEPING, Role.GRID_WORKER, "张磊", "zhanglei"),
    (HEPING, Role.LIAISON, "武晓琳", "wuxiaolin"),
    (HEPING, Role.VILLAGE_HEAD, "范志明", "fanzhiming"),
    # The third township is thinly staffed: 石桥村 has no grid worker, and the registry shows the gap (R1.1).
    (HUANGNIAN, Role.TOWNSHIP_HANDLER, "薛敏", "xuemin"),
    (HUANGNIAN, Role.OFFICE_HEAD, "卢志华", "luzhihua"),
    (HUANGNIAN, Role.DEPUTY_LEADER, "乔丽娟", "qiaolijuan"),
    (HUANGNIAN, Role.PRINCIPAL_LEADER, "白建军", "baijianjun"),
    (XINGLIN, Role.GRID_WORKER, "高翔", "gaoxiang"),
    (XINGLIN, Role.LIAISON, "靳小红", "jinxiaohong"),
    (XINGLIN, Role.VILLAGE_HEAD, "栗有才", "liyoucai"),
    (SHIQIAO, Role.VILLAGE_HEAD, "苗根旺", "miaogenwang"),
    (DISTRICT.code, Role.DISTRICT_HANDLER, "周雅琴", "zhouyaqin"),
    (DISTRICT.code, Role.DISTRICT_HANDLER, "吴鹏", "wupeng"),
    (DISTRICT.code, Role.DISTRICT_LEADER, "郑宏伟", "zhenghongwei"),
    (DISTRICT.code, Role.AUDITOR, "钱雪莲", "qianxuelian"),
)


@dataclass(frozen=True, slots=True)
class DemoStaff:
    """One member of staff with an account for the development sign-in."""

    staff_id: str
    name: str
    id_number: str
    phone: str
    account: str
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class SignIn:
    """One line of the table that the demonstration prints at its start."""

    role: str
    area: str
    account: str
    password: str

    def __str__(self) -> str:
        return f"{self.role}\t{self.area}\t{self.account}\t{self.password}"


@dataclass(frozen=True, slots=True)
class DemoClient:
    """A system of the district that signs in with a secret of its own."""

    client_id: str
    name: str
    scopes: tuple[str, ...]
    secret: str


PROVINCE = DemoClient(
    "province",
    "省核对平台",
    ("list-verification-requests", "return-verification"),
    "jiuzhu-demo-secret-of-the-province",
)


@cache
def staff() -> tuple[DemoStaff, ...]:
    """Everyone with a post."""
    chance = seeded(SEED)
    return tuple(
        DemoStaff(
            staff_id=demo_id("staff", account),
            name=name,
            id_number=fictional_id_number(chance, chance.randint(1970, 1999)),
            phone=fictional_phone(9000 + number),
            account=account,
            posts=(Post(role, area),),
        )
        for number, (area, role, name, account) in enumerate(
            (area, role, name, f"{_TITLES[role]}.{spelt}") for area, role, name, spelt in _POSTS
        )
    )


def member_of_staff(account: str) -> DemoStaff:
    """The one who signs in with `account`."""
    return next(person for person in staff() if person.account == account)


def sign_ins() -> tuple[SignIn, ...]:
    """Role, area, account and password of everyone who can sign in to the demonstration."""
    operator = SignIn(Role.OPERATOR.chinese, DISTRICT.name, "operator", PASSWORD)
    return (
        operator,
        *(
            SignIn(post.role.chinese, area_name(post.area), person.account, PASSWORD)
            for person in staff()
            for post in person.posts
        ),
    )


def area_name(code: str) -> str:
    """The name of an area with its township, as people say it."""
    if code == DISTRICT.code:
        return DISTRICT.name
    return unit(code).name if len(code) == 9 else f"{unit(code).name}{village(code).name}"
