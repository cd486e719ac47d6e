"""The harness itself: a person acts, the bot answers over signed HTTP."""


def test_a_quiet_message_is_acknowledged_and_not_answered(practice):
    seen = practice.say("dev", "anyone for lunch?", where="general")
    assert {delivery["outcome"] for delivery in seen["deliveries"]} <= {"ok"}
    assert practice.texts("dev", "general")[-1] == "anyone for lunch?"
