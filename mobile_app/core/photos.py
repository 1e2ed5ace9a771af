"""Photos: on the disk before anything names them, downscaled, sealed, and kept until the office has them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from PIL import Image, ImageDraw, ImageFont, ImageOps, UnidentifiedImageError

from mobile_app.core.disk import write_whole
from mobile_app.core.envelope import PhotoAnnounced
from mobile_app.core.journal import Journal, NotPossible, State
from mobile_app.core.seal import Seal

LONGEST_SIDE = 1920
QUALITY = 88
MARGIN = 12


class NotAPhoto(Exception):
    """What the camera left cannot be opened."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A photo as it will be sent; `original_sha256` is of the camera's own file."""

    content: bytes
    sha256: str
    original_sha256: str


def prepare(original: bytes) -> Taken:
    """Upright, and no longer than 1920 on its longest side; a small JPEG or PNG stays as it is."""
    try:
        with Image.open(io.BytesIO(original), formats=("JPEG", "PNG")) as image:
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            turned = ImageOps.exif_transpose(image)
            fits = max(image.size) <= LONGEST_SIDE and turned.size == image.size
            content = original if fits and "exif" not in image.info else _smaller(turned)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise NotAPhoto("照片打不开，请重新拍摄") from error
    return Taken(content, _hash(content), _hash(original))


def _smaller(image: Image.Image) -> bytes:
    """Written anew, without what the camera noted about place and device."""
    small = image.convert("RGB")
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def watermarked(content: bytes, lines: Sequence[str], font: Path) -> bytes:
    """A copy that says when and where it was taken, for looking at; evidence is the photo without it."""
    with Image.open(io.BytesIO(content)) as image:
        copy = image.convert("RGB")
    text, size = "\n".join(lines), max(copy.width // 40, 12)
    letters = ImageFont.truetype(str(font), size)
    layer = Image.new("RGBA", copy.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    left, top, right, bottom = draw.multiline_textbbox((0, 0), text, font=letters)
    at = (MARGIN, copy.height - (bottom - top) - 2 * MARGIN)
    box = (0, at[1] - MARGIN, int(right - left) + 3 * MARGIN, copy.height)
    draw.rectangle(box, fill=(0, 0, 0, 140))
    draw.multiline_text(at, text, font=letters, fill=(255, 255, 255, 255))
    out = io.BytesIO()
    Image.alpha_composite(copy.convert("RGBA"), layer).convert("RGB").save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


class Photos:
    """The photos of this tablet: sealed files, named by their record and their hash."""

    def __init__(self, folder: Path, seal: Seal, journal: Journal) -> None:
        self._folder = folder
        self._seal = seal
        self._journal = journal

    def add(self, record_id: str, name: str, original: bytes, kind: str) -> PhotoAnnounced:
        """Keep a photo of a draft under a name; the file is on the disk before the journal names it."""
        taken = prepare(original)
        self._write(record_id, taken.sha256, taken.content)
        if taken.original_sha256 != taken.sha256:
            self._write(record_id, taken.original_sha256, original)
        journal = self._journal
        with journal.writing():
            if journal.record(record_id).state is not State.DRAFT:
                raise NotPossible("只能给草稿拍照")
            row = (record_id, name, taken.sha256, len(taken.content), kind, taken.original_sha256, "missing")
            journal.db.execute("INSERT OR REPLACE INTO photos VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        return PhotoAnnounced(name, taken.sha256, len(taken.content), kind)

    def of(self, record_id: str) -> tuple[PhotoAnnounced, ...]:
        """The photos of a record, as its envelope announces them."""
        rows = self._journal.db.execute(
            "SELECT name, sha256, size, kind FROM photos WHERE record_id = ? ORDER BY name", (record_id,)
        )
        return tuple(PhotoAnnounced(*row) for row in rows)

    def remove(self, record_id: str, name: str) -> None:
        """Take a photo out of a draft; its file goes when nothing names it any more."""
        with self._journal.making_room():
            with self._journal.writing():
                if self._journal.record(record_id).state is not State.DRAFT:
                    raise NotPossible("只能从草稿里删除照片")
                mine = "DELETE FROM photos WHERE record_id = ? AND name = ?"
                self._journal.db.execute(mine, (record_id, name))
            self.sweep(record_id)

    def read(self, record_id: str, sha256: str) -> bytes:
        """The content as it was kept. Raises Damaged if the file was altered."""
        return self._seal.open(self._path(record_id, sha256).read_bytes(), _place(record_id, sha256))

    def free(self, record_id: str) -> None:
        """Every photo is verified at the office: the files may go."""
        for path in self._files(record_id):
            path.unlink(missing_ok=True)

    def sweep(self, record_id: str) -> None:
        """Remove files that no row names: a crash between file and row leaves one behind."""
        rows = self._journal.db.execute(
            "SELECT sha256, original_sha256 FROM photos WHERE record_id = ?", (record_id,)
        )
        named = {self._path(record_id, sha256) for row in rows for sha256 in row}
        for path in self._files(record_id):
            if path not in named:
                path.unlink(missing_ok=True)

    def _files(self, record_id: str) -> list[Path]:
        return list((self._folder / str(UUID(record_id))).glob("*"))

    def _write(self, record_id: str, sha256: str, content: bytes) -> None:
        path = self._path(record_id, sha256)
        if not path.exists():
            write_whole(path, self._seal.seal(content, _place(record_id, sha256)))

    def _path(self, record_id: str, sha256: str) -> Path:
        return self._folder / str(UUID(record_id)) / sha256


def _place(record_id: str, sha256: str) -> str:
    return f"photo|{record_id}|{sha256}"


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
