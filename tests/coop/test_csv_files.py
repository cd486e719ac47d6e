"""No cell of ours is ever run by a spreadsheet, and every cell can be read back."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as any_

from coop.csv_files import STARTERS, csv_file, shown

DANGEROUS = [
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
    " =",
    "\u200b=",
    "\ufeff=",
    "\u00a0@",
    "\u202e=",
]
PAYLOAD = "HYPERLINK(1)"


def read(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("starter", DANGEROUS)
def test_what_would_be_a_formula_is_shown_as_text(starter):
    ((cell,),) = read(csv_file([], [[starter + PAYLOAD]]))[1:]
    assert cell == f"'{starter}{PAYLOAD}"


@pytest.mark.parametrize("harmless", ["Asha Patel", "O'Hara", "a=b", "1-2", "asha@council.example", "'x", ""])
def test_what_is_no_formula_is_left_as_it_is(harmless):
    assert shown(harmless) == harmless


def test_a_header_alone_is_a_file_too():
    assert csv_file(["Name", "Number"], []) == b'\xef\xbb\xbf"Name","Number"\r\n'


def test_numbers_days_and_nothing_are_written_plainly():
    assert read(csv_file(["a"], [[-5, date(2027, 6, 4), None]]))[1] == ["-5", "2027-06-04", ""]


def test_a_separator_in_what_was_typed_begins_no_other_cell():
    rows = [['Asha","=1+1', "a,b;c\td", 'line\r\n=1+1 "quoted"']]
    assert read(csv_file(["a"], rows))[1] == rows[0]


@given(any_.lists(any_.text(any_.characters(codec="utf-8"), max_size=40), min_size=1, max_size=4))
def test_whatever_was_typed_is_read_back_and_begins_no_formula(cells):
    row = read(csv_file(["a"], [cells]))[1]
    assert [
        cell.removeprefix("'") if cell != typed else cell for cell, typed in zip(row, cells, strict=True)
    ] == cells
    assert not any(cell.startswith(STARTERS) for cell in row)
