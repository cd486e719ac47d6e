"""What can be done with an announcement as it stands, and by whom."""

from enum import StrEnum

from coop.announcing.seeing import SETTLED, DeliverySeen, Seen
from storage.announcements import AnnouncementState
from storage.deliveries import Delivery, DeliveryState, Hold

BEGUN = (
    DeliveryState.CLAIMED,
    DeliveryState.ATTEMPTING,
    DeliveryState.DELIVERED,
    DeliveryState.UNCERTAIN,
)


class Act(StrEnum):
    APPROVE = "approve"
    ASK_FOR_CHANGES = "ask_for_changes"
    EDIT = "edit"
    WITHDRAW = "withdraw"
    STOP = "stop"
    SEND_NOW = "send_now"
    SEND_ALL_THE_SAME = "send_all_the_same"
    TAKE_DOWN = "take_down"


NOT_OF_OWNER = (Act.APPROVE, Act.ASK_FOR_CHANGES, Act.SEND_ALL_THE_SAME)
NOT_OF_OTHERS = (Act.EDIT,)


def acts(one: Seen, reader: str = "") -> tuple[Act, ...]:
    """What `reader`, somebody on the steering group, can do with it now, the likeliest first.

    Nobody approves their own words or the same words twice, or edits another's. Where it is not known who
    reads, everything is there.
    """
    if not reader:
        return _acts(one)
    theirs = NOT_OF_OWNER if reader == one.owner else NOT_OF_OTHERS
    if reader in one.approved_by:
        theirs = (*theirs, Act.APPROVE)
    return tuple(act for act in _acts(one) if act not in theirs)


def _acts(one: Seen) -> tuple[Act, ...]:
    return (*_acts_before_sending(one), *((Act.TAKE_DOWN,) if still_up(one) else ()))


def _acts_before_sending(one: Seen) -> tuple[Act, ...]:
    states = {to.state for to in one.deliveries if not to.may_be_out}
    open_ones = states & {DeliveryState.SCHEDULED, DeliveryState.HELD, DeliveryState.REFUSED}
    if one.state == AnnouncementState.WITHDRAWN or not open_ones or _only_by_hand(one):
        return ()
    can: list[Act] = []
    if one.approved and any(is_releasable(to) for to in one.deliveries):
        can.append(Act.SEND_NOW)
    elif one.state == AnnouncementState.PROPOSED and not one.approved:
        can += [Act.APPROVE, Act.ASK_FOR_CHANGES]
    if one.approved and any(needs_a_word(to) for to in one.deliveries):
        can.append(Act.SEND_ALL_THE_SAME)
    if one.approved and DeliveryState.SCHEDULED in states:
        can.append(Act.STOP)
    if not states & set(BEGUN) and not any(to.may_be_out for to in one.deliveries):
        can.append(Act.EDIT)
    return (*can, Act.WITHDRAW)


def still_up(one: Seen) -> list[DeliverySeen]:
    """What went out and nobody has asked to take down."""
    return [to for to in one.deliveries if to.state == DeliveryState.DELIVERED and to.takedown is None]


def is_releasable(to: DeliverySeen | Delivery) -> bool:
    """Held only because its time went by: the same approved words may still go out."""
    return to.state == DeliveryState.HELD and to.hold in (Hold.LATE, Hold.STOPPED_ALL)


def needs_a_word(to: DeliverySeen | Delivery) -> bool:
    """Held by what a second person may lift for this one announcement."""
    return to.state == DeliveryState.HELD and to.hold in (Hold.BLACKOUT, Hold.OVER_CAP)


def _only_by_hand(one: Seen) -> bool:
    waiting = [to for to in one.deliveries if to.state not in SETTLED]
    return all(to.hold == Hold.BY_HAND for to in waiting)
