"""What an answer of a Mastodon server means for a status to be deleted: DELETE /api/v1/statuses/:id."""

from coop.publishing import GoneAlready, Refused, Removal, Removed, TakenDown, TryLater, Unknown
from publishers import json_api
from publishers.mastodon import answers
from publishers.transport import Answer


def outcome(answer: Answer, removal: Removal) -> Removed:
    if answer.status == 200 and "id" in json_api.read_object(answer):
        return TakenDown()
    said = answers.said(answer)
    if answer.status == 404 and "record not found" in said.lower():
        return GoneAlready()
    if answer.status == 429:
        # Servers allow thirty deletions in half an hour.
        at = answers.free_again(answer, removal.asked_at)
        return TryLater(at, "Mastodon takes no more deletions from us for now")
    told = answers.outcome(answer, removal.asked_at)
    if isinstance(told, Refused) and answer.status in {401, 403, 404, 410}:
        return told
    return Unknown(f"Mastodon answered with {answer.status}, which does not say whether it is gone")
