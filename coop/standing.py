"""The answer to "am I a member?": one pure decision over what the record holds."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from coop import leaving
from storage import standings
from storage.members import ApplicationState, CeaseReason, MembershipKind
from storage.standings import Held, HeldMembership, OwedFee


class State(StrEnum):
    """Our words; what people read is a sentence."""

    NOT_KNOWN = "not known"
    INVITED = "invited"
    APPLIED = "applied"
    DECLINED = "declined"
    APPROVED_FEE_DUE = "approved, fee due"
    MEMBER = "member"
    FEE_OVERDUE = "member, fee overdue"
    LAPSED = "lapsed"
    LEFT = "left"
    EXPELLED = "expelled"
    SUPPORTER = "supporter"
    REPRESENTATIVE = "representative"


class NextStep(StrEnum):
    JOIN = "join"
    WAIT = "wait"
    PAY = "pay"
    ADD_DETAILS = "add details"
    SEE_CARD = "see card"
    UNDO_LEAVING = "undo leaving"
    ASK_OFFICER = "ask an officer"


MEMBERS = frozenset({State.MEMBER, State.FEE_OVERDUE})


@dataclass(frozen=True)
class Beside:
    """Something a person is besides: a supporter, or the representative of `on_behalf_of`."""

    state: State
    since: date
    on_behalf_of: str


@dataclass(frozen=True)
class Standing:
    """`since` is the day of joining, or of applying while that is open; `until` the last day as a member."""

    state: State
    next_step: NextStep
    name: str = ""
    number: int | None = None
    since: date | None = None
    until: date | None = None
    decided_on: date | None = None
    reason: str = ""
    owed: tuple[OwedFee, ...] = ()
    lacks_agreement: bool = False
    beside: tuple[Beside, ...] = ()

    @property
    def is_member(self) -> bool:
        return self.state in MEMBERS


NOBODY = Standing(State.NOT_KNOWN, NextStep.JOIN)


def of_account(session: Session, team_id: str, user_id: str, *, today: date, now: datetime) -> Standing:
    """The standing of whoever uses a Slack account; somebody we have never met is not known."""
    return decide(standings.held_by(session, team_id, user_id), today=today, now=now)


def decide(held: Held | None, *, today: date, now: datetime) -> Standing:
    """What a person is today.

    A membership comes first, then an application under way, then what ended last, then what they are
    besides. Owing money never makes a member a non-member.
    """
    if held is None:
        return NOBODY
    beside = tuple(_beside(held))
    current, past = _individual(held)
    if current is not None:
        return _member(held, current, beside, today)
    if (under_way := _under_way(held, past, beside)) is not None:
        return under_way
    if past is not None:
        return _past(held, past, beside, now)
    if beside:
        first = beside[0]
        return Standing(first.state, NextStep.JOIN, held.name, since=first.since, beside=beside)
    invited = held.application is not None and held.application.state == ApplicationState.INVITED
    return Standing(State.INVITED if invited else State.NOT_KNOWN, NextStep.JOIN, held.name)


def _individual(held: Held) -> tuple[HeldMembership | None, HeldMembership | None]:
    individual = [one for one in held.memberships if one.kind == MembershipKind.INDIVIDUAL]
    current = next((one for one in individual if one.ceased_on is None), None)
    return current, individual[-1] if individual else None


def _member(held: Held, current: HeldMembership, beside: tuple[Beside, ...], today: date) -> Standing:
    overdue = any(fee.due_on < today for fee in held.owed)
    settled = NextStep.SEE_CARD if held.has_agreed else NextStep.ADD_DETAILS
    return Standing(
        State.FEE_OVERDUE if overdue else State.MEMBER,
        NextStep.PAY if held.owed else settled,
        held.name,
        held.number,
        since=current.entered_on,
        owed=held.owed,
        lacks_agreement=not held.has_agreed,
        beside=beside,
    )


def _under_way(held: Held, past: HeldMembership | None, beside: tuple[Beside, ...]) -> Standing | None:
    application = held.application
    if application is None:
        return None
    if application.state == ApplicationState.WAITING:
        return Standing(
            State.APPLIED, NextStep.WAIT, held.name, held.number, since=application.applied_on, beside=beside
        )
    if application.state == ApplicationState.APPROVED:
        return Standing(
            State.APPROVED_FEE_DUE,
            NextStep.PAY,
            held.name,
            held.number,
            since=application.applied_on,
            decided_on=application.decided_on,
            owed=held.owed,
            beside=beside,
        )
    if application.state == ApplicationState.DECLINED and _is_newer(application.decided_on, past):
        return Standing(
            State.DECLINED,
            NextStep.JOIN,
            held.name,
            held.number,
            since=application.applied_on,
            decided_on=application.decided_on,
            reason=application.reason or "",
            beside=beside,
        )
    return None


def _is_newer(decided_on: date | None, past: HeldMembership | None) -> bool:
    if past is None or past.ceased_on is None or decided_on is None:
        return True
    return decided_on >= past.ceased_on


def _past(held: Held, past: HeldMembership, beside: tuple[Beside, ...], now: datetime) -> Standing:
    state, step = {
        CeaseReason.LAPSED: (State.LAPSED, NextStep.JOIN),
        CeaseReason.EXPELLED: (State.EXPELLED, NextStep.ASK_OFFICER),
    }.get(CeaseReason(past.cease_reason or CeaseReason.LEFT), (State.LEFT, NextStep.JOIN))
    if state is State.LEFT and leaving.can_undo(past.ceased_at, now):
        step = NextStep.UNDO_LEAVING
    return Standing(
        state, step, held.name, held.number, since=past.entered_on, until=past.ceased_on, beside=beside
    )


def _beside(held: Held) -> list[Beside]:
    states = {
        MembershipKind.REPRESENTATIVE: State.REPRESENTATIVE,
        MembershipKind.SUPPORTER: State.SUPPORTER,
    }
    return [
        Beside(state, one.entered_on, one.on_behalf_of or "")
        for kind, state in states.items()
        for one in held.memberships
        if one.kind == kind and one.ceased_on is None
    ]
