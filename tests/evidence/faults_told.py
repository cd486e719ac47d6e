"""The faults, in a table: what each cell came to."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.evidence.fault_cells import NOT_THERE
from tests.evidence.points import ANYWHERE

ENDS = {"uncertain": "asked"}


def lines(told: Mapping[str, Any]) -> Iterator[str]:
    found = {(cell["fault"], cell["network"]): cell for _, cell in _cells(told)}
    wrong = sum(cell != wanted for wanted, cell in _cells(told))
    yield from ("## What can go wrong on the wire", "")
    yield f"**{len(found)} cells: {wrong or 'none'} that ends in another state than it should.**"
    yield ""
    yield (
        "Each cell is the state at once, the state in the end, and how many posts there really are. “Asked” "
        "means that the steering group is asked; “scheduled”, that it is certainly not out and tried again. In "
        "mid-thread the first of three posts is out, the fault befalls the second, and the third waits: where "
        "the thread stops there, the group is told which part is out, and both ways on are pressed."
    )
    yield from ("", f"| fault | {' | '.join(ANYWHERE)} |", "|---|" + "---|" * len(ANYWHERE))
    for fault in dict.fromkeys(fault for fault, _ in found):
        cells = (_cell(found, fault, network) for network in ANYWHERE)
        yield f"| {fault} | {' | '.join(cells)} |"


def failures(told: Mapping[str, Any]) -> Iterator[str]:
    for wanted, cell in _cells(told):
        if wanted != cell:
            yield f"{cell['fault']} on {cell['network']}: expected {wanted}, found {cell}"


def _cells(told: Mapping[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [(wanted, cell) for one in told.values() for wanted, cell in one["cells"]]


def _cell(found: Mapping[tuple[str, str], dict[str, Any]], fault: str, network: str) -> str:
    if (fault, network) in NOT_THERE:
        return "does not exist"
    cell = found[fault, network]
    if cell["in_the_end"] == "held by_hand":
        return "nothing leaves by itself"
    in_the_end = ENDS.get(cell["in_the_end"], cell["in_the_end"])
    return f"{cell['at_once']}, {in_the_end}, {cell['posts']}"
