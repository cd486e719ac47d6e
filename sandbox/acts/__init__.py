"""A person's acts. Each is awaited inside the workspace's event loop and says what came of it."""

from sandbox.acts.attaching import NotTaken, attach, delete_file, detach
from sandbox.acts.commanding import command, shortcut
from sandbox.acts.pressing import Press, press, suggestions
from sandbox.acts.saying import delete, edit, invite, join_workspace, leave, react, say, upload
from sandbox.acts.viewing import close, fill_in, open_home, submit

__all__ = [
    "NotTaken",
    "Press",
    "attach",
    "close",
    "command",
    "delete",
    "delete_file",
    "detach",
    "edit",
    "fill_in",
    "invite",
    "join_workspace",
    "leave",
    "open_home",
    "press",
    "react",
    "say",
    "shortcut",
    "submit",
    "suggestions",
    "upload",
]
