"""Files that are there whole or not at all, and a full storage as a sentence for the person."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class StorageFull(Exception):
    """Nothing of this was saved; everything saved before is still there."""

    def __init__(self) -> None:
        super().__init__("本机存储已满，这一项没有保存。请先同步已完成的记录或清理存储，再重新填写这一项")


@contextmanager
def saying_when_full() -> Iterator[None]:
    """Inside, a full disk raises StorageFull."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            raise StorageFull from error
        raise
    except OSError as error:
        if error.errno in FULL:
            raise StorageFull from error
        raise


def write_whole(path: Path, content: bytes) -> None:
    """Write, force to the disk, and only then give it its name: a crash leaves the old file or the new."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    with saying_when_full():
        try:
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
            _settle(path.parent)
        except OSError:
            part.unlink(missing_ok=True)
            raise


def _settle(folder: Path) -> None:
    """Force the folder's names to the disk as well."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
