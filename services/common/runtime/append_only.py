"""A table to which rows are only ever added: the database itself refuses to change or remove one."""

from __future__ import annotations

from sqlalchemy import DDL, Connection, Table, event

REFUSAL = "rows of this table are only added"
FUNCTION = f"""
CREATE OR REPLACE FUNCTION jiuzhu_only_added() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'insufficient_privilege'; END $$
"""


def guard(table: Table) -> None:
    """Whenever the table is made, its triggers are."""
    for dialect in ("postgresql", "sqlite"):
        for statement in statements(table.name, dialect):
            made = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", made.execute_if(dialect=dialect))


def forbid(connection: Connection, table: str) -> None:
    """The same for a table that is there already; for migrations."""
    for statement in statements(table, connection.dialect.name):
        connection.exec_driver_sql(statement)


def permit(connection: Connection, table: str) -> None:
    """Take the triggers away; for a migration that goes back."""
    for name in trigger_names(connection.dialect.name):
        on = f" ON {table}" if connection.dialect.name == "postgresql" else ""
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_{name}{on}")


def trigger_names(dialect: str) -> tuple[str, ...]:
    return ("no_change", "no_truncate") if dialect == "postgresql" else ("no_update", "no_delete")


def statements(table: str, dialect: str) -> tuple[str, ...]:
    """The triggers in the words of each database."""
    if dialect == "postgresql":
        return (
            FUNCTION,
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION jiuzhu_only_added()",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION jiuzhu_only_added()",
        )
    return tuple(
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for verb in ("update", "delete")
    )
