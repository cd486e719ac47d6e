"""The doctor's findings in lines for a terminal; no colour carries any meaning."""

from collections.abc import Iterable

from bot.doctor.examination import Section
from bot.doctor.findings import Finding, Verdict

LABELS = {Verdict.OK: "ok     ", Verdict.WRONG: "WRONG  ", Verdict.UNKNOWN: "note   "}


def section(found: Section) -> str:
    return "\n".join([found.name, *(line(finding) for finding in found.findings), ""])


def line(finding: Finding) -> str:
    told = f"  {LABELS[finding.verdict]} {finding.sentence}"
    return f"{told}\n          Do this: {finding.fix}" if finding.fix else told


def summary(examined: Iterable[Section]) -> str:
    number = wrong(examined)
    if number == 0:
        return "Nothing is wrong."
    return f"{number} thing{'' if number == 1 else 's'} to put right; each says how."


def exit_code(examined: Iterable[Section]) -> int:
    return 1 if wrong(examined) else 0


def wrong(examined: Iterable[Section]) -> int:
    return sum(finding.verdict is Verdict.WRONG for part in examined for finding in part.findings)
