"""Dates as the page writes them: Slack's `<!date^…>` formats, and the page's own."""

import re
from datetime import datetime, timedelta

TOKEN = re.compile(r"\{(?P<name>[a-z_]+)\}")
PRETTY = {0: "today", -1: "yesterday", 1: "tomorrow"}


def day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def clock(moment: datetime) -> str:
    return f"{moment.hour % 12 or 12}:{moment:%M}{'am' if moment.hour < 12 else 'pm'}"


def divider(moment: datetime, now: datetime) -> str:
    """The heading above a day's messages."""
    near = PRETTY.get((moment.date() - now.date()).days)
    return near.capitalize() if near else f"{moment:%A} {day(moment)}"


def ago(moment: datetime, now: datetime) -> str:
    seconds = (now - moment) // timedelta(seconds=1)
    for size, word in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if count := abs(seconds) // size:
            length = f"{count} {word}{'s' if count > 1 else ''}"
            return f"{length} ago" if seconds > 0 else f"in {length}"
    return "just now"


def formatted(template: str, moment: datetime, now: datetime) -> str | None:
    """`template` with its `{date}`-like tokens filled in, None when one of them is not Slack's."""
    known = _tokens(moment, now)
    if any(found["name"] not in known for found in TOKEN.finditer(template)):
        return None
    return TOKEN.sub(lambda found: known[found["name"]], template)


def _tokens(moment: datetime, now: datetime) -> dict[str, str]:
    plain = {
        "date": day(moment),
        "date_long": f"{moment:%A} {day(moment)}",
        "date_short": f"{moment.day} {moment:%b %Y}",
    }
    near = PRETTY.get((moment.date() - now.date()).days)
    pretty = {f"{name}_pretty": near or words for name, words in plain.items()}
    return (
        plain
        | pretty
        | {
            "date_num": f"{moment:%Y-%m-%d}",
            "date_slash": f"{moment:%d/%m/%Y}",
            "day_divider_pretty": near or plain["date_long"],
            "time": clock(moment),
            "time_secs": f"{moment:%H:%M:%S}",
            "ago": ago(moment, now),
        }
    )
