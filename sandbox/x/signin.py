"""The PIN flow: how the network's own account lets the app post for it."""

from __future__ import annotations

import secrets
from html import escape
from urllib.parse import urlencode

from sandbox.x.answers import forbidden, unauthorized
from sandbox.x.asked import Answer
from sandbox.x.entities import SignIn
from sandbox.x.oauth1 import Arrived, check
from sandbox.x.store import XStore

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>body{{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:3rem auto;padding:0 1rem}}
code{{font-size:2.5rem;letter-spacing:.2em}}button{{font:inherit;padding:.5rem 1.5rem}}</style></head>
<body><main><h1>{title}</h1>{inside}</main></body></html>
"""


def request_token(store: XStore, arrived: Arrived) -> Answer:
    _, fields = check(store, arrived, {"": ""})
    if fields.get("oauth_callback") != "oob":
        raise forbidden("Callback URL not approved for this client application.")
    sign_in = SignIn(secrets.token_urlsafe(20), secrets.token_urlsafe(24))
    store.sign_ins[sign_in.key] = sign_in
    return _form(oauth_token=sign_in.key, oauth_token_secret=sign_in.secret, oauth_callback_confirmed="true")


def ask(store: XStore, key: str) -> Answer:
    """The page that asks whose account it is. On X it is whoever the browser is signed in as."""
    if key not in store.sign_ins or store.sign_ins[key].pin:
        return _page("This link is used up", "<p>Start again to get a new one.</p>", 403)
    choices = "".join(
        f'<p><label><input type="radio" name="username" value="{escape(a.username)}" required> '
        f"{escape(a.name)} (@{escape(a.username)})</label></p>"
        for a in store.accounts.values()
    )
    name = escape(next(iter(store.apps.values())).name)
    inside = (
        f'<form method="post"><input type="hidden" name="oauth_token" value="{escape(key)}">'
        f"<p>{name} will be able to read and write posts. You are signed in as:</p>{choices}"
        "<p><button>Authorise app</button></p></form>"
    )
    return _page(f"Authorise {name}?", inside)


def say_yes(store: XStore, key: str, username: str) -> Answer:
    sign_in, account = store.sign_ins.get(key), store.account_called(username)
    if sign_in is None or account is None or sign_in.pin:
        return _page("This link is used up", "<p>Start again to get a new one.</p>", 403)
    sign_in.account_id, sign_in.pin = account.id, f"{secrets.randbelow(10**7):07}"
    where = f"<p>Type this PIN where you started, as @{escape(account.username)}:</p>"
    return _page("Your PIN", f'{where}<code id="pin">{sign_in.pin}</code>')


def access_token(store: XStore, arrived: Arrived) -> Answer:
    known = {sign_in.key: sign_in.secret for sign_in in store.sign_ins.values()}
    _, fields = check(store, arrived, known)
    sign_in = store.sign_ins[fields["oauth_token"]]
    if not sign_in.pin or not secrets.compare_digest(fields.get("oauth_verifier", ""), sign_in.pin):
        raise unauthorized()
    del store.sign_ins[sign_in.key]
    account, token = store.accounts[sign_in.account_id], store.give_token(sign_in.account_id)
    return _form(
        oauth_token=token.key,
        oauth_token_secret=token.secret,
        user_id=account.id,
        screen_name=account.username,
    )


def _form(**fields: str) -> Answer:
    return Answer(200, urlencode(fields).encode(), {"content-type": "text/html;charset=utf-8"})


def _page(title: str, inside: str, status: int = 200) -> Answer:
    written = _PAGE.format(title=title, inside=inside)
    return Answer(status, written.encode(), {"content-type": "text/html; charset=utf-8"})
