"""What X answers when it says no: the bodies word for word, as seen on the wire in 2026."""

from __future__ import annotations

from sandbox.x.entities import Json

PROBLEMS = "https://api.twitter.com/2/problems/"


class XError(Exception):
    """A refusal, raised from any depth and written by the wire."""

    def __init__(self, status: int, body: Json, headers: dict[str, str] | None = None) -> None:
        super().__init__(body.get("detail", status))
        self.status, self.body, self.headers = status, body, headers or {}


def invalid(parameter: str, value: str, message: str) -> XError:
    body: Json = {
        "errors": [{"parameters": {parameter: [value]}, "message": message}],
        "title": "Invalid Request",
        "detail": "One or more parameters to your request was invalid.",
        "type": f"{PROBLEMS}invalid-request",
    }
    return XError(400, body)


def _plain(status: int, title: str, detail: str | None = None) -> XError:
    return XError(
        status, {"title": title, "detail": detail or title, "type": "about:blank", "status": status}
    )


def unauthorized() -> XError:
    return _plain(401, "Unauthorized")


def no_credits(account_id: str) -> XError:
    detail = f"Your enrolled account [{account_id}] does not have any credits to fulfill this request."
    return XError(402, {"title": "CreditsDepleted", "detail": detail, "type": f"{PROBLEMS}credits"})


def forbidden(detail: str = "You are not permitted to perform this action.") -> XError:
    return _plain(403, "Forbidden", detail)


def locked() -> XError:
    """The sentence is that of error 326 of the old API; how the new one wraps it is not documented."""
    return forbidden(
        "To protect our users from spam and other malicious activity, this account is temporarily locked. "
        "Please log in to https://twitter.com to unlock your account."
    )


def suspended() -> XError:
    refusal = forbidden("Your account is suspended and is not permitted to access this feature.")
    refusal.body["type"] = f"{PROBLEMS}user-suspended"
    return refusal


def duplicate() -> XError:
    return forbidden("You are not allowed to create a Tweet with duplicate content.")


def read_only() -> XError:
    detail = (
        "Your client app is not configured with the appropriate oauth1 app permissions for this endpoint."
    )
    body: Json = {
        "title": "Forbidden",
        "detail": detail,
        "type": f"{PROBLEMS}oauth1-permissions",
        "status": 403,
    }
    return XError(403, body)


def no_such_path() -> XError:
    return _plain(404, "Not Found")


def wrong_method() -> XError:
    return _plain(405, "Method Not Allowed")


def too_many(headers: dict[str, str]) -> XError:
    refusal = _plain(429, "Too Many Requests")
    refusal.headers = headers
    return refusal


def unavailable() -> XError:
    return _plain(503, "Service Unavailable")


def not_found(post_id: str) -> Json:
    """X gives this with status 200 where one post is asked for by its id."""
    return {
        "errors": [
            {
                "value": post_id,
                "detail": f"Could not find tweet with id: [{post_id}].",
                "title": "Not Found Error",
                "resource_type": "tweet",
                "parameter": "id",
                "resource_id": post_id,
                "type": f"{PROBLEMS}resource-not-found",
            }
        ]
    }
