"""What recognising "am I a member?" costs a message, beside reading that message's JSON.

Run: python -m benchmarks.asking
"""

import json
import statistics
from collections.abc import Callable
from pathlib import Path
from time import process_time_ns
from typing import Any

from coop import asking

LABELLED = Path(__file__).parent.parent / "tests" / "labelled"
NAMES = asking.Names("LocalGov Digital", ("LGD",))
EVENT: dict[str, Any] = {
    "token": "one-long-verification-token",
    "team_id": "T0LGD0001",
    "api_app_id": "A0CMI0001",
    "event": {
        "client_msg_id": "0f7c2c52-6b2c-4a0e-9f6e-3f2f0e4f9d11",
        "type": "message",
        "user": "U0ASHA001",
        "ts": "1795439000.000200",
        "team": "T0LGD0001",
        "channel": "C0GENERAL",
        "event_ts": "1795439000.000200",
        "channel_type": "channel",
        "blocks": [
            {
                "type": "rich_text",
                "block_id": "q1",
                "elements": [
                    {"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]},
                ],
            }
        ],
    },
    "type": "event_callback",
    "event_id": "Ev0CMI00001",
    "event_time": 1795439000,
    "authorizations": [
        {
            "enterprise_id": None,
            "team_id": "T0LGD0001",
            "user_id": "U0BOT0001",
            "is_bot": True,
            "is_enterprise_install": False,
        }
    ],
    "is_ext_shared_channel": False,
    "event_context": "4-eyJldCI6Im1lc3NhZ2UiLCJ0aWQiOiJUMExHRDAwMDEifQ",
}


def labelled(*names: str) -> list[str]:
    lines = [line for name in names for line in (LABELLED / name).read_text("utf-8").splitlines()]
    return [line.replace("\\n", "\n") for line in lines]


def event_with(text: str) -> str:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    blocks = [{"type": "rich_text", "block_id": "q1", "elements": [section]}]
    return json.dumps(EVENT | {"event": EVENT["event"] | {"text": text, "blocks": blocks}})


def microseconds(act: Callable[[str], object], texts: list[str], *, turns: int = 20) -> list[float]:
    """CPU time for each text, the best of `turns`."""
    best = [float("inf")] * len(texts)
    for _ in range(turns):
        for at, text in enumerate(texts):
            start = process_time_ns()
            act(text)
            best[at] = min(best[at], (process_time_ns() - start) / 1000)
    return best


def row(what: str, costs: list[float]) -> None:
    mean, median, most = statistics.fmean(costs), statistics.median(costs), max(costs)
    print(f"{what:<52}{len(costs):>5}{mean:>9.1f}{median:>9.1f}{most:>9.1f}")


def main() -> None:
    others, asked = labelled("not_asked.txt", "not_asked_later.txt"), labelled("asked_in_channel.txt")
    ordinary = "We moved the planning register last month, happy to share what we learnt here :)"
    matcher: Callable[[str], object] = lambda text: asking.in_channel(text, NAMES)  # noqa: E731
    print(f"{'microseconds of CPU':<52}{'texts':>5}{'mean':>9}{'median':>9}{'most':>9}")
    row(
        "json.loads of the event around each other message",
        microseconds(json.loads, list(map(event_with, others))),
    )
    row("other messages, in a channel", microseconds(matcher, others))
    row(f"one ordinary message of {len(ordinary)} characters", microseconds(matcher, [ordinary], turns=2000))
    row("questions, in a channel", microseconds(matcher, asked))
    for text in ("word " * 8000, "am I " * 8000, "a" * 40_000):
        row(f"40,000 characters of {text[:5]!r}", microseconds(matcher, [text]))
    for text in ("my member of if i am " * 42, "i am member , " * 64, "not sure if " * 75, "' am 'i " * 112):
        row(f"{len(text)} characters of {text[:14]!r}", microseconds(matcher, [text]))
    row("questions, to the bot", microseconds(lambda text: asking.to_bot(text, NAMES), asked))


if __name__ == "__main__":
    main()
