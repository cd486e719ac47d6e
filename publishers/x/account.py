"""X, once it has been seen whose keys these are: the developer portal's own post as the developer."""

from dataclasses import dataclass, field

from coop.publishing import (
    Attempt,
    Checked,
    Content,
    CouldNotLook,
    Guarantee,
    NotSent,
    Outcome,
    Refused,
    Removal,
    Removed,
    Sighting,
)
from publishers.x.publisher import X

LOGIN = "Type `countmein x-login` on the server to get keys for the network's own account."


@dataclass
class OwnAccount:
    """Publishes only after GET /2/users/me has named the account that X_HANDLE names."""

    x: X
    network: str = "x"
    guarantee: Guarantee = Guarantee.LOOK_THEN_ASK
    _is_ours: bool = field(default=False, init=False)

    def publish(self, attempt: Attempt) -> Outcome:
        return self._objection() or self.x.publish(attempt)

    def look(self, attempt: Attempt) -> Sighting:
        return self.x.look(attempt)

    def take_down(self, removal: Removal) -> Removed:
        return self._objection() or self.x.take_down(removal)

    def check(self, content: Content) -> Checked:
        return self.x.check(content)

    def price(self, content: Content) -> int:
        return self.x.price(content)

    def price_to_take_down(self) -> int:
        return self.x.price_to_take_down()

    def _objection(self) -> NotSent | Refused | None:
        if self._is_ours:
            return None
        account = self.x.whoami()
        if isinstance(account, CouldNotLook):
            return account.refused or NotSent(f"X did not say whose keys these are ({account.reason})")
        if account.handle.lower() != self.x.handle.lower():
            return Refused(
                f"The keys post as @{account.handle}, not as @{self.x.handle}", LOGIN, account=True
            )
        if account.may_write is False:
            return Refused(f"X lets these keys read as @{account.handle}, but not post", LOGIN, account=True)
        self._is_ours = True
        return None
