"""The tablet and its office: enrolling once, signing in with a password, going on with the tablet's key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from mobile_app.core.client import FieldClient, SyncRefused
from mobile_app.core.identity import (
    Identity,
    fresh_key,
    load_identity,
    save_identity,
    signed_in,
)
from mobile_app.core.journal import Journal
from mobile_app.core.receipts import ReceiptKeys
from mobile_app.core.trusted_time import TrustedTime

ENDED = "device-ended"
Dial = Callable[[str], FieldClient]


class DeviceEnded(Exception):
    """The office ended this tablet."""


class SignInNeeded(Exception):
    """The person has to give account and password again; everything on the tablet stays."""

    def __init__(self, why: str = "") -> None:
        super().__init__(why or "请输入账号和密码重新登录；本机记录都还在")


class Office:
    """Opens lines to the office; `dial` makes a client for its address."""

    def __init__(self, journal: Journal, time: TrustedTime, dial: Dial) -> None:
        self._journal = journal
        self._time = time
        self._dial = dial

    def enrol(self, office_url: str, code: str, name: str) -> Identity:
        """Make a key, show its public half with the code of the QR code, and remember who we are now."""
        private, public = fresh_key()
        with self._dial(office_url) as client:
            keys = client.keys()
            device_id = client.enrol(code, public, name)
        identity = Identity(device_id=device_id, office_url=office_url, private_key=private, keys=keys)
        save_identity(self._journal, identity)
        return identity

    def sign_in(self, account: str, password: str) -> FieldClient:
        """A line in the person's name; from now on the tablet may be used alone until the lease ends."""
        return self._opened("session", account, {"password": password})

    def connect(self) -> FieldClient:
        """A line without asking the person: the tablet's key speaks for whoever signed in on it last."""
        account = load_identity(self._journal).account
        if not account:
            raise SignInNeeded
        return self._opened("renewal", account, {})

    def line(self) -> FieldClient:
        """A line without any token, for what the tablet's key alone signs."""
        identity = load_identity(self._journal)
        client = self._dial(identity.office_url)
        client.believe(ReceiptKeys.from_jwks(identity.keys))
        return client

    def _opened(self, door: str, account: str, more: dict[str, str]) -> FieldClient:
        identity = load_identity(self._journal)
        client = self.line()
        try:
            challenge = client.challenge(identity.device_id)
            text = f"jiuzhu-field-session|{identity.device_id}|{challenge}|{account}".encode()
            proof = {"device_id": identity.device_id, "challenge": challenge, "account": account}
            session = client.session(proof | {"signature": identity.sign(text)} | more, door)
        except SyncRefused as refusal:
            client.close()
            if refusal.code == ENDED:
                raise DeviceEnded(str(refusal)) from refusal
            if refusal.status == 401 and door == "renewal":
                raise SignInNeeded(refusal.message) from refusal
            raise
        except BaseException:
            client.close()
            raise
        self._heard(identity, account, session)
        client.use_token(str(session["token"]))
        return client

    def _heard(self, identity: Identity, account: str, session: dict[str, Any]) -> None:
        self._time.heard(datetime.fromisoformat(session["server_time"]))
        save_identity(self._journal, signed_in(identity, account, session))

    def refresh_keys(self, client: FieldClient) -> None:
        """The office may have changed its keys: those of the day verify the receipts of the day."""
        identity = load_identity(self._journal)
        keys = client.keys()
        if keys != identity.keys:
            save_identity(self._journal, replace(identity, keys=keys))
            client.believe(ReceiptKeys.from_jwks(keys))
