"""The first look at every message of a busy workspace: look-ups in sets let nearly all of them go."""

import re
import unicodedata

from coop.asking.names import Names
from coop.asking.spelling import any_slips, slips

_WORD = re.compile(r"[^\W_]+|£")

# "It" is asked about for oneself as well: "membership form sent, did it arrive?"
_SELF = """
    i ii im ive l ah am ami amia iam imember iamember amiamember mi huv
    my one our ma mah me us we were it mine still
"""
_ONESELF = frozenset(_SELF.split())
_PLAIN = """
    join joined joining lapsed registered enrolled sign signed signing signup paid membership memberships
    mem network coop co aelod cooperative association collective community movement standing £ pound quid
"""
_MEMBERSHIP = frozenset(_PLAIN.split()).union(
    any_slips("member"),
    any_slips("members"),
    (f"a{slip}" for slip in any_slips("member")),
    any_slips("membership"),
    *map(slips, ("network", "joined", "signed", "signup")),
)


def may_ask(text: str, names: Names) -> bool:
    """False only where no question about one's own membership can be."""
    lower = (text if text.isascii() else unicodedata.normalize("NFKC", text)).lower()
    words = _WORD.findall(lower)
    if _ONESELF.isdisjoint(words):
        return False
    # Words run together count, as in "amember"; "remember", which people write all day, does not.
    if "member" in lower and "member" in lower.replace("remember", ""):
        return True
    return not (_MEMBERSHIP.isdisjoint(words) and names.first_words.isdisjoint(words))
