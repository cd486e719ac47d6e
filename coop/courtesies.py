"""What people say to the bot that asks for nothing: thanks, and the nods a conversation ends with."""

import re

_EMOJI = re.compile(r":[a-z0-9_+'-]+:")


def words_of(text: str) -> set[str]:
    """Letters and digits; emoji and punctuation are none."""
    bare = _EMOJI.sub(" ", text.lower().replace("\u2019", "'"))
    return set(re.findall(r"[^\W_]+(?:'[^\W_]+)*", bare))


_THANKS = words_of("thanks thank thankyou thx ty tysm ta cheers diolch appreciated")
_NODS = words_of("""
    ok okay okey k kk great perfect brilliant lovely super cool nice fine right sure noted understood gotcha
    awesome wonderful excellent fab fantastic good bye alright
""")
_BESIDE = words_of("""
    you u so much very a lot lots many that thats that's is it for the your all help helping answer info bot
    got will do oh ah and mate everyone again
""")


def is_thanks(text: str) -> bool:
    said = words_of(text)
    return bool(said & _THANKS) and said <= _THANKS | _NODS | _BESIDE


def is_nod(text: str) -> bool:
    """Such as "ok", "got it" or a thumb up: nothing is asked."""
    said = words_of(text)
    return bool(text.strip()) and "?" not in text and said <= _NODS | _BESIDE
