"""The servers other tests stand on are real, keep what they promised, and leave nothing behind."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import aiokafka
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from services.local_servers import LocalKafka, LocalPostgres, ServerFailed
from services.local_servers.programs import is_alive, program, wait
from tests.servers.kafka import create_topic


async def test_a_table_made_in_postgres_can_be_read_back_over_a_second_connection(postgres_url: str) -> None:
    engine = create_async_engine(postgres_url)
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE visits (id int PRIMARY KEY, village text)"))
        await connection.execute(text("INSERT INTO visits VALUES (1, '新民村')"))
    await engine.dispose()

    async with engine.connect() as connection:
        found = (await connection.execute(text("SELECT village FROM visits"))).scalar_one()
    await engine.dispose()

    assert found == "新民村"


def test_every_test_gets_an_empty_database_of_its_own(
    postgres_server: LocalPostgres, postgres_url: str
) -> None:
    database = postgres_url.rsplit("/", 1)[1]
    tables = postgres_server.sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", database)
    assert tables == "0"


def test_postgres_promises_durability_as_in_production(postgres_server: LocalPostgres) -> None:
    assert postgres_server.sql("SHOW fsync") == "on"
    assert postgres_server.sql("SHOW synchronous_commit") == "on"


def test_a_commit_survives_the_sudden_death_of_postgres() -> None:
    with LocalPostgres() as server:
        server.sql("CREATE TABLE visits AS SELECT 1 AS id")
        server.kill()
        server.start()
        assert server.sql("SELECT id FROM visits") == "1"


async def test_a_record_goes_through_kafka_and_survives_the_sudden_death_of_the_node(
    kafka_server: LocalKafka,
) -> None:
    create_topic(kafka_server.bootstrap, "servers.sudden-death")
    await _produce(kafka_server.bootstrap, "servers.sudden-death", "入户调查".encode())

    kafka_server.kill()
    kafka_server.start()

    assert await _first(kafka_server.bootstrap, "servers.sudden-death") == "入户调查".encode()


async def test_kafka_refuses_a_topic_nobody_made(kafka_server: LocalKafka) -> None:
    consumer = aiokafka.AIOKafkaConsumer(bootstrap_servers=kafka_server.bootstrap)
    await consumer.start()
    try:
        assert consumer.partitions_for_topic("servers.misspelt") is None
        assert "servers.misspelt" not in await consumer.topics()
    finally:
        await consumer.stop()


def test_servers_die_with_the_process_that_started_them() -> None:
    script = (
        "import sys; from services.local_servers import LocalPostgres; server = LocalPostgres().start();"
        "print(server.pid, server.directory, flush=True); sys.stdin.read()"
    )
    root = Path(__file__).parents[2]
    starter = subprocess.Popen(
        [sys.executable, "-c", script], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with starter:
        assert starter.stdout is not None
        pid, directory = starter.stdout.readline().split()
        starter.send_signal(signal.SIGKILL)
        starter.wait(10)

    wait(lambda: not is_alive(int(pid)), 20)
    assert not is_alive(int(pid))
    subprocess.run(["rm", "-rf", directory], check=True)


def test_postgres_keeps_its_data_and_port_in_the_directory_it_is_given(tmp_path: Path) -> None:
    with LocalPostgres(tmp_path / "postgres") as first:
        first.sql("CREATE TABLE visits AS SELECT 7 AS id")
    with LocalPostgres(tmp_path / "postgres") as second:
        assert second.sql("SELECT id FROM visits") == "7"
        assert second.port == first.port


def test_a_missing_program_is_named_together_with_the_way_to_get_it() -> None:
    with pytest.raises(ServerFailed, match="no-such-program is not installed: `make system`"):
        program("no-such-program")


async def _produce(bootstrap: str, topic: str, value: bytes) -> None:
    producer = aiokafka.AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all", enable_idempotence=True)
    await producer.start()
    try:
        await producer.send_and_wait(topic, value)
    finally:
        await producer.stop()


async def _first(bootstrap: str, topic: str) -> bytes | None:
    consumer = aiokafka.AIOKafkaConsumer(topic, bootstrap_servers=bootstrap, auto_offset_reset="earliest")
    await consumer.start()
    try:
        return (await consumer.getone()).value
    finally:
        await consumer.stop()
