"""Between services both sides show a certificate of the district's own authority (mTLS), where one is set."""

from __future__ import annotations

import grpc

from services.common.runtime import calls
from services.common.runtime.settings import Settings


def server_credentials(settings: Settings) -> grpc.ServerCredentials | None:
    """What a server shows, and whom it asks a certificate of: everybody. None without certificates."""
    if settings.tls_cert_file is None or settings.tls_key_file is None or settings.tls_ca_file is None:
        return None
    pair = (settings.tls_key_file.read_bytes(), settings.tls_cert_file.read_bytes())
    return grpc.ssl_server_credentials(
        [pair], root_certificates=settings.tls_ca_file.read_bytes(), require_client_auth=True
    )


def channel(address: str, settings: Settings) -> grpc.aio.Channel:
    """A channel to another service, showing this process's own certificate where it has one."""
    if settings.tls_cert_file is None or settings.tls_key_file is None or settings.tls_ca_file is None:
        return grpc.aio.insecure_channel(address, interceptors=calls.traced())
    credentials = grpc.ssl_channel_credentials(
        root_certificates=settings.tls_ca_file.read_bytes(),
        private_key=settings.tls_key_file.read_bytes(),
        certificate_chain=settings.tls_cert_file.read_bytes(),
    )
    return grpc.aio.secure_channel(address, credentials, interceptors=calls.traced())
