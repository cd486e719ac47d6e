"""Payment references: "LGD7K3QF8X", the network's letters, six characters and a check character.

Crockford's base 32 (https://www.crockford.com/base32.html) with his check modulo 37: a wrong character or
two swapped neighbours are always noticed. Draws whose check symbol is not a letter or digit are drawn again,
as banks take only those; 18 characters is the most they carry.
"""

import re
import secrets
from collections.abc import Callable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BODY = 6
CODE = BODY + 1
_MISREAD = str.maketrans("OIL", "011")
_MODULUS = 37


def new(network_name: str, *, draw: Callable[[int], int] = secrets.randbelow) -> str:
    """A fresh reference; `draw(n)` gives a number below n."""
    while True:
        body = "".join(ALPHABET[draw(len(ALPHABET))] for _ in range(BODY))
        if (check := _check_value(body)) < len(ALPHABET) and len(set(body)) > 1:
            return letters_of(network_name) + body + ALPHABET[check]


def code_of(typed: str) -> str | None:
    """The code in a reference as people type it: any case, with spaces or hyphens, O for 0.

    None when the check character does not fit: something was mistyped.
    """
    code = re.sub(r"[^0-9A-Z]", "", typed.upper())[-CODE:].translate(_MISREAD)
    if len(code) < CODE or not set(code) <= set(ALPHABET):
        return None
    return code if _check_value(code[:-1]) == ALPHABET.index(code[-1]) else None


def example(network_name: str) -> str:
    """What a reference of this network looks like; its check character fits."""
    return f"{letters_of(network_name)}7K3QF8C"


def letters_of(network_name: str) -> str:
    """Up to four letters that tell a treasurer whose reference it is: "LocalGov Digital" gives "LGD"."""
    capitals = "".join(re.findall(r"\b[a-zA-Z]|(?<=[a-z])[A-Z]", network_name)).upper()
    return capitals[:4] or "CMI"


def _check_value(body: str) -> int:
    value = 0
    for character in body:
        value = value * len(ALPHABET) + ALPHABET.index(character)
    return value % _MODULUS
