"""Functions of text."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from services.common.forms.code import Code, Compile, Env, Scope, Sort, as_text
from services.common.forms.faults import ExpressionError
from services.common.forms.functions import built, plain
from services.common.forms.nodes import Node
from services.common.forms.syntax import Literal, Syntax
from services.common.forms.values import Value, snap, text

HASHES = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}


@plain("string", "t", Sort.TEXT, "string(值)", "The value as text.", ("string(1280.50)", "1280.5"))
def _string(value: str) -> str:
    return value


@plain("concat", "*", Sort.TEXT, "concat(值…)", "All values in one text.", ("concat('a', 1 + 1, '')", "a2"))
def _concat(values: list[Value]) -> str:
    return "".join(map(text, values))


@plain(
    "join",
    "t*",
    Sort.TEXT,
    "join('、', 重复组里的项目)",
    "All values in one text, with something in between.",
    ("join('、', 'a', 'b')", "a、b"),
)
def _join(between: str, values: list[Value]) -> str:
    return between.join(map(text, values))


@plain(
    "substr",
    "tn?n",
    Sort.TEXT,
    "substr(文字, 起, 止)",
    "A part of the text, counted from 0, without the end; negative counts from the end.",
    ("substr('140402', 0, 4)", "1404"),
    ("substr('140402', 4)", "02"),
    ("substr('140402', -2)", "02"),
)
def _substr(value: str, start: Decimal | None, end: Decimal | None = None) -> str:
    return value[_place(start) : _place(end)]


def _place(value: Decimal | None) -> int | None:
    return None if value is None else int(value)


@plain(
    "substring",
    "tn?n",
    Sort.TEXT,
    "substring(文字, 起, 长度)",
    "A part of the text as XPath counts, from 1.",
    ("substring('12345', 2, 3)", "234"),
    ("substring('12345', 0, 3)", "12"),
)
def _substring(value: str, start: Decimal | None, length: Decimal | None = None) -> str:
    if start is None:
        return ""
    first = int(snap(start).to_integral_value())
    end = None if length is None else max(first + int(length) - 1, 0)
    return value[max(first - 1, 0) : end]


@plain(
    "substring-before",
    "tt",
    Sort.TEXT,
    "substring-before(文字, 标记)",
    "What stands before the first occurrence.",
    ("substring-before('a-b-c', '-')", "a"),
    ("substring-before('abc', '-')", ""),
)
def _substring_before(value: str, mark: str) -> str:
    return value.partition(mark)[0] if mark and mark in value else ""


@plain(
    "substring-after",
    "tt",
    Sort.TEXT,
    "substring-after(文字, 标记)",
    "What stands after the first occurrence.",
    ("substring-after('a-b-c', '-')", "b-c"),
    ("substring-after('abc', '-')", ""),
)
def _substring_after(value: str, mark: str) -> str:
    return value.partition(mark)[2] if mark else value


@plain(
    "contains",
    "tt",
    Sort.TRUTH,
    "contains(文字, 部分)",
    "Whether the part occurs.",
    ("contains('马厂镇', '厂')", "true"),
)
def _contains(value: str, part: str) -> bool:
    return part in value


@plain(
    "starts-with",
    "tt",
    Sort.TRUTH,
    "starts-with(文字, 开头)",
    "Whether the text begins so.",
    ("starts-with('140402', '1404')", "true"),
)
def _starts_with(value: str, start: str) -> bool:
    return value.startswith(start)


@plain(
    "ends-with",
    "tt",
    Sort.TRUTH,
    "ends-with(文字, 结尾)",
    "Whether the text ends so.",
    ("ends-with('马厂镇', '镇')", "true"),
)
def _ends_with(value: str, end: str) -> bool:
    return value.endswith(end)


@plain(
    "string-length",
    "t",
    Sort.NUMBER,
    "string-length(文字)",
    "How many characters.",
    ("string-length('马厂镇')", "3"),
)
def _string_length(value: str) -> Decimal:
    return Decimal(len(value))


@plain(
    "normalize-space",
    "t",
    Sort.TEXT,
    "normalize-space(文字)",
    "Without spaces at the ends, one in between.",
    ("normalize-space('  a   b ')", "a b"),
)
def _normalize_space(value: str) -> str:
    return " ".join(value.split())


@plain(
    "translate",
    "ttt",
    Sort.TEXT,
    "translate(文字, 从, 到)",
    "Each letter replaced by its counterpart, or left out.",
    ("translate('a-b', '-', '/')", "a/b"),
    ("translate('1,000', ',', '')", "1000"),
)
def _translate(value: str, letters: str, others: str) -> str:
    table: dict[int, str | None] = {}
    for place, letter in enumerate(letters):
        table.setdefault(ord(letter), others[place] if place < len(others) else None)
    return value.translate(table)


@built(
    "regex",
    "regex(文字, '模式')",
    "Whether the whole text fits the pattern; `\\d` and `\\w` mean ASCII as in Java.",
    ("regex('14040X', '^[0-9]{5}[0-9Xx]$')", "true"),
    ("regex('x12', '[0-9]+')", "false"),
    ("regex('１２', '\\d+')", "false"),
    least=2,
    most=2,
)
def _regex(arguments: Sequence[Syntax], scope: Scope, compile_: Compile) -> Code:
    value = as_text(compile_(arguments[0], scope))
    if isinstance(arguments[1], Literal):
        matches = _pattern(arguments[1].value).fullmatch
        return Code(lambda node, env: matches(value(node, env)) is not None, Sort.TRUTH)
    source = as_text(compile_(arguments[1], scope))

    def fits(node: Node, env: Env) -> bool:
        try:
            return _pattern(source(node, env)).fullmatch(value(node, env)) is not None
        except ExpressionError:
            return False

    return Code(fits, Sort.TRUTH)


@lru_cache(maxsize=256)
def _pattern(source: str) -> re.Pattern[str]:
    try:
        return re.compile(source, re.ASCII)
    except (re.error, RecursionError, OverflowError) as error:
        raise ExpressionError(f"模式“{source[:40]}”写错了") from error


@built(
    "digest",
    "digest(文字, '算法', '编码')",
    "A hash of the text: MD5, SHA-1, SHA-256, SHA-384 or SHA-512, as base64 or hex.",
    ("digest('abc', 'MD5', 'hex')", "900150983cd24fb0d6963f7d28e17f72"),
    ("digest('abc', 'SHA-1')", "qZk+NkcGgWq6PiVxeFDCbJzQ2J0="),
    least=2,
    most=3,
)
def _digest(arguments: Sequence[Syntax], scope: Scope, compile_: Compile) -> Code:
    value, wanted = (as_text(compile_(one, scope)) for one in arguments[:2])
    encoding = as_text(compile_(arguments[2], scope)) if len(arguments) == 3 else None
    if isinstance(arguments[1], Literal) and arguments[1].value not in HASHES:
        raise ExpressionError(f"digest()没有“{arguments[1].value}”算法，可用：{'、'.join(HASHES)}")

    def digested(node: Node, env: Env) -> str:
        name = HASHES.get(wanted(node, env))
        if name is None:
            return ""
        found = hashlib.new(name, value(node, env).encode(), usedforsecurity=False).digest()
        return found.hex() if encoding and encoding(node, env) == "hex" else base64.b64encode(found).decode()

    return Code(digested, Sort.TEXT)


@built("uuid", "uuid()", "A new id; it runs once for each item and never again.", least=0, most=1)
def _uuid(arguments: Sequence[Syntax], scope: Scope, compile_: Compile) -> Code:
    scope.uses.impure = True
    return Code(lambda node, env: env.uuid(), Sort.TEXT)
