"""What an answer of X means for a post that is to be deleted: DELETE /2/tweets/{id}."""

from coop.publishing import CannotTakeDown, GoneAlready, Removal, Removed, TakenDown, TryLater, Unknown
from publishers.transport import Answer
from publishers.x import answers


def outcome(answer: Answer, removal: Removal) -> Removed | None:
    """None when X says "not deleted": somebody has to ask whether the post is there."""
    told = answers.readable(answer.body).get("data")
    deleted = told.get("deleted") if isinstance(told, dict) else None
    if answer.status == 200 and isinstance(deleted, bool):
        return TakenDown() if deleted else None
    if is_absent(answer):
        return GoneAlready()
    if answer.status == 429:
        at = answers.free_again(answer.headers, removal.asked_at)
        return TryLater(at, "X takes no more deletions from us for now")
    said = answers.details(answer.body)
    if refused := answers.account_refusal(answer):
        return refused
    if answer.status in {400, 403}:
        return CannotTakeDown(
            f"X does not let us delete it: “{said}”" if said else "X forbids it", removal.url
        )
    return Unknown(f"X answered with {answer.status}, which does not say whether it is gone")


def is_absent(answer: Answer) -> bool:
    """X answers 200 where it should say 404, when it is asked for one post."""
    errors = answers.readable(answer.body).get("errors")
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
    return answer.status in {200, 404} and str(first.get("type", "")).endswith("resource-not-found")


def is_there(answer: Answer, removal: Removal) -> bool:
    told = answers.readable(answer.body).get("data")
    return answer.status == 200 and isinstance(told, dict) and str(told.get("id")) == removal.remote_id


def after_asking(answer: Answer, removal: Removal) -> GoneAlready | Unknown:
    """`answer` is to GET /2/tweets/{id}, once X has said that it deleted nothing."""
    if is_absent(answer):
        return GoneAlready()
    if is_there(answer, removal):
        return Unknown("X says that it did not delete the post, and shows it still")
    return Unknown(
        f"X says that it deleted nothing, and answered with {answer.status} when asked what is there"
    )
