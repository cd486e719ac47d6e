"""What a person does with the page becomes an act of the workspace; Slack's own replies are remembered."""

from collections.abc import Awaitable, Callable

from starlette.datastructures import FormData

from sandbox import acts
from sandbox.entities import Outcome
from sandbox.page import forms, lines, refusals
from sandbox.page.memory import Memory
from sandbox.page.places import Place
from sandbox.workspace import Workspace


async def act(slack: Workspace, memory: Memory, at: Place, form: FormData) -> None:
    """Do what the form asks for. Raises KeyError for an act that does not exist."""
    # A button of the form may name another act than the form itself: the last one counts.
    await ACTS[str(form.getlist("act")[-1])](slack, memory, at, form)


async def _say(slack: Workspace, memory: Memory, at: Place, form: FormData) -> None:
    text = str(form.get("text", "")).replace("\r\n", "\n").strip()
    if not text or at.channel is None:
        return
    thread_ts = str(form.get("thread", ""))
    name, _, rest = text.partition(" ")
    if not name.startswith("/"):
        await acts.say(slack, user=at.person.id, channel=at.channel.id, text=text, thread_ts=thread_ts)
        return
    outcome = await acts.command(
        slack, user=at.person.id, channel=at.channel.id, name=name, text=rest.strip(), thread_ts=thread_ts
    )
    if outcome.error:
        memory.tell(at.person.id, at.channel.id, refusals.command(name, outcome))


async def _press(slack: Workspace, memory: Memory, at: Place, form: FormData) -> None:
    ts = str(form.get("ts", ""))
    message = slack.message(at.channel.id, ts) if at.channel else None
    found = forms.pressed(lines.blocks_of(message), form) if message else None
    if message is None or found is None:
        return
    block, element = found
    press = acts.Press(
        user=at.person.id,
        action_id=element["action_id"],
        block_id=block["block_id"],
        channel=message.channel,
        ts=ts,
        chosen=forms.chosen(block, element, form, at.zone),
    )
    outcome = await acts.press(slack, press)
    if outcome.error:
        memory.tell(at.person.id, message.channel, refusals.button(outcome))


async def _shortcut(slack: Workspace, memory: Memory, at: Place, form: FormData) -> None:
    """Something of the menu of a message."""
    ts, callback_id = str(form.get("ts", "")), str(form.get("shortcut", ""))
    message = slack.message(at.channel.id, ts) if at.channel else None
    if message is None or callback_id not in {each.callback_id for each in lines.offered(slack)}:
        return
    outcome = await acts.shortcut(
        slack, user=at.person.id, callback_id=callback_id, channel=message.channel, ts=ts
    )
    if outcome.error:
        memory.tell(at.person.id, message.channel, refusals.button(outcome))


async def _press_view(slack: Workspace, memory: Memory, at: Place, form: FormData) -> None:
    view = slack.views.get(str(form.get("view", "")))
    found = forms.pressed(view.blocks, form) if view else None
    if view is None or found is None or view.user != at.person.id:
        return
    block, element = found
    acts.fill_in(slack, view_id=view.id, values=forms.values(view.blocks, form, at.zone))
    press = acts.Press(
        user=at.person.id,
        action_id=element["action_id"],
        block_id=block["block_id"],
        view_id=view.id,
        chosen=forms.chosen(block, element, form, at.zone),
    )
    _remember(memory, view.id, await acts.press(slack, press))


async def _attach(slack: Workspace, memory: Memory, at: Place, form: FormData) -> None:
    """Files are uploaded as soon as they are chosen; everything else in the form is kept as it stands."""
    view = slack.views.get(str(form.get("view", "")))
    if view is None or view.user != at.person.id:
        return
    memory.field_errors.pop(view.id, None)
    # What stands in the other fields comes along: the page is drawn anew from what is known here.
    acts.fill_in(slack, view_id=view.id, values=forms.values(view.blocks, form, at.zone))
    if removed := form.get("remove"):
        acts.detach(slack, user=at.person.id, view_id=view.id, file_id=str(removed))
    for (block, element), file in forms.chosen_files(view.blocks, form):
        field = (block["block_id"], element["action_id"])
        given = (file.filename or "", await file.read())
        try:
            acts.attach(slack, user=at.person.id, view_id=view.id, field=field, file=given)
        except acts.NotTaken as refused:
            memory.field_errors[view.id] = {block["block_id"]: str(refused)}


async def _submit(slack: Workspace, memory: Memory, at: Place, form: FormData) -> None:
    view = slack.views.get(str(form.get("view", "")))
    if view is None or view.user != at.person.id:
        return
    if "pressed" in form:
        await _press_view(slack, memory, at, form)
        return
    await _attach(slack, memory, at, form)
    if "remove" in form or view.id in memory.field_errors:
        return
    values = forms.values(view.blocks, form, at.zone)
    outcome = await acts.submit(slack, user=at.person.id, view_id=view.id, values=values)
    _remember(memory, view.id, outcome)


async def _close(slack: Workspace, memory: Memory, at: Place, form: FormData) -> None:
    await _closed(slack, memory, at, form, clear=False)


async def _clear(slack: Workspace, memory: Memory, at: Place, form: FormData) -> None:
    await _closed(slack, memory, at, form, clear=True)


async def _closed(slack: Workspace, memory: Memory, at: Place, form: FormData, *, clear: bool) -> None:
    view = slack.views.get(str(form.get("view", "")))
    if view is not None and view.user == at.person.id:
        memory.field_errors.pop(view.id, None)
        # Escape leaves a field without the change that a click beside it makes.
        acts.fill_in(slack, view_id=view.id, values=forms.values(view.blocks, form, at.zone))
        await acts.close(slack, user=at.person.id, view_id=view.id, clear=clear)


def _remember(memory: Memory, view_id: str, outcome: Outcome) -> None:
    """Errors stay under their fields until the view is sent again, closed or changed."""
    if outcome.field_errors:
        memory.field_errors[view_id] = outcome.field_errors
    elif outcome.error:
        memory.field_errors[view_id] = {"": refusals.trouble(outcome)}


ACTS: dict[str, Callable[[Workspace, Memory, Place, FormData], Awaitable[None]]] = {
    "say": _say,
    "press": _press,
    "press_view": _press_view,
    "shortcut": _shortcut,
    "attach": _attach,
    "submit": _submit,
    "close": _close,
    "clear": _clear,
}
