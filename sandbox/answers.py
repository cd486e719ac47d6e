"""What a method answers: `ok(...)`, or `error("code")` raised from any depth."""

from __future__ import annotations

from sandbox.entities import Json


class SlackError(Exception):
    """A refusal as Slack words it: `ok: false`, a code, and sometimes more keys."""

    def __init__(self, code: str, **more: object) -> None:
        super().__init__(code)
        self.code = code
        self.more = more

    def body(self) -> Json:
        return {"ok": False, "error": self.code, **self.more}

    def messages(self) -> list[str]:
        """The sentences that say what was wrong, if any came along."""
        metadata = self.more.get("response_metadata")
        found = metadata.get("messages") if isinstance(metadata, dict) else self.more.get("errors")
        return [_sentence(each) for each in found] if isinstance(found, list) else []


class RateLimited(SlackError):
    """429, with the seconds to wait in Retry-After."""

    def __init__(self, seconds: int) -> None:
        super().__init__("ratelimited")
        self.seconds = seconds


def _sentence(fault: object) -> str:
    return f"{fault['pointer']}: {fault['message']}" if isinstance(fault, dict) else str(fault)


def ok(**fields: object) -> Json:
    return {"ok": True, **fields}


def error(code: str, **more: object) -> SlackError:
    return SlackError(code, **more)


def invalid(*messages: str) -> SlackError:
    """invalid_arguments with the detail Slack puts in response_metadata.messages."""
    return SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {m}" for m in messages]})
