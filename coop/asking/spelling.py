"""One slip of the finger: what a key word looks like with a letter wrong."""

from collections.abc import Iterable

_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"

# One slip away from a key word, and words themselves.
_REAL = """
    ant approve approves art coo cop expire expires gave hat heck jon joni lease limber mender
    now oop par parr pat pleas prat reign resin sill sin sing sire stats sue though till trough umber wan
"""
_REAL_WORDS = frozenset(_REAL.split())


def slips(word: str) -> set[str]:
    """A letter dropped, doubled, swapped with the next, or its neighbour on the keyboard hit instead."""
    found = {word[:at] + word[at + 1 :] for at in range(len(word))}
    found |= {word[: at + 1] + word[at:] for at in range(len(word))}
    found |= {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    found |= {word[:at] + near + word[at + 1 :] for at, letter in enumerate(word) for near in _beside(letter)}
    return found - {word} - _REAL_WORDS


def any_slips(word: str) -> set[str]:
    """Any letter put in or put in the place of another, and two `slips`: for words nothing else resembles."""
    put_in = {word[:at] + letter + word[at:] for at in range(len(word) + 1) for letter in _ALPHABET}
    replaced = {word[:at] + letter + word[at + 1 :] for at in range(len(word)) for letter in _ALPHABET}
    twice = {two for one in slips(word) for two in slips(one) if len(two) >= len(word)}
    return (slips(word) | put_in | replaced | twice) - {word} - _REAL_WORDS


def _beside(letter: str) -> Iterable[str]:
    for row in _KEYBOARD:
        at = row.find(letter)
        if at >= 0:
            yield from row[max(at - 1, 0) : at] + row[at + 1 : at + 2]
