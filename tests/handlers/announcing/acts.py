"""What people do with announcements in the practice workspace."""

from coop import offices
from storage import heartbeats, people
from storage.offices import Role
from tests.practice import user

MEETUP = "Leeds meetup on Tuesday at 6pm. Everybody is welcome."
DAY_BY_DAY = ["This week: announcements day by day", "This month: announcements day by day"]
MONDAYS = "every monday 9am for 4 times"
IN_THREE_DAYS = {"when": "at", "date": "2027-03-30", "time": "09:00"}


def worker_runs(practice):
    with practice.deps.write() as session:
        heartbeats.beat(session, heartbeats.WORKER, practice.clock.now)


def open_window(practice, who="asha", text=MEETUP):
    practice.command(who, "/announce", text)
    return practice.modal(who)


def propose(practice, text=MEETUP, *, who="asha", settle=True, **entered):
    """The answer to the submitted window; the proposal lies in the steering channel afterwards."""
    answer = practice.submit(who, open_window(practice, who, text), **{"where": ["x"], **entered})
    if settle:
        practice.settle()
    return answer


def said(answer):
    """What a private answer or a closing window says."""
    if answer["response"]:
        return answer["response"]["text"]
    return "\n".join(words(block) for block in answer["opened_view"]["blocks"])


def words(block):
    text = block.get("text") or block.get("label") or {"text": ""}
    if block["type"] == "context":
        return "\n".join(element["text"] for element in block["elements"])
    return text["text"]


def steering(practice, who="bryn"):
    return practice.messages(who, "steering")


def proposal(practice, who="bryn"):
    """The newest proposal's message in the steering channel."""
    return next(
        message for message in reversed(steering(practice, who)) if "an announcement" in message["text"]
    )


def thread(practice, who="bryn"):
    """What has been said in threads of the steering channel."""
    messages = steering(practice, who)
    return [message["text"] for message in messages if message.get("thread_ts") not in (None, message["ts"])]


def labels(message_or_view):
    """What a screen reader says of each button, in order."""
    found = []
    for block in message_or_view["blocks"]:
        parts = [*block.get("elements", []), block.get("accessory", {})]
        found += [part["accessibility_label"] for part in parts if part.get("type") == "button"]
    return found


def approve(practice, who="bryn", **entered):
    """Press Approve in the channel, and submit what opens."""
    practice.press(who, "announcing.approve", proposal(practice, who))
    answer = practice.submit(who, practice.modal(who), **entered)
    practice.settle()
    return answer


def tweeted(practice):
    return [tweet["text"] for tweet in practice.tweets()]


def end_term(practice, who):
    with practice.deps.write() as session:
        offices.end(
            session,
            person_id=people.person_id_of(session, practice.team, user(who)),
            role=Role.STEERING,
            by="command line",
            today=practice.deps.today(),
            now=practice.clock.now,
        )


def type_series(practice, typed=MONDAYS, *, who="asha", **entered):
    view = open_window(practice, who)
    return practice.submit(who, view, **{"where": ["x"], "typed_time": typed, **entered})


def plan_series(practice, typed=MONDAYS, *, who="asha", entered=None, **confirmed):
    type_series(practice, typed, who=who, **(entered or {}))
    answer = practice.submit(who, practice.modal(who), **confirmed)
    practice.settle()
    return answer


def planned_series(practice, who="bryn"):
    """The newest series' message in the steering channel."""
    messages = practice.messages(who, "steering")
    return next(message for message in reversed(messages) if "plans a series" in message["text"])


def approve_series(practice, who="bryn"):
    practice.press(who, "announcing.series_approve", planned_series(practice, who))
    answer = practice.submit(who, practice.modal(who))
    practice.settle()
    return answer


def opened_series(practice, who="bryn"):
    practice.press(who, "announcing.series_open", planned_series(practice, who))
    return practice.modal(who)


def act_on_run(practice, action_id, number, who="bryn"):
    view = opened_series(practice, who)
    pressed = [
        element["value"]
        for block in view["blocks"]
        for element in block.get("elements", [])
        if element.get("action_id") == action_id
    ]
    answer = practice.press(who, action_id, view, value=pressed[number])
    practice.settle()
    return answer
