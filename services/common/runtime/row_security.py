"""The second wall, on PostgreSQL: rows of a township are only seen by a transaction that works for it.

Each transaction says for which townships it works; one that says nothing sees nothing. SQLite has no such
wall: there only the gate and the queries decide.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import DDL, Connection, Table, event, text
from sqlalchemy.sql.elements import TextClause

from services.common.runtime.actor import Actor

SETTING = "jiuzhu.townships"
EVERYWHERE = "*"
TOWNSHIP_DIGITS = 9
POLICY = "by_township"
# In a sub-select the setting is read once for a statement, not once for a row.
SEEN = (
    f"(SELECT current_setting('{SETTING}', true)) = '{EVERYWHERE}' OR township = "
    f"ANY (string_to_array((SELECT current_setting('{SETTING}', true)), ','))"
)


def guard(*tables: Table) -> None:
    """Whenever one of these tables is made on PostgreSQL, its rows are walled off by their township."""
    for table in tables:
        for statement in statements(table.name):
            walled = DDL(statement)  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", walled.execute_if(dialect="postgresql"))


def enable(connection: Connection, tables: Iterable[str]) -> None:
    """The same for tables that are there already; for migrations."""
    if connection.dialect.name == "postgresql":
        for table in tables:
            for statement in statements(table):
                connection.exec_driver_sql(statement)


def disable(connection: Connection, tables: Iterable[str]) -> None:
    """Take the wall down; for a migration that goes back."""
    if connection.dialect.name == "postgresql":
        for table in tables:
            connection.exec_driver_sql(f"DROP POLICY {POLICY} ON {table}")
            connection.exec_driver_sql(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")


def statements(table: str) -> tuple[str, ...]:
    """FORCE binds the owner of the table too; only a superuser passes the wall."""
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY {POLICY} ON {table} USING ({SEEN})",
    )


def townships_of(actor: Actor) -> str:
    """For which townships an actor works: a post in a village is one in its township."""
    areas = {area[:TOWNSHIP_DIGITS] for area in actor.areas}
    return EVERYWHERE if any(len(area) < TOWNSHIP_DIGITS for area in areas) else ",".join(sorted(areas))


def working_for(townships: str) -> TextClause:
    """Say it, for the rest of this transaction."""
    return text(f"SELECT set_config('{SETTING}', :townships, true)").bindparams(townships=townships)
