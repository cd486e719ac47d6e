"""Slack's mrkdwn as HTML.

Everything ends in `escape`: nothing that was typed, by a person or by a bot, becomes markup of the page.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import groupby

from markupsafe import Markup, escape

from sandbox.page import dates, emoji
from sandbox.page.names import Names

FENCE = re.compile(r"```\n?(.+?)\n?```", re.DOTALL)
QUOTED = re.compile(r"^(?:&gt;|>) ?")
REST_QUOTED = re.compile(r"^(?:&gt;){3} ?|^>{3} ?", re.MULTILINE)
BULLET = "• "
TOKEN = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|<(?P<control>[^<>\n]+)>"
    r"|:(?P<emoji>[a-z0-9_+'-]+)(?:::skin-tone-(?P<tone>[2-6]))?:"
    r"|(?P<url>https?://[^\s<>|*]+)"
    r"|(?<![\w*])\*(?P<bold>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])"
    r"|(?<![\w_])_(?P<italic>[^\s_](?:[^_\n]*[^\s_])?)_(?![\w_])"
    r"|(?<![\w~])~(?P<strike>[^\s~](?:[^~\n]*[^\s~])?)~(?![\w~])"
)
TAGS = {"bold": Markup("strong"), "italic": Markup("em"), "strike": Markup("del")}
SAFE_LINK = re.compile(r"^(?:https?://|mailto:)", re.IGNORECASE)


def draw(text: str, names: Names) -> Markup:
    pieces = FENCE.split(text)
    drawn = [
        Markup("<pre>{}</pre>").format(_literal(piece)) if odd else _lines(piece, names)
        for piece, odd in zip(pieces, _alternating(), strict=False)
    ]
    return Markup("").join(drawn)


def link(url: str, label: str | Markup, names: Names) -> Markup:
    """A link, or only its label: nothing but http, https and mailto may be followed."""
    if not SAFE_LINK.match(url):
        return escape(label)
    here = names.followed(url)
    if here != url:
        return Markup('<a href="{}">{}</a>').format(here, label)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(url, label)


def person(user_id: str, names: Names) -> Markup:
    own = " you" if user_id == names.viewer else ""
    return Markup('<span class="mention{}">@{}</span>').format(own, names.person(user_id))


def channel(channel_id: str, names: Names) -> Markup:
    if channel_id not in names.channels:
        return Markup('<span class="mention">private channel</span>')
    return Markup('<a class="mention" href="{}">#{}</a>').format(
        names.address(channel_id), names.channel(channel_id)
    )


def moment(timestamp: int, names: Names) -> datetime:
    """Raises OverflowError, OSError or ValueError for an instant no calendar has."""
    return datetime.fromtimestamp(timestamp, UTC).astimezone(names.now.tzinfo)


def date(timestamp: str, template: str, fallback: str, names: Names) -> str:
    try:
        when = moment(int(timestamp), names)
    except (ValueError, OverflowError, OSError):
        return fallback
    return dates.formatted(template, when, names.now) or fallback


def unescaped(text: str) -> str:
    """Slack decodes these three entities and no other."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _alternating() -> Iterator[bool]:
    odd = False
    while True:
        yield odd
        odd = not odd


def _literal(text: str) -> Markup:
    """Inside code only links and mentions lose their angle brackets."""
    return escape(unescaped(re.sub(r"<([^<>|\n]+\|)?([^<>\n]+)>", r"\2", text)))


def _lines(text: str, names: Names) -> Markup:
    opening = REST_QUOTED.search(text)
    if opening:
        quoted = Markup("<blockquote>{}</blockquote>").format(_plain_lines(text[opening.end() :], names))
        return _lines(text[: opening.start()], names) + quoted
    return Markup("").join(
        _group(kind, list(lines), names) for kind, lines in groupby(text.split("\n"), _kind_of)
    )


def _kind_of(line: str) -> str:
    if QUOTED.match(line):
        return "quote"
    return "bullet" if line.startswith(BULLET) else "text"


def _group(kind: str, lines: list[str], names: Names) -> Markup:
    if kind == "quote":
        body = _plain_lines("\n".join(QUOTED.sub("", line) for line in lines), names)
        return Markup("<blockquote>{}</blockquote>").format(body)
    if kind == "bullet":
        items = (Markup("<li>{}</li>").format(_inline(line[len(BULLET) :], names)) for line in lines)
        return Markup("<ul>{}</ul>").format(Markup("").join(items))
    return _plain_lines("\n".join(lines).strip("\n"), names)


def _plain_lines(text: str, names: Names) -> Markup:
    return Markup("<br>").join(_inline(line, names) for line in text.split("\n"))


def _inline(text: str, names: Names) -> Markup:
    drawn, end = [], 0
    for found in TOKEN.finditer(text):
        drawn += [escape(unescaped(text[end : found.start()])), _token(found, names)]
        end = found.end()
    return Markup("").join([*drawn, escape(unescaped(text[end:]))])


def _token(found: re.Match[str], names: Names) -> Markup:
    kind = found.lastgroup if found.lastgroup != "tone" else "emoji"
    if kind in TAGS:
        return Markup("<{0}>{1}</{0}>").format(TAGS[kind], _inline(found[kind], names))
    if kind == "code":
        return Markup("<code>{}</code>").format(_literal(found["code"]))
    if kind == "control":
        return _control(found["control"], names)
    if kind == "url":
        return _bare_link(found["url"], names)
    return escape(emoji.character(found["emoji"], found["tone"]) or found[0])


def _bare_link(url: str, names: Names) -> Markup:
    kept = url.rstrip(".,;:!?)'\"")
    return link(unescaped(kept), unescaped(kept), names) + unescaped(url[len(kept) :])


def _control(body: str, names: Names) -> Markup:
    target, _, label = body.partition("|")
    for prefix, drawn in CONTROLS.items():
        if target.startswith(prefix):
            return drawn(target[len(prefix) :], label, names)
    if SAFE_LINK.match(target):
        shown = _inline(label, names) if label else escape(unescaped(target.removeprefix("mailto:")))
        return link(unescaped(target), shown, names)
    return escape(f"<{unescaped(body)}>")


def _group_mention(target: str, label: str, _: Names) -> Markup:
    name = label or target.partition("^")[2] or target
    return Markup('<span class="mention">@{}</span>').format(unescaped(name).removeprefix("@"))


def _date_control(target: str, label: str, names: Names) -> Markup:
    timestamp, _, rest = target.partition("^")
    template, _, url = rest.partition("^")
    words = date(timestamp, template, unescaped(label), names)
    return link(unescaped(url), words, names) if url else escape(words)


CONTROLS: dict[str, Callable[[str, str, Names], Markup]] = {
    "@": lambda target, _, names: person(target, names),
    "#": lambda target, _, names: channel(target, names),
    "!date^": _date_control,
    "!": _group_mention,
}
