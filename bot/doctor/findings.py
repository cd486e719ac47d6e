"""What one check of the doctor found."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    OK = "ok"
    WRONG = "wrong"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Finding:
    """`sentence` says what is so, `fix` what a person can do about it."""

    verdict: Verdict
    sentence: str
    fix: str = ""


def ok(sentence: str) -> Finding:
    return Finding(Verdict.OK, sentence)


def wrong(sentence: str, fix: str) -> Finding:
    return Finding(Verdict.WRONG, sentence, fix)


def unknown(sentence: str, fix: str = "") -> Finding:
    return Finding(Verdict.UNKNOWN, sentence, fix)
