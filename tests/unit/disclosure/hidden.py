"""Texts for the gate, the same ones on every machine: ordinary sentences, and numbers hidden in them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

from services.demo.numbers import fictional_id_number, fictional_phone

DIAGNOSES = tuple(
    name
    for line in (Path(__file__).parent / "diagnoses.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
    for name in line.split()
)
ORDINARY = (
    "{body}定于{date}在{place}召开社会救助政策宣讲会，请各村(居)信息联络员准时参加。",
    "对符合条件的困难家庭，{body}自受理之日起{n}个工作日内作出审核确认意见。",
    "本次公示时间为{date}至{date}，公示期内有不同意见的，可以来电、来信或者当面提出。",
    "{year}年全区城乡低保标准为每人每月{money}元，特困人员基本生活标准按规定执行。",
    "因病、因残、因学、因灾导致基本生活困难的家庭，可以向户籍所在地镇街提出申请。",
    "申请人应当如实提供家庭人口、收入和财产状况，并授权核对家庭经济状况。",
    "{body}共走访困难群众{n}户，发放政策明白卡{money}份，张贴公告{n}张。",
    "疾病应急救助、医疗救助、临时救助分别由有关部门按照各自职责办理。",
    "对行动不便的老年人、残疾人，网格员应当上门服务，帮助填写申请。",
    "根据{number}文件要求，各镇街于{date}前完成年度复核，并报区民政局备案。",
    "培训内容包括受理、调查、公示、审核确认和动态管理等{n}个环节，参训{n}人。",
    "收到救助款后请核对金额，如有疑问可以到民政办{n}号窗口咨询。",
    "第{n}批次资金已于{date}拨付到位，共计{money}.00元，惠及{n}户{money}人。",
    "救助对象家庭成员、收入、财产发生变化的，应当在{n}日内告知镇街。",
    "一、申请条件；二、办理流程；三、所需材料；四、办理时限；五、监督方式。",
    "附件：1.申请及授权书；2.诚信承诺书；3.家庭经济状况核对授权书；4.入户调查表。",
    "工作人员应当严格遵守保密规定，不得泄露在工作中知悉的个人信息。",
    "村(居)民委员会应当协助做好主动发现、入户调查、民主评议、张榜公布等工作。",
    "{place}的宣传栏每季度更新一次，内容包括政策摘要、办事流程和举报方式。",
    "冬季取暖期间，请注意用火用电安全，邻里之间互相照应，遇到困难及时联系村干部。",
    "社会救助坚持应救尽救、及时救助、公开公平公正，实行动态管理，应退尽退。",
    "重度残疾人、重病患者等特殊困难群体可以按照规定单独提出申请。",
    "对收养子女、半血缘兄弟姐妹等关系，按照近亲属登记备案制度办理。",
    "{body}民政办负责人在会上通报了上半年工作，{n}个村(居)作了交流发言。",
    "申请材料齐全的当场受理；材料不齐的，一次性告知需要补正的全部材料。",
    "经核查，反映的问题不属实，已于{date}向反映人作出答复并做好解释工作。",
    "请各村(居)于每月10日主动申报日收集情况，并在{date}前录入系统。",
    "{year}年{n}月至{n}月为集中复核期，网格员须对在册家庭逐户走访一次。",
    "学生资助、住房救助、就业援助等由教育、住建、人社部门负责，镇街民政办协助转办。",
    "宣传活动采用集市摆摊、大喇叭广播、微信群推送等方式，覆盖{n}个村民小组所在的自然村。",
    "老年人、未成年人、残疾人和大病患者的生活保障水平稳步提高。",
    "请认真学习《{law}》，重点掌握受理条件、公示内容和时限要求。",
    "政府购买服务项目中标单位应当按照合同约定开展入户探访，每月不少于{n}次。",
    "乡村振兴、防止返贫监测与社会救助信息每月比对一次，做到数据共享、应纳尽纳。",
    "工伤、交通事故等突发事件造成生活困难的，可以申请急难型临时救助。",
    "对提出异议的，镇街应当重新调查核实，并将结果书面告知提出异议的人。",
    "办理进度可以在公示栏查询，也可以拨打区民政局公布的监督举报电话了解。",
    "秋收以后，{place}组织志愿者帮助独居老人收玉米、修屋顶，受到群众欢迎。",
    "会议强调，要聚焦群众急难愁盼问题，把好事办好、实事办实。",
    "低保边缘家庭是指人均收入高于低保标准、低于低保标准1.5倍且财产符合规定的家庭。",
)
BODIES = (
    "马厂镇人民政府",
    "黄碾镇人民政府",
    "西白兔镇人民政府",
    "五马街道办事处",
    "老顶山街道办事处",
    "区民政局",
)
PLACES = ("李家庄村党群服务中心", "东街社区文化广场", "镇便民服务大厅", "南庄村村委会", "和平小区宣传栏")
LAWS = (
    "社会救助公开公示工作制度",
    "最低生活保障审核确认办法",
    "特困人员认定办法",
    "临时救助工作规范",
    "社会救助暂行办法",
)
CHINESE_DIGITS, CAPITAL_DIGITS, SPOKEN = (
    "零一二三四五六七八九",
    "零壹贰叁肆伍陆柒捌玖",
    "洞幺两三四五六拐八勾",
)
WIDE, CIRCLED, ARABIC = "０１２３４５６７８９", "⓪①②③④⑤⑥⑦⑧⑨", "٠١٢٣٤٥٦٧٨٩"


def ordinary(chance: random.Random) -> str:
    """One ordinary sentence of an office."""
    year = chance.randrange(2021, 2028)
    date = f"{year}年{chance.randrange(1, 13)}月{chance.randrange(1, 29)}日"
    return chance.choice(ORDINARY).format(
        body=chance.choice(BODIES),
        place=chance.choice(PLACES),
        law=chance.choice(LAWS),
        date=chance.choice((date, f"{year}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}")),
        year=year,
        n=chance.randrange(1, 99),
        money=chance.randrange(100, 9999),
        number=f"潞州民字〔{year}〕{chance.randrange(1, 200)}号",
    )


def card_number(chance: random.Random) -> str:
    """A number of a bank card, 16 or 19 digits, with its check digit."""
    first = "62" + "".join(str(chance.randrange(10)) for _ in range(chance.choice((13, 16))))
    total = sum(int(d) if n % 2 else sum(divmod(int(d) * 2, 10)) for n, d in enumerate(reversed(first)))
    return first + str(-total % 10)


def mobile(chance: random.Random) -> str:
    return fictional_phone(chance.randrange(10_000))


def identity(chance: random.Random) -> str:
    return fictional_id_number(chance, chance.randrange(1930, 2020))


def identity_mistyped(chance: random.Random) -> str:
    number = identity(chance)
    return number[:-1] + chance.choice([d for d in "0123456789" if d != number[-1]])


NUMBERS: dict[str, Callable[[random.Random], str]] = {
    "identity number": identity,
    "mistyped identity number": identity_mistyped,
    "telephone": mobile,
    "bank card": card_number,
}


def _in(digits: str) -> Callable[[str, random.Random], str]:
    return lambda number, _: "".join(digits[int(d)] if d.isdigit() else d for d in number)


def _apart(sign: str) -> Callable[[str, random.Random], str]:
    return lambda number, _: sign.join(number)


def _grouped(number: str, chance: random.Random) -> str:
    sign = chance.choice((" ", "-", ".", "  ", "\u3000", "\u00a0", "－", "—", "·", "/", "_"))
    sizes = {11: (3, 4, 4), 16: (4, 4, 4, 4), 18: (6, 4, 4, 4), 19: (4, 4, 4, 4, 3)}[len(number)]
    parts, at = [], 0
    for size in sizes:
        parts.append(number[at : at + size])
        at += size
    return sign.join(parts)


def _mixed(number: str, chance: random.Random) -> str:
    return "".join(
        chance.choice((d, WIDE[int(d)], CHINESE_DIGITS[int(d)])) if d.isdigit() else d for d in number
    )


WRITINGS: dict[str, Callable[[str, random.Random], str]] = {
    "plain": lambda number, _: number,
    "small x": lambda number, _: number.lower(),
    "full width": _in(WIDE),
    "Chinese numerals": _in(CHINESE_DIGITS),
    "capital numerals": _in(CAPITAL_DIGITS),
    "as spoken": _in(SPOKEN),
    "circled": _in(CIRCLED),
    "Arabic-Indic": _in(ARABIC),
    "grouped": _grouped,
    "one by one, spaces": _apart(" "),
    "one by one, wide spaces": _apart("\u3000"),
    "one by one, hyphens": _apart("-"),
    "one by one, commas": _apart("、"),
    "zero-width signs": _apart("\u200b"),
    "new lines": _apart("\n"),
    "mixed widths": _mixed,
    "Chinese, spaced": lambda number, chance: " ".join(_in(CHINESE_DIGITS)(number, chance)),
}


def hidden_numbers(chance: random.Random, each: int) -> Iterator[tuple[str, str, str]]:
    """Every kind of number in every writing, `each` times, in the middle of an ordinary sentence."""
    for kind, make in NUMBERS.items():
        for writing, write in WRITINGS.items():
            for _ in range(each):
                sentence = ordinary(chance)
                at = chance.randrange(len(sentence))
                number = write(make(chance), chance)
                # Another number may not touch it: there it would be part of that one.
                before = "，" if at and sentence[at - 1].isdigit() else ""
                yield kind, writing, f"{sentence[:at]}{before}户主{number}的{sentence[at:]}"
