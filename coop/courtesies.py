"""What people say to the bot that asks for nothing: thanks, and the nods a conversation ends with."""

import re

_EMOJI = re.compile(r":[a-z0-9_+'-]+:")


# How a question, or an order, goes on that no question mark gives away: "ok is that right", "ok do it".
_ASKING = {"is", "will", "do"}


def words_of(text: str) -> list[str]:
    """Letters and digits; emoji and punctuation are none."""
    bare = _EMOJI.sub(" ", text.lower().replace("\u2019", "'"))
    return re.findall(r"[^\W_]+(?:'[^\W_]+)*", bare)


_THANKS = set(words_of("thanks thank thankyou thx ty tysm ta cheers diolch appreciated"))
_NODS = set(
    words_of("""
    ok okay okey k kk great perfect brilliant lovely super cool nice fine right sure noted understood gotcha
    awesome wonderful excellent fab fantastic good bye alright
    """)
)
_BESIDE = set(
    words_of("""
    you u so much very a lot lots many that thats that's is it for the your all help helping answer info bot
    got will do oh ah and mate everyone again
    """)
)
_NODDING = _NODS | {"got", "that's", "thats"}
_OPENING = _NODS | {"oh", "ah", "and", "so"}


def is_thanks(text: str) -> bool:
    said = set(words_of(text))
    return "?" not in text and bool(said & _THANKS) and said <= _THANKS | _NODS | _BESIDE


def is_nod(text: str) -> bool:
    """Such as "ok", "got it" or a thumb up: nothing is asked."""
    said = words_of(text)
    if not text.strip() or "?" in text or not set(said) <= _NODS | _BESIDE:
        return False
    if not said or said[-2:] == ["will", "do"]:
        return True
    onward = next((word for word in said if word not in _OPENING), "")
    return onward not in _ASKING and not _NODDING.isdisjoint(said)
