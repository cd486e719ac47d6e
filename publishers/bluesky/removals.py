"""What an answer of a Bluesky server means for a post to be deleted: com.atproto.repo.deleteRecord."""

from coop.publishing import GoneAlready, NotSent, Refused, Removal, Removed, TakenDown, TryLater, Unknown
from publishers import json_api
from publishers.bluesky import answers
from publishers.transport import Answer


def outcome(answer: Answer, removal: Removal) -> Removed:
    read = json_api.read(answer)
    if answer.status == 200 and isinstance(read, dict):
        # Only a deletion that changed something is a commit to the repository.
        return TakenDown() if read.get("commit") else GoneAlready()
    told = answers.outcome(answer, removal.asked_at, "")
    if isinstance(told, TryLater):
        return TryLater(told.at, "Bluesky takes no more deletions from us for now")
    if isinstance(told, Refused) and (answer.status != 400 or told.account):
        return told
    said = answers.said(answer)
    if isinstance(told, Refused):
        return Refused(f"Bluesky does not delete it: “{said}”", "Delete it there by hand.")
    return Unknown(f"Bluesky answered with {answer.status}, which does not say whether it is gone")


def not_signed_in(answer: Answer, removal: Removal) -> Removed:
    told = answers.not_signed_in(answer, removal.asked_at)
    return (
        told if isinstance(told, Refused | TryLater | NotSent) else Unknown("Bluesky did not let us sign in")
    )
