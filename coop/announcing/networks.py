"""How the places announcements go to are called, and what a publisher can say about a text beforehand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coop import words
from coop.announcing import content
from coop.announcing.content import Target, Worded
from coop.publishing import Checked, Content, Image, Publisher
from coop.settings import X_PRICES_OF, Settings

X, SLACK, BY_HAND = "x", "slack", "by_hand"
NAMES = {X: "X", SLACK: "Slack", BY_HAND: "by hand"}


@dataclass(frozen=True)
class Measured:
    """One network's view of its words: length, warnings, refusals, and the price in tenths of a US cent."""

    network: str
    checked: Checked
    price: int


def name_of(network: str) -> str:
    return NAMES.get(network, network.capitalize())


def place(target: Target, settings: Settings) -> str:
    """Such as "as @FenmarchDigital on X", "in <#C1>", "by hand"."""
    match target.network:
        case "x":
            return f"as @{settings.x_handle} on X" if settings.x_handle else "on X"
        case "slack":
            return f"in <#{target.target}>"
        case "by_hand":
            return "by hand"
    return f"on {name_of(target.network)}"


def places(targets: Iterable[Target], settings: Settings) -> str:
    return words.listed([place(target, settings) for target in targets])


def measured(
    one: Worded,
    targets: Iterable[Target],
    publishers: Mapping[str, Publisher],
    images: tuple[Image, ...] = (),
) -> list[Measured]:
    """What each network that is set up makes of the words it gets, and its price with `images`."""
    return [
        Measured(
            target.network,
            publisher.check(content.leaving(one, target.network)),
            publisher.price(content.leaving(one, target.network, images)),
        )
        for target in targets
        if (publisher := publishers.get(target.network)) is not None
    ]


def takes_notes(publishers: Mapping[str, Publisher]) -> list[str]:
    """The networks that have a place for a content note."""
    noted = Content("A word.", note="A note.")
    return [network for network, publisher in publishers.items() if publisher.check(noted).takes_note]


def priced(tenths_of_a_cent: int, settings: Settings) -> str:
    """Such as "$0.20 (X's price in 2026)": a price without its date is soon wrong."""
    prices = {"x_price_post", "x_price_post_with_link", "x_price_alt_text", "x_price_delete"}
    is_ours = any(getattr(settings, name) != Settings.model_fields[name].default for name in prices)
    since = "the price set here" if is_ours else f"X's price in {X_PRICES_OF}"
    return f"{dollars(tenths_of_a_cent)} ({since})"


def dollars(tenths_of_a_cent: int) -> str:
    """Such as "$0.015", "$0.20", "nothing"."""
    exact = f"{tenths_of_a_cent / 1000:.3f}"
    return f"${exact.removesuffix('0')}" if tenths_of_a_cent else "nothing"
