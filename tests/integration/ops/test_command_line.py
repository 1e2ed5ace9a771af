"""`jiuzhu ops …` as an operator types it, against an embedded system that is not running."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from services import launch
from services.__main__ import app
from services.common.runtime import migrations
from services.common.runtime.settings import Settings


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Databases of an embedded system, newest migrations, no rows."""
    folder = tmp_path_factory.mktemp("data")
    for name in launch.SERVICES:
        migrations.upgrade(name, Settings(data_dir=folder).url_of(name))
    return folder


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["ops", *words])
    return result.exit_code, result.output


def test_lag_of_an_embedded_system_is_what_waits_in_its_databases(data: Path) -> None:
    code, output = run("lag", "--data", str(data), "--json")
    assert code == 0
    found = json.loads(output)
    assert found["total_lag"] == 0
    assert found["services"]["intake"]["unsent"] == 0


def test_no_dead_letters_is_an_empty_list(data: Path) -> None:
    assert run("dead-letters", "list", "--data", str(data), "--json") == (0, "[]\n")


def test_a_letter_that_is_not_there_ends_with_a_sentence(data: Path) -> None:
    code, output = run("dead-letters", "replay", "intake", "7", "--data", str(data))
    assert code == 2
    assert "没有找到intake 的 7 号死信" in output


def test_a_service_that_is_not_there_ends_with_a_sentence(data: Path) -> None:
    code, output = run("replay", "nobody", "--publisher", "intake", "--data", str(data))
    assert code == 2
    assert "没有找到服务" in output


@pytest.mark.parametrize("service", ["approval", "disclosure", "review"])
def test_the_read_models_that_a_service_declares_can_be_made_again(data: Path, service: str) -> None:
    code, output = run("replay", service, "--publisher", "intake", "--data", str(data))
    assert (code, "已重建" in output) == (0, True), output


def test_lanes_and_topics_need_kafka(data: Path) -> None:
    for words in (("lanes", "move", "140403103", "x", "--data", str(data)), ("topics", "apply")):
        code, output = run(*words)
        assert code == 2
        assert "JIUZHU_KAFKA_BOOTSTRAP" in output


def test_without_databases_the_command_says_where_it_looked(tmp_path: Path) -> None:
    code, output = run("lag", "--data", str(tmp_path / "nowhere"))
    assert code == 2
    assert "没有数据库" in output
