"""Data that was there before: 1× is a township's working year, made in the database by the database."""

from __future__ import annotations

from services.local_servers import LocalPostgres

VISITS = 10_000
EVENTS = 20_000
CASES = 5_000


def visits(postgres: LocalPostgres, village: str, scale: int) -> int:
    """Visits of earlier years with two verified photos each, their events and their audit rows."""
    count = VISITS * scale
    _run(
        postgres,
        "intake",
        f"INSERT INTO visits SELECT gen_random_uuid()::text, 'visit', '{village[:9]}', '{village}', 'visit',"
        " '1', now(), now(), 'staff', md5(n::text) || md5(n::text), decode(repeat(md5(n::text), 60), 'hex'),"
        " 'complete', '', '', '', gen_random_uuid()::text, gen_random_uuid()::text, current_date"
        f" FROM generate_series(1, {count}) n",
        "INSERT INTO visit_photos SELECT visit_id, name, md5(visit_id || name) || md5(name || visit_id),"
        " 200000, 'evidence', 'verified', '', now() FROM visits, (VALUES ('a.jpg'), ('b.jpg')) photo(name)",
    )
    events(postgres, "intake", "jiuzhu.intake.v1.VisitRecorded", count)
    return count


def events(postgres: LocalPostgres, service: str, type_: str, count: int) -> None:
    """Events sent long ago, five to a stream, with the audit rows of the acts behind them."""
    _run(
        postgres,
        service,
        f"INSERT INTO streams SELECT 'past-' || n, 5 FROM generate_series(1, {count // 5}) n",
        "INSERT INTO outbox (id, aggregatetype, aggregateid, version, type, payload, subject, township, lane,"
        " occurred_at, traceparent, sent_at)"
        f" SELECT gen_random_uuid()::text, '{service}', 'past-' || (n / 5 + 1), n % 5 + 1, '{type_}',"
        " repeat('{\"a\":1}', 40), 'case', '140403103', 'shared', now(), '', now()"
        f" FROM generate_series(0, {count - 1}) n",
        _acts("receive-visit", count),
    )


def board(postgres: LocalPostgres, township: str, count: int, villages: int) -> None:
    """Long-term entries spread over villages, the first of them the smallest ids."""
    each = count // villages
    village = f"'{township}' || lpad((n / {each} + 1)::text, 3, '0')"
    rows = f"FROM generate_series(0, {count - 1}) n"
    _run(
        postgres,
        "disclosure",
        "INSERT INTO areas (code, name, compounds, report_phone)"
        f" VALUES ('{township}', '镇', '[]', '0355-0000123')",
        "INSERT INTO areas (code, name, compounds, report_phone)"
        f" SELECT '{township}' || lpad(n::text, 3, '0'), '村' || n, '[]', ''"
        f" FROM generate_series(1, {villages}) n",
        "INSERT INTO entries (entry_id, township, village, decision_id, case_id, household_id, kind, stage,"
        " category, persons, amount_fen, first_month, listed_on)"
        f" SELECT 'bench-entry-' || n, '{township}', {village}, 'bench-decision-' || n,"
        " 'bench-case-' || (n + 1), 'bench-household-' || (n + 1), 'long-term', 'listed', 'dibao', 2, 76000,"
        f" '2026-01', current_date {rows}",
        "INSERT INTO board (entry_id, township, village, kind, also_in, head_name, category, persons,"
        f" amount_fen, shown_from, provisional) SELECT 'bench-entry-' || n, '{township}', {village},"
        f" 'long-term', '', '张' || n % 97, 'dibao', 2, 76000, date '2026-01-01', false {rows}",
    )


def cursors(postgres: LocalPostgres, service: str, publisher: str, count: int) -> None:
    """Streams that a listener has followed before."""
    _run(
        postgres,
        service,
        f"INSERT INTO inbox SELECT '{publisher}', 'past-' || n, 5 FROM generate_series(1, {count // 5}) n",
        _acts("store-recusals", count),
    )


def cases(postgres: LocalPostgres, village: str, scale: int) -> list[str]:
    """Cases of one township with a head and a running clock; the ids of some of them."""
    count = CASES * scale
    _run(
        postgres,
        "intake",
        "CREATE TEMP TABLE made AS SELECT gen_random_uuid()::text AS person,"
        f" gen_random_uuid()::text AS house, gen_random_uuid()::text AS file"
        f" FROM generate_series(1, {count});"
        "INSERT INTO persons (person_id, name, sex, id_cipher, id_index, born_on)"
        " SELECT person, '测试', 'male', '\\x00'::bytea, person, '1950-01-01' FROM made;"
        f"INSERT INTO households (household_id, township, village, compound, address, phone, head_person_id,"
        f" version) SELECT house, '{village[:9]}', '{village}', '', '村南', '', person, 1 FROM made;"
        "INSERT INTO cases (township, case_id, household_id, village, category, stage, claim, received_on,"
        " accepted_on, opinion_revision, outcome, version)"
        f" SELECT '{village[:9]}', file, house, '{village}', 'dibao', 'accepted', '', current_date,"
        " current_date, 0, '', 1 FROM made;"
        "INSERT INTO clocks (township, case_id, clock, owner, household_id, state, started_on, target_on,"
        " due_on, provisional, article, ground)"
        f" SELECT '{village[:9]}', file, 'decision', 'intake', house, 'running', current_date, current_date,"
        " current_date + 30, false, 'R7.4', '' FROM made",
    )
    return postgres.sql("SELECT case_id FROM cases LIMIT 500", "intake").split()


def _acts(action: str, count: int) -> str:
    """Rows of the audit in a chain of their own, which nobody goes on with."""
    return (
        "INSERT INTO audit (at, actor, action, area, subject, chain, number, kind, purpose, origin, result,"
        f" prev_hash, hash) SELECT now(), 'staff', '{action}', '140403103', n::text, 'past', n, 'act', '',"
        f" '', 'done', md5(n::text), md5(n::text) FROM generate_series(1, {count}) n"
    )


def _run(postgres: LocalPostgres, database: str, *statements: str) -> None:
    for statement in (*statements, "VACUUM ANALYZE"):
        postgres.sql(statement, database)
