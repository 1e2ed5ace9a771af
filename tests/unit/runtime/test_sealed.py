"""What lies sealed opens only in its place and with its key."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from services.common.runtime.sealed import Sealer
from services.common.runtime.settings import Mode, Settings

SEALER = Sealer(b"c" * 32, b"i" * 32)
NUMBER, PLACE = "140403198803080023", "persons|id_cipher|p1"


def test_a_sealed_value_opens_in_its_place() -> None:
    assert SEALER.open(SEALER.seal(NUMBER, PLACE), PLACE) == NUMBER


def test_a_sealed_value_moved_to_another_row_does_not_open() -> None:
    with pytest.raises(InvalidTag):
        SEALER.open(SEALER.seal(NUMBER, PLACE), "persons|id_cipher|p2")


def test_the_same_value_sealed_twice_looks_different_but_has_one_index() -> None:
    assert SEALER.seal(NUMBER, PLACE) != SEALER.seal(NUMBER, PLACE)
    assert SEALER.index(NUMBER) == SEALER.index(NUMBER)
    assert SEALER.index(NUMBER) != Sealer(b"c" * 32, b"j" * 32).index(NUMBER)


def test_the_two_keys_must_differ() -> None:
    with pytest.raises(ValueError, match="differ"):
        Sealer(b"k" * 32, b"k" * 32)


def test_development_makes_its_keys_once(tmp_path: Path) -> None:
    settings = Settings(mode=Mode.DEVELOPMENT, data_dir=tmp_path)
    sealed = Sealer.from_settings(settings).seal(NUMBER, PLACE)

    assert Sealer.from_settings(settings).open(sealed, PLACE) == NUMBER
    assert (tmp_path / "keys" / "cipher.key").stat().st_mode & 0o077 == 0


def test_production_asks_for_its_keys(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="CIPHER_KEY_FILE"):
        Sealer.from_settings(Settings(mode=Mode.PRODUCTION, data_dir=tmp_path))
