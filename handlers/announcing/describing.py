"""What the pictures show, asked after the window; then it goes on as without them."""

from coop.deps import Deps
from coop.errors import UserError
from handlers.announcing import form, pictures, proposing
from handlers.answers import Answer
from handlers.blocks.announcing import pictures as blocks
from handlers.listening import Listen
from handlers.requests import Submission


def describe(submission: Submission, deps: Deps) -> Answer:
    """What the pictures show; everything else stands in the draft."""
    entered = proposing.drafted(submission, deps)
    chosen = pictures.described(blocks.chosen_of(entered), submission.values)
    entered |= {blocks.PICTURES: [one.kept() for one in chosen]}
    proposing.keep_entered(submission, entered, deps)
    pictures.refuse_silent(chosen)
    filled = form.filled(entered, deps)
    first = f"{blocks.ALT}1"
    pictures.refuse_misfits(filled.text, filled.targets, chosen, deps, field=first)
    return proposing.at_its_time(submission, filled, entered, deps)


def keep_described(closed: Submission, deps: Deps) -> None:
    """Closed before it was sent: what was written of the pictures is kept with the rest."""
    if closed.values:
        try:
            entered = proposing.drafted(closed, deps)
        except UserError:  # nobody reads an answer to a window that is closed
            return
        chosen = pictures.described(blocks.chosen_of(entered), closed.values)
        proposing.keep_entered(closed, {**entered, blocks.PICTURES: [one.kept() for one in chosen]}, deps)


def register(listen: Listen) -> None:
    listen.submission(blocks.DESCRIBE_FORM, describe)
    listen.closing(blocks.DESCRIBE_FORM, keep_described)
