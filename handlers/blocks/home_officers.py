"""What waits for officers, on their Home tab: applications, fees, announcements."""

from collections.abc import Sequence
from dataclasses import dataclass

from coop import words
from coop.announcing.seeing import Seen
from coop.announcing.series.seeing import SeriesSeen
from handlers.blocks import approving, elements, members_list
from handlers.blocks.announcing import listing
from handlers.blocks.announcing import series as series_blocks
from handlers.blocks.announcing.announcement import BANNER, Scene
from handlers.blocks.elements import escape
from handlers.blocks.message import Block
from storage.rolls import Listed, Roll

ANNOUNCEMENTS_SHOWN = 6
SERIES_SHOWN = 3


@dataclass(frozen=True)
class ForOfficers:
    """What waits; `applications` only for those who may decide on them.

    `announcements` are those that need this person, None for those who have nothing to do with them; `series`
    those they could approve as a whole.
    """

    counts: dict[Roll, int]
    applications: Sequence[Listed]
    announcements: Sequence[Seen] | None
    scene: Scene
    series: Sequence[SeriesSeen] = ()


def waiting(for_officers: ForOfficers) -> list[Block]:
    counts = for_officers.counts
    said = (
        f"Applications waiting: {counts[Roll.WAITING]:,}. Fees due: {counts[Roll.FEE_DUE]:,}. "
        f"Members: {counts[Roll.MEMBERS]:,}. Left: {counts[Roll.LEFT]:,}."
    )
    opened = elements.button(
        "Open the list",
        action_id=members_list.OPEN,
        names="Open the list: members and applications",
        value=Roll.WAITING,
    )
    blocks = [elements.header("For officers"), elements.section(said, accessory=opened)]
    for line in for_officers.applications:
        said = f"{escape(line.name)} applied on {words.on(line.on)}."
        blocks += [
            elements.section(said),
            elements.actions(*approving.buttons(line.id, line.name)),
        ]
    if for_officers.announcements is not None:
        blocks += _announcements(for_officers.announcements, for_officers.series, for_officers.scene)
    return blocks


def _announcements(needing: Sequence[Seen], series: Sequence[SeriesSeen], scene: Scene) -> list[Block]:
    blocks = [elements.header("Announcements that need you")]
    if scene.settings.rehearsal:
        blocks.append(BANNER)
    if not needing and not series:
        return [*blocks, elements.section("None. `/announce list` shows them all.")]
    blocks += [series_blocks.line(one, scene) for one in series[:SERIES_SHOWN]]
    if (left := len(series) - SERIES_SHOWN) > 0:
        blocks.append(elements.section(f"{left} more series: type `/announce series`."))
    blocks += [listing.line(one, scene) for one in needing[:ANNOUNCEMENTS_SHOWN]]
    if (left := len(needing) - ANNOUNCEMENTS_SHOWN) > 0:
        blocks.append(
            elements.section(f"There {'is' if left == 1 else 'are'} {left} more: type `/announce list`.")
        )
    return blocks
