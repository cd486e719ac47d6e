"""One log for the whole process: JSON lines or a console, with secrets and personal details taken out."""

import logging
import re
import sys
from collections.abc import Iterable
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor

from bot.settings.environment import Environment

OUT = "[removed]"
# These print tokens, bodies or frames below WARNING: tweepy its Authorization header, slack_bolt and
# slack_sdk whole requests, websockets every frame, urllib3 addresses with their query.
TALKATIVE = (
    "tweepy",
    "slack_bolt",
    "slack_sdk",
    "oauthlib",
    "requests_oauthlib",
    "urllib3",
    "websockets",
    "python_multipart",
    "asyncio",
    "apscheduler",
    "sqlalchemy",
    "alembic",
    "PIL",
)
# Even their warnings carry what people typed, or what the network answered.
INDISCREET = ("tweepy", "slack_bolt", "slack_sdk.web", "slack_sdk.webhook", "oauthlib", "requests_oauthlib")
PRIVATE_KEYS = re.compile(
    r"(?i)^(.*(token|secret|password|authorization|cookie|signature).*|body|payload|text|email)$"
)
NAMED = r"oauth_\w+|(?:\w+_)?token|(?:\w+_)?secret|ticket|password"
PATTERNS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\bx(?:ox[a-z]|app)(?:e?\.xox[a-z])?-[\w.-]+", OUT),
        (r"(?i)(authorization[\"']?\s*[:=]\s*[\"']?)[^\r\n]+", rf"\1{OUT}"),
        (r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}", rf"\1 {OUT}"),
        (rf"(?i)\b({NAMED})([\"']?\s*[:=]\s*[\"']?)[^\s\"',&;)}}]+", rf"\1\2{OUT}"),
        (r"(\w://[^\s:/@]*):[^\s/@]+@", rf"\1:{OUT}@"),
        (r"(https?://hooks\.slack\.com/)\S+", rf"\1{OUT}"),
        (r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+", OUT),
    )
)
# Whatever a pattern could find has one of these in it; most lines have none.
SUSPICIOUS = re.compile(r"(?i)xox|xapp|[:=@]|bearer|basic")
OURS = frozenset({"timestamp", "level", "logger"})
CONTROL = {code: f"\\x{code:02x}" for code in (*range(32), 127) if code not in {9, 10}}


def set_up(environment: Environment, *, level: int = logging.INFO, to: TextIO | None = None) -> None:
    """Send everything logged, by us and by libraries, to `to` (standard error). May be called again."""
    stream = to or sys.stderr
    as_json = environment.log_format == "json" or (
        environment.log_format == "auto" and not getattr(stream, "isatty", lambda: False)()
    )
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.addFilter(_is_fit)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_withhold, *_shared()],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                Redacting(_secrets(environment)),
                _json() if as_json else _console(),
            ],
        )
    )
    root = logging.getLogger()
    for old in [one for one in root.handlers if getattr(one, "ours", False)]:
        root.removeHandler(old)
    handler.ours = True  # type: ignore[attr-defined]
    root.addHandler(handler)
    root.setLevel(level)


class Redacting:
    """Takes known secrets, things shaped like secrets, and e-mail addresses out of every value."""

    def __init__(self, secrets: Iterable[str]) -> None:
        known = sorted({secret for secret in secrets if len(secret) >= 6}, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def __call__(self, _logger: Any, _method: str, event: EventDict) -> EventDict:
        return {key: value if key in OURS else self._told(key, value) for key, value in event.items()}

    def cleaned(self, text: str) -> str:
        if self._known:
            text = self._known.sub(OUT, text)
        if SUSPICIOUS.search(text):
            for pattern, replacement in PATTERNS:
                text = pattern.sub(replacement, text)
        return text

    def _told(self, key: str, value: Any) -> Any:
        return OUT if PRIVATE_KEYS.match(key) else self._cleaned(value, one_line=key != "exception")

    def _cleaned(self, value: Any, *, one_line: bool) -> Any:
        match value:
            case bool() | int() | float() | None:
                return value
            case dict():
                return {str(key): self._told(str(key), inner) for key, inner in value.items()}
            case list() | tuple() | set() | frozenset():
                return [self._cleaned(inner, one_line=one_line) for inner in value]
        # A line break in what somebody typed would begin a line of log that nobody wrote.
        text = self.cleaned(str(value)).translate(CONTROL)
        return text.replace("\n", "\\n") if one_line else text


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _json() -> Processor:
    return structlog.processors.JSONRenderer(ensure_ascii=False)


def _console() -> Processor:
    return structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)


def _is_fit(record: logging.LogRecord) -> bool:
    """Told by name, not by their loggers' levels: a library may set its own level back to DEBUG."""
    return record.levelno >= logging.WARNING or not _is_of(record, TALKATIVE)


def _withhold(_logger: Any, _method: str, event: EventDict) -> EventDict:
    record: logging.LogRecord = event["_record"]
    if not _is_of(record, INDISCREET):
        return event
    error = record.exc_info[0] if record.exc_info else None
    event.pop("exc_info", None)
    event["event"] = f"{record.module}.{record.funcName} warned; its words are withheld"
    return {**event, "error": error.__name__} if error else event


def _is_of(record: logging.LogRecord, libraries: tuple[str, ...]) -> bool:
    return any(record.name == name or record.name.startswith(f"{name}.") for name in libraries)


def _secrets(environment: Environment) -> list[str]:
    values = environment.model_dump().values()
    return [value.get_secret_value() for value in values if hasattr(value, "get_secret_value")]
