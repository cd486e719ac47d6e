"""Slack's rich_text blocks as HTML."""

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup, escape

from sandbox.page import emoji, mrkdwn
from sandbox.page.names import Names

Element = Mapping[str, Any]
STYLES = {
    "bold": Markup("strong"),
    "italic": Markup("em"),
    "strike": Markup("del"),
    "underline": Markup("u"),
    "code": Markup("code"),
}
DEEPEST_INDENT = 8


def draw(block: Element, names: Names) -> Markup:
    return Markup("").join(_part(part, names) for part in block.get("elements", ()))


def _part(part: Element, names: Names) -> Markup:
    kind = part.get("type")
    if kind == "rich_text_list":
        return _list(part, names)
    body = _line(part, names)
    if kind == "rich_text_quote":
        return Markup("<blockquote>{}</blockquote>").format(body)
    if kind == "rich_text_preformatted":
        return Markup("<pre>{}</pre>").format(body)
    return Markup("<p>{}</p>").format(body)


def _list(part: Element, names: Names) -> Markup:
    tag = Markup("ol") if part.get("style") == "ordered" else Markup("ul")
    indent = min(int(part.get("indent", 0)), DEEPEST_INDENT)
    start = Markup(' start="{}"').format(int(part["offset"]) + 1) if part.get("offset") else Markup("")
    items = Markup("").join(
        Markup("<li>{}</li>").format(_line(item, names)) for item in part.get("elements", ())
    )
    return Markup('<{0} class="indent-{1}"{2}>{3}</{0}>').format(tag, indent, start, items)


def _line(part: Element, names: Names) -> Markup:
    return Markup("").join(_styled(element, names) for element in part.get("elements", ()))


def _styled(element: Element, names: Names) -> Markup:
    drawn = _element(element, names)
    for style, wanted in (element.get("style") or {}).items():
        if wanted and style in STYLES:
            drawn = Markup("<{0}>{1}</{0}>").format(STYLES[style], drawn)
    return drawn


def _element(element: Element, names: Names) -> Markup:
    draw_one = ELEMENTS.get(str(element.get("type")))
    return draw_one(element, names) if draw_one else escape(element.get("text", ""))


def _text(element: Element, _: Names) -> Markup:
    return Markup("<br>").join(escape(line) for line in str(element.get("text", "")).split("\n"))


def _link(element: Element, names: Names) -> Markup:
    return mrkdwn.link(element["url"], element.get("text") or element["url"], names)


def _emoji(element: Element, _: Names) -> Markup:
    tone = str(element.get("skin_tone") or "")
    return escape(emoji.character(element["name"], tone) or f":{element['name']}:")


def _broadcast(element: Element, _: Names) -> Markup:
    return Markup('<span class="mention">@{}</span>').format(element.get("range", ""))


def _date(element: Element, names: Names) -> Markup:
    fallback = str(element.get("fallback") or element["timestamp"])
    words = mrkdwn.date(str(element["timestamp"]), element.get("format", "{date}"), fallback, names)
    return mrkdwn.link(element["url"], words, names) if element.get("url") else escape(words)


ELEMENTS: dict[str, Callable[[Element, Names], Markup]] = {
    "text": _text,
    "link": _link,
    "emoji": _emoji,
    "user": lambda element, names: mrkdwn.person(element["user_id"], names),
    "channel": lambda element, names: mrkdwn.channel(element["channel_id"], names),
    "usergroup": lambda element, _: Markup('<span class="mention">@{}</span>').format(
        element["usergroup_id"]
    ),
    "broadcast": _broadcast,
    "date": _date,
    "color": lambda element, _: Markup("<code>{}</code>").format(element["value"]),
}
