"""The list of people as officers take it away: one line for each place in each list."""

from datetime import date

from sqlalchemy.orm import Session

from coop import offices
from coop.csv_files import csv_file
from storage import people, rolls
from storage.rolls import Roll

HEADER = ("List", "Member number", "Name", "E-mail", "Date", "What the date is", "Reference", "Amount (£)")
EVERYBODY = 1_000_000
LISTS = {
    Roll.WAITING: ("Waiting to be approved", "Applied"),
    Roll.FEE_DUE: ("Fee due", "To be paid by"),
    Roll.MEMBERS: ("Member", "Member since"),
    Roll.LEFT: ("Left", "Last day as a member"),
}


def members_csv(session: Session, *, by: int, today: date) -> bytes:
    """Raises NotAllowed for anybody who is no officer today, whatever they were when they asked."""
    offices.require_officer(session, by=by, today=today)
    emails = people.emails(session)
    rows = [
        (
            name,
            line.number,
            line.name,
            emails.get(line.person_id),
            line.on,
            meaning,
            line.reference,
            f"{line.pence // 100}.{line.pence % 100:02}" if line.pence else None,
        )
        for roll, (name, meaning) in LISTS.items()
        for line in rolls.listed(session, roll, offset=0, limit=EVERYBODY)
    ]
    return csv_file(HEADER, rows)
