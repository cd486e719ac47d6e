"""The outbox of the bot in the practice workspace, with one plain kind of message."""

from dataclasses import dataclass, field

from bot.outbox.posting import Outbox
from bot.slack.clients import client
from handlers.blocks import elements
from handlers.blocks.message import File, Message
from storage import outbox
from storage.outbox import OutboxRow
from tests.practice import Practice, channel, user

STEERING = channel("steering")
PNG = b"\x89PNG\r\n\x1a\n not really a picture"


def draw(facts, deps):
    alone = facts.get("alone", False)
    file = File(facts["file"], PNG, "Asha's card", alone=alone) if "file" in facts else None
    blocks = tuple(elements.section(text) for text in facts.get("sections", ()))
    return Message(facts["text"], blocks, file)


@dataclass
class Post:
    practice: Practice
    seconds: float = 10
    renders: dict = field(default_factory=lambda: {"note": draw})

    def put(self, text, to="asha", **more):
        whom = user(to) if not to.startswith("C") else to
        facts = {"text": text, **more.pop("facts", {})}
        kind = more.pop("kind", "note")
        with self.practice.deps.write() as session:
            return outbox.put(session, kind=kind, to=whom, facts=facts, now=self.practice.clock.now, **more)

    def run(self, **limits):
        environment = self.practice.house.environment
        token = environment.slack_bot_token.get_secret_value()
        slack = client(token, environment.slack_api_url, seconds=limits.get("seconds", 10))
        return Outbox(self.practice.deps, self.renders, slack).run()

    def settle(self, seconds=30, step=1):
        """Run once a second for a while."""
        for _ in range(0, seconds, step):
            self.run()
            self.practice.forward(seconds=step)

    def fault(self, method, kind, **how):
        self.practice.workspace.asked("faults", method=method, kind=kind, **how)

    def row(self, row_id):
        with self.practice.deps.read() as session:
            return session.get(OutboxRow, row_id)

    def states(self):
        with self.practice.deps.read() as session:
            return [row.state for row in session.query(OutboxRow).order_by(OutboxRow.id)]

    def failed(self):
        with self.practice.deps.read() as session:
            return [(row.id, row.trouble) for row in outbox.failed(session)]
