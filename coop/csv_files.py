"""CSV that a spreadsheet shows and never runs."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date

Cell = str | int | date | None
# OWASP ASVS 5.0, 1.2.10; what is full-width is folded to these by some spreadsheets, so we fold it as well.
STARTERS = ("=", "+", "-", "@", "\t", "\r", "\n")
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads names with accents wrongly


def csv_file(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8, every cell quoted, lines ended as RFC 4180 asks; dates as 2027-06-04."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([shown(cell) for cell in row] for row in rows)
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def shown(cell: Cell) -> str:
    """What people typed gets an apostrophe before it when a spreadsheet would take it for a formula."""
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return str(cell)
    folded = unicodedata.normalize("NFKC", cell)
    visible = "".join(sign for sign in folded if unicodedata.category(sign) not in {"Cf", "Zs"})
    return f"'{cell}" if visible.startswith(STARTERS) else cell
