"""Whatever a client sends, the answer is Slack's kind of refusal and never a crash."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk import WebClient

from sandbox.api.registry import METHODS
from sandbox.blocks import rules
from sandbox.blocks.checking import message_faults, view_faults
from tests.sandbox.driving import ASHA, GENERAL, Practice, fetch

NAMES = sorted({name for keys in rules.KEYS.values() for name in keys.allowed} | rules.VIEW.allowed)
KINDS = [*sorted(rules.KEYS), "modal", "home", "rich_text", "table", "mystery"]
ODD = st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=3) | st.sampled_from(KINDS)
THINGS = st.recursive(
    ODD,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)
        | st.builds(
            lambda kind, rest: rest | {"type": kind},
            st.sampled_from(KINDS),
            st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
        )
    ),
    max_leaves=12,
)
ARGUMENTS = """attachments blocks channel channel_id channels cursor files filename hash latest length limit
message_ts metadata name oldest post_at text thread_ts timestamp trigger_id ts types user user_id usergroup
users view view_id external_id email file bot scheduled_message_id include_all_metadata return_im handle
team""".split()  # noqa: SIM905 -- a list would be forty lines
HOME = {"type": "home", "blocks": [{"type": "divider"}]}
LIKELY = {"channel": GENERAL, "user": ASHA, "users": ASHA, "user_id": ASHA, "usergroup": "S0", "view": HOME}
LIKELY |= {"text": "a", "name": "tea", "filename": "a", "length": 3, "files": [{"id": "F0"}]}
NUMBERS = ["inf", "nan", "1e400", "-1", "1.000001"]
VALUES = THINGS | st.sampled_from([GENERAL, ASHA, "[", "{}", "next_at:1", *NUMBERS])


@settings(max_examples=150, deadline=None)
@given(st.lists(THINGS, max_size=3), THINGS)
def test_odd_blocks_and_views_are_judged(blocks, view):
    assert all("[json-pointer:/blocks" in fault for fault in message_faults(blocks))
    assert all("[json-pointer:/view" in fault for fault in view_faults(view))


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.sampled_from(sorted(METHODS)), st.dictionaries(st.sampled_from(ARGUMENTS), VALUES, max_size=6))
def test_odd_arguments_are_answered(practice: Practice, web: WebClient, method, arguments):
    arguments = LIKELY | arguments | ({"test": "1"} if method == "auth.revoke" else {})
    token = practice.app["app_token" if method.startswith("apps.") else "bot_token"]
    status, _, body = fetch(
        f"{practice.url}/api/{method}",
        json.dumps(arguments).encode(),
        authorization=f"Bearer {token}",
        content_type="application/json",
    )
    answer = json.loads(body)
    assert (status, answer["ok"] or answer["error"] != "internal_error") == (200, True)
