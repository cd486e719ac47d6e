"""What has become of each delivery, in words."""

from collections.abc import Container

from coop import words
from coop.announcing import networks, times
from coop.announcing.content import Target
from coop.announcing.seeing import DeliverySeen, Seen
from coop.announcing.taken_down import TakedownSeen
from handlers.blocks import elements
from handlers.blocks.announcing import threads
from handlers.blocks.announcing.announcement import (
    Scene,
    capital,
    in_our_words,
    in_quotes,
    place,
    standing,
    within,
)
from storage.deliveries import DeliveryState, Hold
from storage.takedowns import TakedownState

ALL_THE_SAME = "Anybody on the steering group but its writer can press “Send it all the same”"


def how_it_stands(one: Seen, told: list[str]) -> list[str]:
    """As a whole, and `told` of its deliveries. Who can approve what is held comes after why it is."""
    whole = [standing(one)]
    said = whole + told if one.approved or one.is_coming else told + whole
    return [sentence for sentence in said if sentence]


def fates(one: Seen, scene: Scene, *, but: Container[DeliverySeen] = ()) -> list[str]:
    """What has become of each delivery; nothing for those that simply wait for approval."""
    told = [to for to in one.deliveries if to not in but and to.state != DeliveryState.CANCELLED]
    return [said for run in threads.runs(told, one) if (said := _together(run, one, scene))]


def with_its_thread(to: DeliverySeen, one: Seen, scene: Scene) -> str:
    """What has become of a delivery, with the parts of its thread to which the same happened."""
    told = [each for each in one.deliveries if each.state != DeliveryState.CANCELLED]
    run = next((run for run in threads.runs(told, one) if to in run), [to])
    return _together(run, one, scene) or f"{capital(place(to, scene))}: {fate(to, one)}"


def _together(run: list[DeliverySeen], one: Seen, scene: Scene) -> str:
    first, last = run[0], run[-1]
    if len(run) == 1:
        return placed(first, one, scene)
    there = capital(networks.place(Target(first.network, first.target), scene.settings))
    told = fate(first, one)
    if first.state == DeliveryState.DELIVERED and first.takedown is None:
        would = "would have gone out" if one.rehearsal else "went out"
        at = f", the last on {times.dated(last.delivered_at, one.zone)}" if last.delivered_at else ""
        told = f"they {would}{at}{f': {first.url}' if first.url and not one.rehearsal else '.'}"
    return f"{there}, {threads.numbers([to.part for to in run])} of {last.parts}: {told}"


def placed(to: DeliverySeen, one: Seen, scene: Scene) -> str:
    """What has become of one delivery, with its place where there are several."""
    if to.state == DeliveryState.CANCELLED or not (said := fate(to, one)):
        return ""
    several = sum(each.state != DeliveryState.CANCELLED for each in one.deliveries) > 1
    return f"{capital(place(to, scene))}: {said}" if several or to.parts > 1 else capital(said)


def fate(to: DeliverySeen, one: Seen) -> str:
    match to.state:
        case DeliveryState.DELIVERED:
            return _delivered(to, one)
        case DeliveryState.HELD:
            return held(to, one)
        case DeliveryState.UNCERTAIN if to.asked:
            return f"I can't tell whether it went out. {_why(to)}Somebody has to look."
    return {
        DeliveryState.SCHEDULED: _scheduled(to, one),
        DeliveryState.CLAIMED: "it is going out at this moment.",
        DeliveryState.ATTEMPTING: "it is going out at this moment.",
        DeliveryState.REFUSED: f"refused. {_why(to)}{in_our_words(to.fix or '')}",
        DeliveryState.UNCERTAIN: f"it may have gone out. {_why(to)}I am looking for it.",
    }.get(to.state, "")


def _scheduled(to: DeliverySeen, one: Seen) -> str:
    if to.may_be_out:
        return f"it may have gone out. {_why(to)}I send it again in a way that can't post it twice."
    if to.reason:
        return f"not sent yet. {_why(to)}I keep trying."
    return "waits for the part before it." if threads.waits(to, one) else ""


def _why(to: DeliverySeen) -> str:
    """The reason as a sentence with a space behind it; "" for none."""
    return f"{words.ended(capital(in_our_words(to.reason)))} " if to.reason else ""


def held(to: DeliverySeen, one: Seen) -> str:
    reason = in_our_words(to.reason or "")
    was_due = times.dated(to.due_at, one.zone) if to.due_at else "its time"
    return {
        Hold.UNAPPROVED: f"held. {_too_few(one)} approved it at its time, {was_due}."
        + (" Whoever approves it now chooses a new time." if one.wall else ""),
        Hold.LATE: f"held. It was due {was_due}, and nothing goes out late without a person saying so.",
        Hold.STOPPED_ALL: f"held. It was due {was_due}, and everything is stopped.",
        Hold.STOPPED: "stopped. It goes nowhere until somebody approves it again.",
        Hold.REHEARSED: "held. It was approved as a rehearsal; to really go out it has to be approved again.",
        Hold.NETWORK_GONE: f"held. {networks.name_of(to.network)} is not set up any more. "
        "Edit where it goes, or tell whoever looks after the bot.",
        Hold.NETWORK_TROUBLE: f"held. {words.ended(reason)} {in_our_words(to.fix or '')} "
        f"Then press “{'Go on' if threads.is_half_way(to, one) else 'Try again'}”.",
        Hold.BY_HAND: f"waiting for somebody to post it. {reason}",
        Hold.BLACKOUT: f"held. It was due {was_due}, and nothing goes out in {reason}. It is not sent by "
        f"itself afterwards. {ALL_THE_SAME}.",
        Hold.OVER_CAP: f"held. It was due {was_due}. {capital(reason)}. {ALL_THE_SAME}, and whoever looks "
        "after the bot can change the cap.",
        Hold.PICTURE_GONE: f"held. {reason} It does not go out without it. Edit the announcement and choose "
        "the picture again.",
        Hold.LINK_MISSING: f"held. It has to answer part {to.part - 1}, which somebody has seen, and "
        "I don't know its link. Press “Give its link”, or “Withdraw” to stop there.",
        None: "held.",
    }[to.hold]


def _too_few(one: Seen) -> str:
    return "Fewer than two people had" if one.approvals_needed > 1 else "Nobody had"


def _delivered(to: DeliverySeen, one: Seen) -> str:
    if to.takedown is None:
        return _out(to, one)
    if to.takedown.state == TakedownState.DONE:
        return taken_down(to.takedown, one)
    return f"{_out(to, one)} {being_taken_down(to.takedown)}"


def taken_down(seen: TakedownSeen, one: Seen) -> str:
    on = f" on {times.dated(seen.ended_at, one.zone)}" if seen.ended_at else ""
    was = "it would have been taken down" if one.rehearsal else "taken down"
    because = f"by {elements.mention(seen.by)}" + (
        f": {in_quotes(within(seen.reason))}" if seen.reason else "."
    )
    by_hand = f" {capital(elements.mention(seen.done_by))} says that they deleted it." if seen.done_by else ""
    return f"{was}{on} {because}{by_hand}"


def being_taken_down(seen: TakedownSeen) -> str:
    who = elements.mention(seen.by)
    if seen.state == TakedownState.LEFT:
        link = f" {seen.url}" if seen.url else ""
        why = words.ended(in_our_words(seen.said or ""))
        return (
            f"{capital(who)} wants it taken down, and I could not: {why} {in_our_words(seen.fix or '')}{link}"
        )
    so_far = f" Not yet: {words.ended(in_our_words(seen.said))} I keep trying." if seen.said else ""
    return f"I am taking it down for {who}.{so_far}"


def _out(to: DeliverySeen, one: Seen) -> str:
    at = f"on {times.dated(to.delivered_at, one.zone)}" if to.delivered_at else "some time ago"
    if one.rehearsal:
        return f"it would have gone out {at}."
    if to.settled_by is not None:
        return f"out, as {elements.mention(to.settled_by)} said {at}."
    return f"it went out {at}{f': {to.url}' if to.url else '.'}"
