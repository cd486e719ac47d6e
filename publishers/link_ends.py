"""Where a link in a sentence ends."""

_OPENING = {")": "(", "]": "["}
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
