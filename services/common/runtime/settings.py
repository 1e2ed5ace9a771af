"""What a process is told by its environment: every name begins with JIUZHU_."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.common.runtime import townships
from services.common.runtime.townships import DISTRICT_LANE, SHARED_LANE, Townships


class Mode(StrEnum):
    """Development allows demonstration accounts and the development clock; production refuses both."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


@dataclass(frozen=True, slots=True)
class PasswordCost:
    """What one guess at a password costs (argon2id)."""

    memory_kib: int
    passes: int
    lanes: int


CHEAP = PasswordCost(1024, 1, 1)
"""Development only: a demonstration starts at once, and its password is public anyway."""
LEAST = PasswordCost(19 * 1024, 2, 1)
"""Production starts with no less."""


class Settings(BaseSettings):
    """Settings of one process. Without a Kafka address the deployment is embedded."""

    model_config = SettingsConfigDict(env_prefix="JIUZHU_", extra="ignore")

    mode: Mode = Mode.PRODUCTION
    data_dir: Path = Path("data")
    database_url: str = Field(
        "", description="PostgreSQL URL, {service} filled in; empty: SQLite in data_dir"
    )
    kafka_bootstrap: str = ""
    kafka_prefix: str = Field("jiuzhu", description="first part of every topic, without dots")
    kafka_partitions: int = Field(24, description="partitions of a lane without a row in townships_file")
    kafka_replication: int = Field(1, description="copies of every record, without townships_file")
    townships_file: Path | None = Field(None, description="deploy/townships.yaml: lanes, their width, quotas")
    host: str = "127.0.0.1"
    http_port: int = 0
    board_port: int = 0
    grpc_port: int = 0
    peers: dict[str, str] = Field(default_factory=dict, description="gRPC address of each other service")
    lanes: dict[str, str] = Field(
        default_factory=dict, description="township code → its lane until it is moved"
    )
    serve_lanes: str = Field("all", description="lanes this process relays and consumes, by comma")
    clock_ahead_seconds: float = Field(0.0, description="development clock's lead over real time at start")
    token_key_file: Path | None = Field(None, description="private key (PEM) that signs tokens; intake only")
    token_public_key_file: Path | None = None
    password_memory_kib: int = Field(65536, description="argon2id: memory of one check; development: 1024")
    password_passes: int = Field(3, description="argon2id: passes over it; development: 1")
    password_lanes: int = Field(4, description="argon2id: lanes; development: 1")
    oidc_issuer: str = Field("", description="the district's identity provider; empty: passwords only")
    oidc_client_id: str = ""
    oidc_client_secret_file: Path | None = Field(None, description="empty: a public client with PKCE alone")
    oidc_claim: str = Field("sub", description="claim of the ID token by which the registry knows a person")
    oidc_title: str = Field("统一身份登录", description="words on the button of the sign-in page")
    office_url: str = Field("", description="where browsers reach the office, for OIDC and QR codes")
    tls_cert_file: Path | None = Field(None, description="certificate (PEM) of this process for gRPC; mTLS")
    tls_key_file: Path | None = Field(None, description="its private key")
    tls_ca_file: Path | None = Field(None, description="authority of the certificates the other side shows")
    documents_url: str = Field("", description="s3://bucket; empty: a folder in data_dir")
    s3_endpoint: str = ""
    s3_access_key_id: str = ""
    s3_secret_access_key: str = ""
    index_key_file: Path | None = Field(None, description="key of the blind index over ID numbers")
    cipher_key_file: Path | None = Field(None, description="key that encrypts ID numbers")
    receipt_key_file: Path | None = Field(None, description="private key (PEM) that signs tablets' receipts")
    letter_key_file: Path | None = Field(
        None, description="private key (PEM) that opens the work of tablets which were ended"
    )
    instance: str = Field("", description="lasting name of this process, e.g. its pod in a stateful set")
    fault: str = Field("", description="point:n, where a test kills the process (development mode only)")
    event_attempts: int = Field(8, description="tries before an event becomes a dead letter")
    waiting_attempts: int = Field(300, description="the same for one that waits for another publisher: a day")
    otlp_endpoint: str = Field(
        "", description="collector of traces (OTLP over HTTP); needs the extra telemetry"
    )
    rpc_seconds: float = Field(10.0, description="deadline of a call that brings none")
    photo_limit_bytes: int = 20_000_000
    board_per_second: float = Field(20.0, description="pages of the board for one address; 0: no limit")
    public_url: str = Field("", description="address of the public site, printed in the QR codes of papers")

    @model_validator(mode="after")
    def _whole_and_safe(self) -> Self:
        if len({bool(path) for path in (self.tls_cert_file, self.tls_key_file, self.tls_ca_file)}) > 1:
            raise ValueError("JIUZHU_TLS_CERT_FILE, _KEY_FILE and _CA_FILE belong together")
        if self.oidc_issuer and not (self.oidc_client_id and self.office_url):
            raise ValueError("JIUZHU_OIDC_ISSUER needs JIUZHU_OIDC_CLIENT_ID and JIUZHU_OFFICE_URL")
        cost = self.password_cost
        weak = cost.memory_kib < LEAST.memory_kib or cost.passes < LEAST.passes or cost.lanes < LEAST.lanes
        if weak and not self.is_development:
            raise ValueError("JIUZHU_PASSWORD_… are too cheap for production")
        return self

    @property
    def password_cost(self) -> PasswordCost:
        """Cheap in development unless the costs are set."""
        if self.is_development and "password_memory_kib" not in self.model_fields_set:
            return CHEAP
        return PasswordCost(self.password_memory_kib, self.password_passes, self.password_lanes)

    @property
    def is_development(self) -> bool:
        return self.mode is Mode.DEVELOPMENT

    @property
    def is_distributed(self) -> bool:
        return bool(self.kafka_bootstrap)

    def url_of(self, service: str) -> str:
        """SQLAlchemy URL of a service's own database."""
        if self.database_url:
            return self.database_url.format(service=service)
        return f"sqlite+aiosqlite:///{self.data_dir.resolve() / service}.db"

    def all_lanes(self) -> tuple[str, ...]:
        """Every lane of the deployment, or those this process serves."""
        if self.serve_lanes != "all":
            return tuple(self.serve_lanes.split(","))
        own = {*self.lanes.values(), *self.townships.lane_names} - {DISTRICT_LANE, SHARED_LANE}
        return (DISTRICT_LANE, SHARED_LANE, *sorted(own))

    @property
    def townships(self) -> Townships:
        """Lanes and quotas of the deployment; without a file every township shares one lane."""
        return townships.load(self.townships_file) if self.townships_file else Townships()

    @property
    def replication(self) -> int:
        return self.townships.replication if self.townships_file else self.kafka_replication

    @property
    def retention_days(self) -> int:
        return self.townships.retention_days

    def partitions_of(self, lane: str) -> int:
        """How many partitions the topics of a lane shall have."""
        described = self.townships.lanes.get(lane)
        return described.partitions if described else self.kafka_partitions
