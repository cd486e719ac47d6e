"""OAuth 1.0a: a signature is recomputed from what arrived, against X's public address."""

from __future__ import annotations

import base64
import hmac
import time
from dataclasses import dataclass
from urllib.parse import quote

from oauthlib.oauth1.rfc5849 import signature

from sandbox.x.answers import unauthorized
from sandbox.x.entities import DeveloperApp
from sandbox.x.store import XStore

_HOSTS = ("api.twitter.com", "api.x.com")
_MOST_SKEW = 300


@dataclass(frozen=True)
class Arrived:
    """The parts of a request that are signed. `form` is the body when it is a form, else empty."""

    method: str
    host: str
    path: str
    query: str
    authorization: str
    form: str


def check(store: XStore, arrived: Arrived, secret_of: dict[str, str]) -> tuple[DeveloperApp, dict[str, str]]:
    """The app that signed, and the signed fields. `secret_of` maps known token keys to their secrets.

    Raises XError 401 for an unknown key, a wrong signature, a stale timestamp or a nonce seen before.
    """
    pairs = _pairs(arrived)
    fields = dict(pairs)
    app = store.apps.get(fields.get("oauth_consumer_key", ""))
    token = fields.get("oauth_token", "")
    nonce = (fields.get("oauth_consumer_key", ""), fields.get("oauth_nonce", ""))
    if app is None or token not in secret_of or not nonce[1] or nonce in store.nonces or not _fresh(fields):
        raise unauthorized()
    if not _signed_with(arrived, pairs, (app.secret, secret_of[token])):
        raise unauthorized()
    store.nonces.add(nonce)
    return app, fields


def _pairs(arrived: Arrived) -> list[tuple[str, str]]:
    headers = {"Authorization": arrived.authorization}
    try:
        return signature.collect_parameters(
            arrived.query, arrived.form, headers, exclude_oauth_signature=False
        )
    except ValueError as odd:
        raise unauthorized() from odd


def _fresh(fields: dict[str, str]) -> bool:
    stamp = fields.get("oauth_timestamp", "")
    # By the wall's clock, not the workspace's: the client's library stamps with its machine's.
    return stamp.isdecimal() and abs(int(stamp) - time.time()) <= _MOST_SKEW


def _signed_with(arrived: Arrived, pairs: list[tuple[str, str]], secrets: tuple[str, str]) -> bool:
    fields = dict(pairs)
    if fields.get("oauth_signature_method") != "HMAC-SHA1":
        return False
    signed = [pair for pair in pairs if pair[0] != "oauth_signature"]
    expected = _hmac_sha1(_base_string(arrived, signed), secrets)
    return hmac.compare_digest(expected.encode(), fields.get("oauth_signature", "").encode())


def _base_string(arrived: Arrived, signed: list[tuple[str, str]]) -> str:
    """RFC 5849, section 3.4.1."""
    # A client directed here signs the public address it believes it calls, never this machine's.
    host = arrived.host if arrived.host in _HOSTS else _HOSTS[0]
    normalized = sorted((_escaped(name), _escaped(value)) for name, value in signed)
    listed = "&".join(f"{name}={value}" for name, value in normalized)
    return "&".join(_escaped(part) for part in (arrived.method, f"https://{host}{arrived.path}", listed))


def _hmac_sha1(base: str, secrets: tuple[str, str]) -> str:
    """RFC 5849, section 3.4.2."""
    key = "&".join(_escaped(secret) for secret in secrets)
    return base64.b64encode(hmac.digest(key.encode(), base.encode(), "sha1")).decode()


def _escaped(text: str) -> str:
    return quote(text, safe="~")
