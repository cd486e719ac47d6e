"""The HTML a Mastodon server makes of a status: paragraphs, shortened links, mentions, hashtags."""

from __future__ import annotations

import html
import re

_PIECE = re.compile(r"(https?://[^\s<>]*[^\s<>.,;:!?'\")\]])|@(\w+)(@[\w.-]*\w)?|#(\w*[^\W\d]\w*)")
_SHOWN = 30


def content(text: str) -> str:
    paragraphs = re.split(r"\n{2,}", text.strip())
    return "".join(f"<p>{_lines(paragraph)}</p>" for paragraph in paragraphs)


def _lines(paragraph: str) -> str:
    return "<br />".join(_line(line) for line in paragraph.split("\n"))


def _line(line: str) -> str:
    drawn, at = "", 0
    for found in _PIECE.finditer(line):
        drawn += html.escape(line[at : found.start()], quote=False) + _piece(found)
        at = found.end()
    return drawn + html.escape(line[at:], quote=False)


def _piece(found: re.Match[str]) -> str:
    link, name, _, tag = found.groups()
    if link:
        return _link(link)
    if name:
        return (
            f'<span class="h-card" translate="no"><a href="https://fenmarch.example/@{name}" '
            f'class="u-url mention">@<span>{name}</span></a></span>'
        )
    address = f"https://fenmarch.example/tags/{tag}"
    return f'<a href="{address}" class="mention hashtag" rel="tag">#<span>{tag}</span></a>'


def _link(url: str) -> str:
    scheme = re.match(r"https?://(?:www\.)?", url)
    hidden = scheme.group() if scheme else ""
    rest = url[len(hidden) :]
    kind = "ellipsis" if len(rest) > _SHOWN else ""
    return (
        f'<a href="{html.escape(url)}" target="_blank" rel="nofollow noopener" translate="no">'
        f'<span class="invisible">{hidden}</span><span class="{kind}">{html.escape(rest[:_SHOWN])}</span>'
        f'<span class="invisible">{html.escape(rest[_SHOWN:])}</span></a>'
    )
