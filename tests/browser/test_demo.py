"""`countmein demo` as a program: what it never reads, where it listens, how it ends, what it keeps."""

import sqlite3
from contextlib import closing

import psutil

from bot.settings.environment import names
from tests.browser.demo import PATIENCE, Demo, Somebody, free_port, showing, until

BOT = "bot"  # its direct message, as the practice workspace calls it
CANARY = "canary-4c1d"
NOWHERE = "http://127.0.0.1:9/"  # the discard port: nobody listens there
PLANTED = {
    "SLACK_BOT_TOKEN": f"xoxb-{CANARY}",
    "SLACK_APP_TOKEN": f"xapp-{CANARY}",
    "SLACK_SIGNING_SECRET": CANARY,
    "SLACK_CLIENT_ID": CANARY,
    "SLACK_CLIENT_SECRET": CANARY,
    "SLACK_API_URL": f"{NOWHERE}{CANARY}/",
    "DATABASE_URL": f"postgresql://{CANARY}:{CANARY}@127.0.0.1:9/{CANARY}",
    "X_API_KEY": CANARY,
    "X_API_SECRET": CANARY,
    "X_ACCESS_TOKEN": CANARY,
    "X_ACCESS_TOKEN_SECRET": CANARY,
    "X_API_URL": f"{NOWHERE}{CANARY}",
    "X_HANDLE": "canary_4c1d",
    "NETWORK_NAME": f"The {CANARY} network",
    "STEERING_CHANNEL": CANARY,
    "FEE_PERIOD": "yearly",
    "FEE_PENCE": CANARY,
    "HTTP_PROXY": NOWHERE,
    "HTTPS_PROXY": NOWHERE,
    "ALL_PROXY": NOWHERE,
    "DYNO": "web.1",
}


def join(demo: Demo, somebody: Somebody) -> None:
    window = demo.asked("command", user=somebody.id, channel=BOT, command="/join", text="")["opened_view"]
    entered = {
        "name": somebody.name,
        "email": "somebody@fenmarch.example",
        "age": ["yes"],
        "agreement": ["yes"],
    }
    values = {block: {"entered": value} for block, value in entered.items()}
    closed = demo.asked("submit", user=somebody.id, view_id=window["id"], values=values)["opened_view"]
    assert f"Welcome, {somebody.name}." in closed["blocks"][0]["text"]["text"]
    until(
        lambda: any("Here is your membership card" in text for text in texts(demo, somebody)), "The card came"
    )


def texts(demo: Demo, somebody: Somebody) -> list[str]:
    seen = demo.asked(f"conversation?user={somebody.id}&channel={BOT}")
    return [message["text"] for message in seen["messages"]]


def answer(demo: Demo, somebody: Somebody) -> str:
    said = demo.asked("command", user=somebody.id, channel=BOT, command="/member", text="")
    return said["response"]["text"]


def test_a_kept_record_knows_its_members_again_and_no_real_credential_has_any_part(tmp_path):
    record = tmp_path / "practice.db"
    (tmp_path / ".env").write_text("".join(f"{name}={value}\n" for name, value in PLANTED.items()))
    ours = dict.fromkeys(map(str.upper, names()), CANARY) | PLANTED
    with showing(tmp_path, "--keep", str(record), surroundings=ours | lower(ours)) as demo:
        somebody = demo.newcomer()
        join(demo, somebody)
        assert answer(demo, somebody).startswith("Yes, you're a member of Fenmarch Digital Network.")
        assert f"Your practice record is kept in {record}." in demo.said()
        everything = f"{demo.asked('ledger')} {demo.asked('x/ledger')} {demo.asked('deliveries')}"
        assert demo.ctrl_c() == 0
    assert somebody.id in everything
    assert CANARY not in everything
    assert CANARY not in demo.said()
    assert CANARY not in dump(record)
    with showing(tmp_path, "--keep", str(record)) as demo:
        assert demo.newcomer() == somebody
        assert "Your member number is 4." in answer(demo, somebody)


def lower(surroundings: dict[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in surroundings.items()}


def dump(record) -> str:
    with closing(sqlite3.connect(record)) as connection:
        return "\n".join(connection.iterdump())


def test_ctrl_c_ends_all_of_it_quietly(tmp_path):
    with showing(tmp_path, surroundings={"TMPDIR": str(tmp_path)}) as demo:
        started = demo.processes()
        assert len(started) == 2
        assert len(list(tmp_path.glob("countmein-demo-*/practice.db"))) == 1
        assert demo.ctrl_c() == 0
        _, alive = psutil.wait_procs(started, timeout=10)
    assert alive == []
    assert list(tmp_path.glob("countmein-demo-*")) == []
    assert [line.strip() for line in demo.said().splitlines() if line] == [
        f"Open {demo.url} in your browser.",
        "Everything is forgotten when you stop it. Press Ctrl-C to stop.",
    ]


def test_two_stand_side_by_side_and_neither_outlives_its_other_half(tmp_path):
    port = free_port()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    with showing(tmp_path / "one", port=port) as one, showing(tmp_path / "two", "--strict", port=port) as two:
        assert one.url == f"http://127.0.0.1:{port}"
        assert port < int(two.url.rsplit(":", 1)[1]) < port + 50
        here, there = one.newcomer(), two.newcomer()
        assert here == there
        join(one, here)
        assert answer(one, here).startswith("Yes, you're a member")
        assert answer(two, there).startswith("You're in our Slack. You're not a member yet")
        assert_reserved_names_are_refused_as_slack_does(two, there)
        (bot, workspace), strict = one.processes(), two.processes()
        workspace.kill()
        assert one.program.wait(PATIENCE) == 1
        two.program.kill()
        _, alive = psutil.wait_procs([bot, workspace, *strict], timeout=10)
    assert alive == []
    assert one.said().strip().splitlines()[-1].strip() == (
        "The practice workspace has ended, so the demo ends with it. Start it again with the same command."
    )


def assert_reserved_names_are_refused_as_slack_does(demo: Demo, somebody: Somebody) -> None:
    for name in ("/join", "/leave"):
        refused = demo.asked("command", user=somebody.id, channel=BOT, command=name, text="")
        assert refused["error"]
        assert not refused["opened_view"]
    opened = demo.asked("command", user=somebody.id, channel=BOT, command="/countmein", text="")
    assert opened["opened_view"]["title"]["text"] == "Join us"
