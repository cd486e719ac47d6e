"""Where a link in a sentence ends, and what looks like one without its scheme."""

import re

_OPENING = {")": "(", "]": "["}
# A name with a dot in it, and perhaps a path; nothing that stands in a longer address or is an e-mail's.
_BARE = re.compile(r"(?<![\w@./:#%-])(?:[\w-]+\.)+[^\W\d_]{2,}(?![\w@])(?:/[^\s<>]*)?")
_NO_END = ".,;:!?'\"*%$&|~\u2019\u201d\u00bb"


def without_end(link: str) -> str:
    """Full stops, quotes and brackets that close the sentence are no part of its last link."""
    while link:
        opening = _OPENING.get(link[-1])
        unbalanced = opening is not None and link.count(opening) < link.count(link[-1])
        if link[-1] not in _NO_END and not unbalanced:
            break
        link = link[:-1]
    return link


def bare_names(text: str) -> tuple[str, ...]:
    """Names such as fenmarch.example/join and setup.py, each once, in order."""
    return tuple(dict.fromkeys(without_end(found.group()) for found in _BARE.finditer(text)))
