"""Errors whose text may be shown to the person who acted."""


class UserError(Exception):
    """A refusal in plain words: what was wrong, whether anything changed, what to do next.

    The text is plain: names in it are as people typed them, and whoever shows it escapes it.
    """

    @property
    def text(self) -> str:
        return str(self)


class FieldError(UserError):
    """One field of a form cannot be accepted; shown beside that field, the form stays open."""

    def __init__(self, block_id: str, text: str) -> None:
        super().__init__(text)
        self.block_id = block_id


class NotAllowed(UserError):
    """The acting person does not hold the role that the act needs."""


class AlreadyDone(Exception):
    """This request's effect is in the database already: acknowledge it, do nothing."""
