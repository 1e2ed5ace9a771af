"""Where photos and papers lie: addressed by SHA-256, on disk or in an S3-compatible store."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

import obstore
from obstore.exceptions import NotFoundError
from obstore.store import LocalStore, S3Store

from services.common.policy.law import Invalid, Missing
from services.common.runtime.ids import new_id
from services.common.runtime.settings import Settings

CHUNK = 64 * 1024
MOST_HASHES = 1024
SHA256 = re.compile(r"[0-9a-f]{64}")


class ContentStore:
    """Finished content by hash, and unfinished uploads by id as append-only files on local disk."""

    def __init__(self, store: LocalStore | S3Store, staging: Path) -> None:
        self._store = store
        self._staging = staging
        self._hashes: dict[str, _Hash] = {}
        self._staging.mkdir(parents=True, exist_ok=True)

    @classmethod
    def from_settings(cls, settings: Settings, service: str) -> ContentStore:
        staging = settings.data_dir / "uploads" / service
        if settings.documents_url:
            bucket = settings.documents_url.removeprefix("s3://")
            store: LocalStore | S3Store = S3Store(
                bucket,
                prefix=service,
                endpoint=settings.s3_endpoint,
                access_key_id=settings.s3_access_key_id,
                secret_access_key=settings.s3_secret_access_key,
                region="us-east-1",
                virtual_hosted_style_request=False,
                client_options={"allow_http": True},
            )
        else:
            store = LocalStore(settings.data_dir / "documents" / service, mkdir=True)
        return cls(store, staging)

    async def received(self, upload: str) -> int:
        """How many bytes of an unfinished upload have arrived and are on disk."""
        return _size(self._part(upload))

    async def append(self, upload: str, offset: int, chunks: AsyncIterator[bytes], limit: int) -> int:
        """Append to an upload at `offset`; the new length. Bytes beyond `limit` are refused."""
        path = self._part(upload)
        length = await self.received(upload)
        if offset != length:
            raise Invalid("Upload-Offset", f"已收到 {length} 字节,请从该处续传")
        seen = self._hashes.pop(upload, None) if offset else _Hash()
        with path.open("ab") as part:
            try:
                async for chunk in chunks:
                    if length + len(chunk) > limit:
                        raise Invalid("Upload-Length", "收到的内容超过申报的长度")
                    part.write(chunk)
                    length += len(chunk)
                    if seen:
                        seen.add(chunk)
            finally:
                part.flush()
                await asyncio.to_thread(os.fsync, part.fileno())
                if seen:
                    self._remember(upload, seen)
        return length

    async def digest(self, upload: str) -> str:
        """The SHA-256 of what has arrived: taken on its way in, or from the disk after a restart."""
        seen = self._hashes.get(upload)
        if seen and seen.length == await self.received(upload):
            return seen.sha256.hexdigest()
        return hashlib.sha256(await self.read_upload(upload)).hexdigest()

    def _remember(self, upload: str, seen: _Hash) -> None:
        if len(self._hashes) >= MOST_HASHES:
            self._hashes.clear()
        self._hashes[upload] = seen

    async def read_upload(self, upload: str) -> bytes:
        return await asyncio.to_thread(self._part(upload).read_bytes)

    async def discard(self, upload: str) -> None:
        self._hashes.pop(upload, None)
        await asyncio.to_thread(self._part(upload).unlink, missing_ok=True)

    async def keep(self, upload: str, digest: str) -> None:
        """Take a finished upload of this SHA-256 into the store; the upload stays until it is discarded."""
        if isinstance(self._store, LocalStore) and self._store.prefix:
            await asyncio.to_thread(_link, self._part(upload), Path(self._store.prefix), self._key(digest))
        else:
            await self.put(await self.read_upload(upload))

    async def put(self, content: bytes) -> str:
        """Keep `content`; its SHA-256. The same content twice is kept once."""
        digest = hashlib.sha256(content).hexdigest()
        if not await self.has(digest):
            await obstore.put_async(self._store, self._key(digest), content)
        if isinstance(self._store, LocalStore) and self._store.prefix:
            await asyncio.to_thread(_settle, Path(self._store.prefix), self._key(digest))
        return digest

    async def has(self, digest: str) -> bool:
        try:
            await obstore.head_async(self._store, self._key(digest))
        except (NotFoundError, FileNotFoundError):
            return False
        return True

    async def get(self, digest: str) -> bytes:
        try:
            answer = await obstore.get_async(self._store, self._key(digest))
        except (NotFoundError, FileNotFoundError) as error:
            raise Missing("文件") from error
        return bytes(await answer.bytes_async())

    async def stream(self, digest: str) -> AsyncIterator[bytes]:
        """The content in pieces of 64 KiB."""
        content = await self.get(digest)
        for start in range(0, len(content), CHUNK):
            yield content[start : start + CHUNK]

    def _key(self, digest: str) -> str:
        if not SHA256.fullmatch(digest):
            raise Invalid("sha256", "文件编号不对")
        return f"{digest[:2]}/{digest}"

    def _part(self, upload: str) -> Path:
        if not re.fullmatch(r"[0-9a-f-]{1,120}", upload):
            raise Invalid("upload", "上传编号不对")
        return self._staging / upload

    def new_upload(self) -> str:
        return new_id()


class _Hash:
    """The hash of an upload as far as it has come."""

    def __init__(self) -> None:
        self.sha256 = hashlib.sha256()
        self.length = 0

    def add(self, chunk: bytes) -> None:
        self.sha256.update(chunk)
        self.length += len(chunk)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _link(part: Path, folder: Path, key: str) -> None:
    """A second name for what is on the disk already: nothing is written twice."""
    (folder / key).parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        os.link(part, folder / key)
    _settle(folder, key)


def _settle(folder: Path, key: str) -> None:
    """Force a file and its names to the disk: the local store renames without it, and whoever sent the
    content deletes his own copy on our word."""
    file = folder / key
    for path in (file, file.parent, folder):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
