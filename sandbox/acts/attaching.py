"""Files chosen in a form: uploaded at once, as Slack does, and held by their field until the form is sent."""

from __future__ import annotations

import mimetypes

from sandbox import shapes
from sandbox.acts.watching import active
from sandbox.answers import error
from sandbox.blocks import elements
from sandbox.entities import File, Json, View
from sandbox.workspace import Workspace

LARGEST = 10 * 1024 * 1024  # docs.slack.dev, file input element
MOST_FILES = 10


class NotTaken(Exception):
    """Slack itself says no, beside the field; the app is not asked."""


def attach(
    slack: Workspace,
    *,
    user: str,
    view_id: str,
    field: tuple[str, str],
    file: tuple[str, bytes],
    alt: str = "",
) -> File:
    """Choose a file, given by name and content, in the field of a block and action. Raises NotTaken."""
    view = _own_view(slack, active(slack, user).id, view_id)
    (block_id, action_id), (name, content) = field, file
    place = elements.find(view.blocks, action_id, block_id)
    if place is None or place.element["type"] != "file_input":
        raise error("action_not_found", field=f"{block_id}.{action_id}")
    held = _held(view, block_id, action_id)
    _refuse(place.element, name, content, already=len(held))
    kept = File(slack.fresh_id("F"), name, user, int(slack.clock.now()), len(content), content=content)
    kept.mimetype, kept.complete = mimetypes.guess_type(name)[0] or kept.mimetype, True
    kept.alt_txt, kept.given_to = alt, view.app_id
    slack.files[kept.id] = kept
    held.append(shapes.file(slack, kept))
    slack.changed("view", user=user, id=view.id)
    return kept


def detach(slack: Workspace, *, user: str, view_id: str, file_id: str) -> None:
    """Take a chosen file out of its field again; one that is not there is no fault."""
    view = _own_view(slack, user, view_id)
    for actions in view.values.values():
        for state in actions.values():
            if state["type"] == "file_input":
                state["files"] = [file for file in state["files"] if file["id"] != file_id]
    slack.changed("view", user=user, id=view.id)


def delete_file(slack: Workspace, *, user: str, file_id: str) -> None:
    """Their own file goes from the workspace; what an app was told of it stays told."""
    file = slack.files.get(file_id)
    if file is None or file.deleted:
        raise error("file_not_found")
    if file.user != user:
        raise error("cant_delete_file")
    file.deleted, file.content = True, None
    slack.changed("file", id=file.id)


def _held(view: View, block_id: str, action_id: str) -> list[Json]:
    state = view.values.setdefault(block_id, {}).setdefault(action_id, {"type": "file_input", "files": []})
    held: list[Json] = state["files"]
    return held


def _own_view(slack: Workspace, user: str, view_id: str) -> View:
    view = slack.views.get(view_id)
    if view is None or view.user != user:
        raise error("view_not_found")
    return view


def _refuse(element: Json, name: str, content: bytes, *, already: int) -> None:
    kinds, most = element.get("filetypes") or [], element.get("max_files", MOST_FILES)
    if kinds and name.rpartition(".")[2].lower() not in kinds:
        raise NotTaken(f"{name} can't be added: only {', '.join(kinds)} files can.")
    if len(content) > LARGEST:
        raise NotTaken(f"{name} is larger than 10 MB.")
    if already >= most:
        raise NotTaken(f"You can add up to {most} files.")
