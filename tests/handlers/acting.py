"""What people of the practice workspace do in several steps, for tests of handlers."""

from datetime import date
from typing import Any

from sqlalchemy import func, select

from coop import offices, standing
from coop.standing import Standing
from storage import people
from storage.members import Membership
from storage.offices import Role
from tests.practice import Practice, user

POUND = {
    "fee_period": "once",
    "fee_pence": 100,
    "pay_to": "Fenmarch Digital Network, sort code 00-00-00, account 00000000",
}


def fills_in(practice: Practice, who: str, **entered: Any) -> Any:
    """Sends the joining form that somebody has open."""
    return practice.submit(who, practice.modal(who), **(form(who) | entered))


def form(who: str) -> dict[str, Any]:
    return {
        "name": who.title(),
        "email": f"{who}@fenmarch.example",
        "age": ["yes"],
        "agreement": ["yes"],
    }


def joins(practice: Practice, *who: str) -> None:
    """People join by the shortest way."""
    for one in who:
        practice.command(one, "/countmein")
        fills_in(practice, one)
    practice.settle()


def closing_text(answer: Any) -> str:
    """What the window says that a form turned into."""
    return answer["opened_view"]["blocks"][0]["text"]["text"]


def standing_of(practice: Practice, who: str) -> Standing:
    with practice.deps.read() as session:
        return standing.of_account(
            session, practice.team, user(who), today=practice.deps.today(), now=practice.clock.now
        )


def count_of_memberships(practice: Practice) -> int:
    with practice.deps.read() as session:
        return session.scalar(select(func.count()).select_from(Membership)) or 0


def labels(message_or_view: Any) -> list[str]:
    """What the buttons of a message or window say, in order."""
    return [button["text"]["text"] for button in buttons(message_or_view)]


def buttons(message_or_view: Any) -> list[Any]:
    return [
        element
        for block in message_or_view.get("blocks", [])
        for element in [*block.get("elements", []), block.get("accessory") or {}]
        if element.get("type") == "button"
    ]


def shown(view: Any) -> str:
    """Everything a window or tab says, as one text."""
    return "\n".join(block["text"]["text"] for block in view["blocks"] if isinstance(block.get("text"), dict))


def appointed(practice: Practice, who: str, role: str, until: date = date(2028, 3, 31)) -> None:
    """A member is given an office, as the command line does."""
    with practice.deps.write() as session:
        person_id = people.person_id_of(session, practice.team, user(who))
        assert person_id is not None
        term = offices.Term(Role(role), practice.deps.today(), until)
        offices.grant(session, person_id=person_id, term=term, by="command line", now=practice.clock.now)
