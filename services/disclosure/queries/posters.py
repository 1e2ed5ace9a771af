"""What hangs on a wall: the poster of one publicity and the long-term list of a village, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from services.common.papers import qr
from services.common.papers.paper import chinese_day, inert
from services.common.policy.areas import unit
from services.common.policy.parameters import Policy
from services.common.policy.publicity import DAYS, PublicityKind
from services.common.runtime.tx import Tx
from services.disclosure.model import BoardKind, Publicity, Shelf
from services.disclosure.queries import area_phone, board_entries, board_head
from services.disclosure.rules.fields import FIELDS, published_fields
from services.disclosure.rules.notices import notice_of_publicity
from services.disclosure.storage import registry

TITLES = {
    PublicityKind.INITIAL: "{category}申请公示",
    PublicityKind.EXPENDITURE: "临时救助申请公示",
    PublicityKind.DESTITUTE_END: "终止特困人员救助供养公示",
}
LEADS = {
    PublicityKind.INITIAL: "经入户调查和家庭经济状况核对，初审认为下列家庭拟纳入保障，现予公示，请群众监督。",
    PublicityKind.EXPENDITURE: "经调查核实，初审认为下列家庭拟给予临时救助，现予公示，请群众监督。",
    PublicityKind.DESTITUTE_END: "经复核，下列人员拟终止特困人员救助供养，现予公示，请群众监督。",
}
# A relief publishes no telephone of its own (R5.3b); the list names it once for all.
WIDTHS: dict[BoardKind, tuple[int, ...]] = {
    BoardKind.LONG_TERM: (20, 34, 16, 24),
    BoardKind.RELIEF: (20, 18, 34, 22),
}


async def poster(publicity: Publicity, size: str, tx: Tx) -> dict[str, Any]:
    """The sheet of one publicity: its listed fields, how the days are counted, how to object."""
    notice = notice_of_publicity(publicity, publicity.posted_on or tx.today)
    phone = await area_phone(publicity.village, tx)
    village = await registry.find_area(tx, publicity.village)
    body, on = unit(publicity.township), publicity.posted_on or tx.today
    category = publicity.category.chinese if publicity.category else ""
    return {
        "size": size,
        "title": TITLES[publicity.kind].format(category=category),
        "place": f"{body.name}{inert(village.name) if village else ''}",
        "lead": LEADS[publicity.kind],
        "rows": [[field.label, inert(field.text)] for field in published_fields(notice, phone)],
        "rule": counting_rule(publicity, tx.policy),
        "objection": "有不同意见的，请在公示期内来电、来信、来访或扫码提出，可以不留姓名。",
        "qr": qr.drawn(entry_address(publicity.publicity_id, tx)),
        "body": body.body,
        **_day(on),
    }


def counting_rule(publicity: Publicity, policy: Policy) -> str:
    """How the days are counted, in the words of the wall."""
    on = publicity.posted_on or publicity.formed_on
    days = policy.int(DAYS[publicity.kind], on)
    unit_ = "个工作日" if policy.flag("publicity.count_working_days", on) else "天"
    if publicity.ends_on and publicity.first_day:
        mark = "（暂定）" if publicity.provisional else ""
        until = f"{chinese_day(publicity.first_day)}至{chinese_day(publicity.ends_on)}24时{mark}"
        return f"公示期{days}{unit_}：{until}。张贴当天不计；最后一天是休息日或节假日的，顺延到下一个工作日。"
    return (
        f"公示期{days}{unit_}，自全部张贴的次日起算，到最后一天24时届满；最后一天是休息日或节假日的，"
        "顺延到下一个工作日。"
    )


async def long_term_list(area: str, tx: Tx) -> dict[str, Any]:
    """The list of a village for its board, and the reliefs that are on display."""
    head = await board_head(tx, area)
    entries = await board_entries(tx, area, Shelf.LONG_TERM)
    parts = []
    for kind, title in ((BoardKind.LONG_TERM, "一、享受救助的家庭"), (BoardKind.RELIEF, "二、临时救助")):
        labels = [field.label for field in FIELDS[kind] if field.code != "report_phone"]
        rows = [_cells(entry.fields) for entry in entries if entry.kind is kind]
        parts.append(
            {"title": title, "heads": labels, "widths": WIDTHS[kind], "rows": rows, "empty": "目前没有。"}
        )
    return {
        "title": f"{inert(head.name)}社会救助长期公开",
        "under": f"{head.body}　截至{chinese_day(head.today)}",
        "parts": parts,
        "phone": f"监督举报电话　{head.report_phone or '—'}",
        "how": "情况变化、不再符合条件的，可以随时反映，可以不留姓名。扫码查看网上公示栏。",
        "qr": qr.drawn(f"{tx.service.settings.public_url.rstrip('/')}/board/{area}"),
        "body": head.body,
        **_day(head.today),
    }


def entry_address(entry_id: str, tx: Tx) -> str:
    """Where the code on the wall leads."""
    return f"{tx.service.settings.public_url.rstrip('/')}/board/entries/{entry_id}"


def _cells(fields: Sequence[Any]) -> list[str]:
    return [inert(field.text) for field in fields if field.field != "report_phone"]


def _day(on: date) -> dict[str, Any]:
    return {"day_text": chinese_day(on), "year": on.year, "month": on.month, "day": on.day}
