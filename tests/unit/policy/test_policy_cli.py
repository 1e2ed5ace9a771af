"""The policy commands as people and programs call them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from services.policy_cli import app

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"


def run(*args: str) -> Result:
    return CliRunner().invoke(app, list(args))


@pytest.mark.parametrize(
    ("args", "answer"),
    [
        ("working-days --from 2026-09-16 --count 3", {"date": "2026-09-20", "provisional": False}),
        ("working-days --from 2027-01-18 --count 10", {"date": "2027-02-01", "provisional": True}),
        ("publicity --posted 2026-09-24 --kind initial", {"ends_on": "2026-10-08"}),
        ("publicity --posted 2026-09-28 --kind expenditure", {"ends_on": "2026-10-08"}),
        ("publicity --posted 2027-03-01 --kind initial", {"ends_on": "2027-03-08", "provisional": True}),
        ("kin --relation 岳父", {"near_kin": True, "article": "R3.5"}),
        ("kin --relation 养母", {"near_kin": True, "article": "R3.6"}),
        ("kin --relation 表哥", {"near_kin": False, "article": "R3.5"}),
    ],
)
def test_the_machine_readable_answers(args: str, answer: dict[str, object]):
    result = run(*args.split(), "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == answer


def test_assess_answers_with_the_amount_and_every_step():
    answer = json.loads(run("assess", str(EXAMPLES / "dibao-family.json"), "--json").stdout)
    assert (answer["eligible"], answer["persons"], answer["amount_fen"]) == (True, 3, 128000)
    assert answer["amount"] == "1,280.00"
    assert all(step["article"] and step["text"] for step in answer["steps"])
    text = run("assess", str(EXAMPLES / "dibao-wage.json")).stdout
    assert "结论：符合最低生活保障条件，保障3人，每月1,040.00元" in text


def test_assess_stops_with_the_article_where_a_value_is_missing():
    result = run("assess", str(EXAMPLES / "rigid-expenditure.json"))
    assert result.exit_code == 1
    assert "参数待确认" in result.stderr
    assert "第三条" in result.stderr


def test_gradual_exit_answers_with_months_and_amounts():
    answer = json.loads(run("gradual-exit", str(EXAMPLES / "gradual-exit.json"), "--json").stdout)
    assert (answer["months"], answer["total"], answer["last_month"]) == (6, "7,380.00", "2027-02")


def test_parameters_are_listed_with_their_source_and_their_doubt():
    rows = json.loads(run("parameters", "--on", "2026-09-14", "--json").stdout)
    standard = next(row for row in rows if row["name"] == "dibao.standard_fen")
    assert (standard["value"], standard["confirmed"]) == (76000, False)
    assert "低保标准（每人每月）：760.00元（2024-01-01起）  [待确认]" in run("parameters").stdout


def test_import_holidays_says_which_days_change():
    answer = json.loads(run("import-holidays", str(EXAMPLES / "holidays-2027.toml"), "--json").stdout)
    assert [day["day"] for day in answer["changed"]] == [
        "2027-01-30", "2027-02-11", "2027-02-12", "2027-02-20"
    ]  # fmt: skip
    assert "与现有工作日历一致" in run("import-holidays", str(EXAMPLES / "holidays-2026.txt")).stdout


@pytest.mark.parametrize(
    "args",
    [
        ["working-days"],
        ["working-days", "--from", "2026-13-01", "--count", "3"],
        ["working-days", "--from", "2026-09-16"],
        ["working-days", "--from", "2026-09-16", "--count", "三"],
        ["working-days", "--from", "2026-09-16", "--count", "-3"],
        ["working-days", "--from", "2026-09-16", "--count", "0"],
        ["working-days", "--from", "2026-09-16", "--count", "9" * 5000],
        ["working-days", "--from", "9999-12-31", "--count", "1"],
        ["publicity", "--posted", "2026-09-24"],
        ["publicity", "--posted", "2026-09-24", "--kind", "七天"],
        ["publicity", "--posted", "昨天", "--kind", "initial"],
        ["kin"],
        ["kin", "--relation", "隔壁老王"],
        ["assess", "没有这个文件.json"],
        ["gradual-exit", "."],
        ["parameters", "--on", "x"],
        ["import-holidays", "没有这个文件.txt"],
    ],
)
def test_wrong_input_gets_a_chinese_sentence_and_ends_with_2(args: list[str]):
    result = run(*args)
    assert result.exit_code == 2
    assert not result.stdout
    assert any("\u4e00" <= c <= "\u9fff" for c in result.stderr)
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "3", '{"category": NaN}', "[" * 100_000, '{"a":' + "9" * 9000 + "}"]
)
def test_a_file_that_is_not_the_expected_json_ends_with_2(text: str, tmp_path: Path):
    file = tmp_path / "x.json"
    file.write_text(text, encoding="utf-8")
    for command in ("assess", "gradual-exit"):
        result = run(command, str(file))
        assert result.exit_code == 2
        assert any("\u4e00" <= c <= "\u9fff" for c in result.stderr)


def test_a_file_in_the_encoding_of_old_offices_is_read(tmp_path: Path):
    file = tmp_path / "通知.txt"
    file.write_bytes((EXAMPLES / "holidays-2026.txt").read_text(encoding="utf-8").encode("gb18030"))
    assert run("import-holidays", str(file)).exit_code == 0


def test_a_file_that_is_no_text_is_refused(tmp_path: Path):
    file = tmp_path / "x.json"
    file.write_bytes(b"\xff\xfe\x00\x80\xff")
    assert run("assess", str(file)).exit_code == 2
