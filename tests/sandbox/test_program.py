"""`python -m sandbox` by itself, and the routes that only show things."""

import contextlib
import http.client
import json
import shutil
import signal
import ssl
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from slack_sdk import WebClient

from sandbox.server import serve_in_thread
from tests.sandbox.driving import ASHA, DEV, EMPTY, GENERAL, Bot, Practice, fetch, json_reply, manifest

ROOT = Path(__file__).parents[2]


def started(*options):
    """The program and the lines it greets with."""
    command = [sys.executable, "-m", "sandbox", "--port", "0", *options]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def greeting(program, lines):
    return dict(program.stdout.readline().strip().replace(": ", "=", 1).split("=", 1) for _ in range(lines))


def stopped(program):
    program.send_signal(signal.SIGINT)
    _, errors = program.communicate(timeout=10)
    return errors


def test_it_installs_a_manifest_and_says_what_a_bot_needs(tmp_path):
    path = tmp_path / "manifest.yaml"
    path.write_text(yaml.safe_dump(manifest()))
    program = started("--manifest", str(path), "--people", "3", "--extra-command", "/join")
    said = greeting(program, 6)
    try:
        web = WebClient(token=said["SLACK_BOT_TOKEN"], base_url=said["SLACK_API_URL"])
        assert len(web.users_list()["members"]) == 16
        assert said["SLACK_APP_TOKEN"].startswith("xapp-")
        assert said["SLACK_SIGNING_SECRET"]
        assert said["X_API_URL"] == said["The practice workspace"].rstrip("/")
        driver = Practice(said["X_API_URL"])
        names = [each["name"] for each in driver.get("commands")["commands"]]
        driver.close()
        assert names == ["/join", "/tea"]
    finally:
        errors = stopped(program)
    assert "Traceback" not in errors


def test_it_refuses_a_bad_manifest(tmp_path):
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(manifest(commands=[{"command": "/join", "description": "d"}])))
    program = started("--manifest", str(path))
    _, errors = program.communicate(timeout=10)
    assert program.returncode == 2
    assert "/features/slash_commands/0/command: the slash command has an invalid name" in errors


def test_strict_never_delivers_names_slack_keeps():
    running = serve_in_thread(strict=True)
    driver = Practice(running.url)
    try:
        driver.install(extra_commands=["/join"])
        outcome = driver.post("command", user=ASHA, channel=GENERAL, command="/join")
    finally:
        driver.close()
        running.stop()
    assert outcome["error"] == "invalid_command"


def test_it_serves_tls(tmp_path):
    if not shutil.which("openssl"):
        pytest.skip("no openssl here to make a certificate with: the practice workspace over TLS not tried")
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=127.0.0.1",
            "-addext", "subjectAltName=IP:127.0.0.1",
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    program = started("--tls-cert", str(certificate), "--tls-key", str(key))
    try:
        url = greeting(program, 1)["The practice workspace"]
        assert url.startswith("https://")
        trusted = ssl.create_default_context(cafile=str(certificate))
        connection = http.client.HTTPSConnection(urlsplit(url).netloc, context=trusted, timeout=10)
        with contextlib.closing(connection):
            connection.request("GET", "/coverage")
            assert connection.getresponse().status == 200
    finally:
        stopped(program)


def test_two_cannot_listen_on_one_port(practice_url):
    port = urlsplit(practice_url).port
    with pytest.raises(OSError, match="already in use"):
        serve_in_thread(port=port)
    program = subprocess.run(
        [sys.executable, "-m", "sandbox", "--port", str(port)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert program.returncode == 1
    assert program.stderr.startswith(f"Cannot listen on 127.0.0.1:{port}: Address already in use")


def test_changes_are_told_as_they_happen(practice: Practice, web: WebClient):
    connection = http.client.HTTPConnection(urlsplit(practice.url).netloc, timeout=5)
    connection.request("GET", "/control/stream")
    stream = connection.getresponse()
    assert stream.headers["content-type"].startswith("text/event-stream")
    assert stream.readline() == b": listening\n"
    stream.readline()
    ts = web.chat_postMessage(channel=GENERAL, text="a")["ts"]
    told = json.loads(stream.readline().removeprefix(b"data: "))
    connection.close()
    stream.close()
    assert told == {"kind": "message", "channel": GENERAL, "user": "", "id": ts}


def test_the_ledger_never_holds_a_token(practice: Practice, web: WebClient):
    query = f"token={practice.app['bot_token']}&user={ASHA}"
    fetch(f"{practice.url}/api/users.info?{query}")
    (call,) = practice.calls("users.info")
    assert (call["arguments"], call["ok"], call["status"]) == ({"user": ASHA}, True, 200)
    assert practice.app["bot_token"] not in json.dumps(practice.get("ledger"))


def test_an_act_tells_everything_its_person_newly_sees(practice: Practice, bot: Bot):
    web = practice.client(practice.app["bot_token"])

    def answer(received):
        if received.json.get("command"):
            web.chat_postMessage(channel=ASHA, text="in private")
            web.chat_postMessage(channel=DEV, text="to somebody else")
            return json_reply({"text": "here"})
        return EMPTY

    bot.answer = answer
    outcome = practice.post("command", user=ASHA, channel=GENERAL, command="/tea")
    assert [message["text"] for message in outcome["seen"]] == ["in private", "here"]
    assert outcome["response"]["text"] == "in private"


def test_a_missing_field_of_a_control_route_is_named(practice: Practice):
    with pytest.raises(Exception, match="missing required field: channel"):
        practice.post("say", user=ASHA, text="a")
    with pytest.raises(Exception, match="unknown field"):
        practice.post("people", people=[{"shoe_size": 7}])


def test_it_can_end_with_whoever_started_it():
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--until-input-ends"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as program:
        assert program.stdout.readline()
        program.stdin.close()
        assert program.wait(10) == 0
        assert program.stderr.read() == ""
