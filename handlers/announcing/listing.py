"""See all announcements, open one with every button that applies, and draw what is told about them."""

from functools import partial
from typing import Any

from coop import offices
from coop.announcing import listing, reminding, seeing, telling
from coop.announcing.moment import Moment
from coop.announcing.sending import counting_down
from coop.announcing.series import waiting
from coop.deps import Deps
from handlers import clocks, helping
from handlers.accounts import person_of
from handlers.announcing import calendar, foreseeing
from handlers.answers import OpenView, Reply
from handlers.blocks import helping as help_blocks
from handlers.blocks.announcing import buttons, notes, notices, pictures, proposal
from handlers.blocks.announcing import listing as list_blocks
from handlers.blocks.announcing.announcement import Scene
from handlers.blocks.message import Message
from handlers.listening import Listen, Render
from handlers.requests import Press, SlashCommand
from storage import drafts, people
from storage import pictures as stored
from storage.offices import Role

Facts = dict[str, Any]
TO_ASK = 2
CALLED = (
    "show",
    "all",
    "planned",
    "upcoming",
    "scheduled",
    "queue",
    "status",
    "drafts",
    "pending",
    "history",
    "approve",
    "approvals",
    "cancel",
    "delete",
    "remove",
    "withdraw",
    "edit",
    "change",
    "undo",
    "takedown",
)


def show_list(command: SlashCommand, deps: Deps) -> Reply:
    if " ".join(command.text.lower().split()) in calendar.ASKED:
        return calendar.show_asked(command, deps)
    return Reply(_page(command, deps))


def show_more(press: Press, deps: Deps) -> Reply:
    return Reply(_page(press, deps, after=int(press.value)))


def _page(request: SlashCommand | Press, deps: Deps, *, after: int = 0) -> Message:
    with deps.read() as session:
        by = person_of(session, request.caller)
        by = offices.require(session, by=by, role=Role.STEERING, today=deps.today())
        found = listing.listing(session, Moment(deps.now(), deps.settings))
        begun = drafts.drafts_of(session, by)
    return list_blocks.listing(found, begun, Scene.of(deps), after=after)


def show_more_drafts(press: Press, deps: Deps) -> Reply:
    with deps.read() as session:
        by = person_of(session, press.caller)
        by = offices.require(session, by=by, role=Role.STEERING, today=deps.today())
        begun = drafts.drafts_of(session, by)
    return Reply(list_blocks.more_drafts(begun, Scene.of(deps), after=int(press.value)))


def open_one(press: Press, deps: Deps) -> OpenView:
    with deps.read() as session:
        by = person_of(session, press.caller)
        by = offices.require(session, by=by, role=Role.STEERING, today=deps.today())
        one = foreseeing.seen(session, int(press.value), deps)
        reader = people.mentionable(session, by)
    return OpenView(proposal.detail(one, Scene.of(deps), reader=reader))


def choose_digest(press: Press, deps: Deps) -> Reply:
    wanted = press.action_id == notices.CHOOSE_DIGEST
    with deps.write(once=press.key) as session:
        by = person_of(session, press.caller)
        reminding.choose_digest(session, wanted=wanted, by=by, now=deps.now(), settings=deps.settings)
    return Reply(notices.chosen(wanted))


def show_help(listen: Listen, command: SlashCommand, deps: Deps) -> Reply:
    """The commands for who may use them; everybody else of this workspace is told whom to ask."""
    caller, today = command.caller, deps.today()
    with deps.read() as session:
        roles = offices.roles_of_account(session, caller.team_id, caller.user_id, today)
        able = offices.current(session, today, Role.STEERING)
    if Role.STEERING in roles:
        return Reply(helping.commands(listen, "/announce", caller=caller, deps=deps))
    to_ask = [officer.slack_user for officer in able[:TO_ASK]] if caller.at_home else []
    return Reply(help_blocks.announcing(deps.settings.network_name, to_ask))


def draw_proposal(facts: Facts, deps: Deps) -> Message:
    return proposal.proposal(_foreseen(facts, deps), Scene.of(deps))


def draw_note(kind: str) -> Render:
    def draw(facts: Facts, deps: Deps) -> Message | None:
        one = _seen(facts, deps)
        if kind == telling.COUNTDOWN and counting_down.is_moot(one, facts, deps.now()):
            return None
        return notes.note(kind, one, facts, Scene.of(deps))

    return draw


def draw_to_approve(kind: str) -> Render:
    def draw(facts: Facts, deps: Deps) -> Message:
        zone = clocks.own_zone(facts["to"], deps)
        drawn = notices.to_approve(
            kind, _foreseen(facts, deps), Scene.of(deps), reader=facts["to"], own_zone=zone
        )
        with deps.read() as session:
            whole = waiting.of_run(session, facts["announcement"], Moment(deps.now(), deps.settings))
        return notices.with_whole_series(drawn, whole, reader=facts["to"]) if whole else drawn

    return draw


def draw_picture(facts: Facts, deps: Deps) -> Message:
    one = _seen(facts, deps)
    with deps.read() as session:
        blob = stored.blob(session, facts["sha256"])
    return pictures.in_thread(one, facts["sha256"], blob.content if blob else b"")


def draw_for_owner(facts: Facts, deps: Deps) -> Message:
    return notices.for_owner(_seen(facts, deps), facts)


def draw_digest(facts: Facts, deps: Deps) -> Message:
    with deps.read() as session:
        moment = Moment(deps.now(), deps.settings)
        open_ones = reminding.waiting_for(session, facts["announcements"], moment)
        series = waiting.seen(session, facts.get("waiting_series", ()), moment)
    return notices.digest(open_ones, Scene.of(deps), series=series)


def _foreseen(facts: Facts, deps: Deps) -> seeing.Seen:
    with deps.read() as session:
        return foreseeing.seen(session, facts["announcement"], deps)


def _seen(facts: Facts, deps: Deps) -> seeing.Seen:
    with deps.read() as session:
        return seeing.seen(session, facts["announcement"], Moment(deps.now(), deps.settings))


def register(listen: Listen) -> None:
    listen.command(
        "/announce list",
        show_list,
        help="what is coming, sent, held or in doubt, with every button; with “week” or “month” after it, "
        "day by day (steering group)",
        officers=True,
        asks=calendar.ASKED,
        also=CALLED,
    )
    listen.command(
        "/announce help",
        partial(show_help, listen),
        help="who can announce things, and how",
        also=(
            "?",
            "commands",
            "usage",
            "how",
            "info",
        ),
        visitors=True,
    )
    listen.press(buttons.OPEN, open_one)
    listen.press(list_blocks.MORE, show_more)
    listen.press(list_blocks.MORE_DRAFTS, show_more_drafts)
    listen.press(notices.CHOOSE_DIGEST, choose_digest)
    listen.press(notices.CHOOSE_EACH, choose_digest)
    listen.outgoing(telling.PROPOSAL, draw_proposal)
    for kind in notes.NOTES:
        listen.outgoing(kind, draw_note(kind))
    for kind in (telling.TO_APPROVE, telling.STILL_TO_APPROVE, telling.VOIDED):
        listen.outgoing(kind, draw_to_approve(kind))
    listen.outgoing(telling.PICTURE, draw_picture)
    listen.outgoing(telling.OWNER, draw_for_owner)
    listen.outgoing(telling.DIGEST, draw_digest)
    listen.outgoing(telling.STOPPED_ALL, lambda facts, _deps: notices.stopped_all(facts))
    listen.outgoing(telling.RESUMED_ALL, lambda facts, _deps: notices.resumed_all(facts))
