"""What the pictures show, asked after the window; then it goes on as without them."""

from coop.deps import Deps
from handlers.announcing import drafting, form, pictures, proposing
from handlers.answers import Answer
from handlers.blocks.announcing import pictures as blocks
from handlers.listening import Listen
from handlers.requests import Submission


def describe(submission: Submission, deps: Deps) -> Answer:
    """What the pictures show; everything else stands in the draft."""
    drafting.keep_descriptions(submission, deps)
    entered = drafting.drafted(submission, deps)
    given = blocks.chosen_of(entered)
    pictures.refuse_silent(given)
    filled = form.filled(entered, deps)
    first = f"{blocks.ALT}1"
    pictures.refuse_misfits(filled.said, given, deps, field=first)
    return proposing.at_its_time(submission, filled, entered, deps)


def keep_described(closed: Submission, deps: Deps) -> None:
    """Closed before it was sent. Slack may not say what stood in it; then the last we heard counts."""
    if f"{blocks.ALT}1" in closed.values:
        drafting.keep_descriptions(closed, deps)


def register(listen: Listen) -> None:
    listen.submission(blocks.DESCRIBE_FORM, describe)
    listen.closing(blocks.DESCRIBE_FORM, keep_described)
