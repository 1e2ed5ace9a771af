"""Files before publication: their text, and what hides in them beside it (EXIF, authors, comments)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Collection, Iterator

import pypdfium2
from PIL import Image, UnidentifiedImageError

from services.common.policy.articles import PIPL_6, R5_4
from services.common.policy.law import Finding, Invalid, rule
from services.disclosure.rules.leaks import LeakFound, leaks_in
from services.disclosure.rules.leaks.found import WORDS, Leak, LeakKind

TEXT_LIMIT = 2_000_000
# What a camera or a program writes into a picture beside the picture.
PICTURE_NOTES = (
    "exif",
    "xmp",
    "XML:com.adobe.xmp",
    "photoshop",
    "comment",
    "Comment",
    "Author",
    "Description",
)
GPS = 0x8825
OFFICE_NOTES = ("docProps/custom.xml", "word/comments.xml", "xl/comments1.xml", "word/people.xml")
PDF_AUTHORS = ("Author", "Keywords", "Subject")


@rule(R5_4, PIPL_6)
def publishable_file(
    name: str, content: bytes, *, allowed: Collection[str] = (), words_reviewed: bool = False
) -> Finding[str]:
    """The text of a file that may be published: what it says, what hides in it and its own name."""
    text, hidden = text_of(name, content)
    seen = (*leaks_in(name, allowed), *leaks_in(text, allowed), *hidden)
    found = [leak for leak in seen if not (words_reviewed and leak.kind in WORDS)]
    if found:
        raise LeakFound(f"文件“{name[-20:]}”" if not leaks_in(name) else "文件", found)
    return Finding(R5_4, text, {"text": "文件经检查没有个人信息和隐藏信息，可以公开"})


def text_of(name: str, content: bytes) -> tuple[str, tuple[Leak, ...]]:
    """The words of a PDF, .docx, .xlsx, text or picture, and what is hidden beside them."""
    reader = next((read for start, read in READERS if content.startswith(start)), None)
    if reader is not None:
        return reader(content)
    try:
        return content.decode("utf-8")[:TEXT_LIMIT], ()
    except UnicodeDecodeError as error:
        raise Invalid("file", f"“{name[-20:]}”不是可以检查的文件，请用PDF、docx、xlsx、图片或文本") from error


def _pdf(content: bytes) -> tuple[str, tuple[Leak, ...]]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Invalid("file", "PDF打不开，可能已损坏或加密，请重新导出") from error
    with document:
        pages = "\n".join(page.get_textpage().get_text_range() for page in document)
        told = document.get_metadata_dict()
        notes = " ".join(told.get(key, "") for key in PDF_AUTHORS)
    return pages[:TEXT_LIMIT], tuple(_noted(notes))


def _picture(content: bytes) -> tuple[str, tuple[Leak, ...]]:
    try:
        with Image.open(io.BytesIO(content)) as picture:
            has_place = bool(picture.getexif().get_ifd(GPS))
            told = bool(dict(picture.getexif())) or any(key in picture.info for key in PICTURE_NOTES)
    except (UnidentifiedImageError, OSError) as error:
        raise Invalid("file", "图片打不开，请重新拍照或导出") from error
    if has_place:
        return "", (Leak(LeakKind.FILE_METADATA, -1, "照片里有拍摄地点"),)
    return "", (Leak(LeakKind.FILE_METADATA, -1, "照片里有拍摄信息EXIF"),) if told else ()


def _office(content: bytes) -> tuple[str, tuple[Leak, ...]]:
    """The words of every part of a .docx or .xlsx, hidden columns and comments included."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = [
                one for one in package.namelist() if one.endswith(".xml") and not one.startswith("docProps")
            ]
            text = "\n".join(_without_tags(package.read(one)) for one in names)
            hidden = [one for one in OFFICE_NOTES if one in package.namelist()]
            pictures = [package.read(one) for one in package.namelist() if "/media/" in one]
    except zipfile.BadZipFile as error:
        raise Invalid("file", "文件打不开，请重新保存后再上传") from error
    leaks = [Leak(LeakKind.FILE_METADATA, -1, "文件里有批注或自定义属性") for _ in hidden[:1]]
    for picture in pictures:
        if any(picture.startswith(start) for start, read in READERS if read is _picture):
            leaks.extend(_picture(picture)[1])
    return text[:TEXT_LIMIT], tuple(leaks)


def _without_tags(part: bytes) -> str:
    """The words between the tags of an XML part; paragraphs, rows and cells end a line."""
    words: list[str] = []
    tag: list[str] = []
    inside = False
    for sign in part.decode("utf-8", "replace"):
        if sign == "<":
            inside, tag = True, []
        elif sign == ">" and inside:
            inside = False
            if "".join(tag).startswith(("/w:p", "/row", "/c", "/si", "w:br", "w:tab")):
                words.append("\n")
        elif inside:
            tag.append(sign)
        else:
            words.append(sign)
    return "".join(words)


def _noted(notes: str) -> Iterator[Leak]:
    for leak in leaks_in(notes):
        yield Leak(LeakKind.FILE_METADATA, -1, f"属性里有{leak.kind.chinese}")


READERS: tuple[tuple[bytes, Callable[[bytes], tuple[str, tuple[Leak, ...]]]], ...] = (
    (b"%PDF", _pdf),
    (b"PK\x03\x04", _office),
    (b"\xff\xd8\xff", _picture),
    (b"\x89PNG", _picture),
    (b"RIFF", _picture),
    (b"GIF8", _picture),
    (b"II*\x00", _picture),
    (b"MM\x00*", _picture),
)
