"""Settings fail closed: one message names everything that is missing or wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import lasting_disk
from bot.settings.environment import Environment
from bot.settings.loading import SettingsWrong, load, surroundings
from coop.settings import FeePeriod, Settings

BOT = "xoxb-1-canary"
APP = "xapp-1-canary"
SOCKET = {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP}
X = {
    "X_API_KEY": "k",
    "X_API_SECRET": "s",
    "X_ACCESS_TOKEN": "t",
    "X_ACCESS_TOKEN_SECRET": "ts",
    "X_HANDLE": "@FenmarchDigital",
    "STEERING_CHANNEL": "steering",
}
NO_WAY_IN = (
    "SLACK_APP_TOKEN is missing: make an app-level token, xapp-…, with the scope connections:write under "
    "Basic Information. (Or set SLACK_SIGNING_SECRET, if Slack is to reach you over HTTP.)"
)
DATABASE_SHAPES = "It looks like sqlite:///countmein.db or postgresql://user:password@host:5432/name."
ROOT = Path(__file__).parents[2]


def sentences(**variables: str) -> tuple[str, ...]:
    with pytest.raises(SettingsWrong) as refused:
        load(variables)
    return refused.value.sentences


def test_two_tokens_are_enough_to_start():
    environment = load(SOCKET)
    assert environment.socket_mode
    assert environment.database_url == "sqlite:///countmein.db"
    assert environment.network == Settings()


def test_a_signing_secret_is_enough_for_the_way_in_over_http():
    environment = load({"SLACK_BOT_TOKEN": BOT, "SLACK_SIGNING_SECRET": "0f1e2d3c"})
    assert not environment.socket_mode


def test_an_empty_environment_is_told_both_tokens_at_once():
    assert sentences() == (
        "SLACK_BOT_TOKEN is missing: copy the Bot User OAuth Token, xoxb-…, from OAuth & Permissions.",
        NO_WAY_IN,
    )


def test_an_empty_value_counts_as_missing():
    assert load({**SOCKET, "PORT": "", "FEE_PERIOD": " "}).port == 8080


def test_one_message_names_everything_that_is_wrong():
    with pytest.raises(SettingsWrong) as refused:
        load(
            {
                "SLACK_BOT_TOKEN": APP,
                "SLACK_APP_TOKEN": BOT,
                "FEE_PERIOD": "yearly",
                "FEE_PENCE": "a pound",
                "NETWORK_TIMEZONE": "Europe/Londn",
                "DATABASE_URL": "mysql://user:hunter2@host/name",
            }
        )
    assert str(refused.value) == (
        "Count Me In cannot start: 7 settings are missing or wrong.\n"
        f"  - DATABASE_URL names a database we do not keep records in. {DATABASE_SHAPES}\n"
        "  - FEE_PENCE must be a whole number, but is “a pound”.\n"
        "  - NETWORK_TIMEZONE names no time zone: “Europe/Londn”. Did you mean Europe/London?\n"
        "  - PAY_TO is missing: a fee is due, so say where to pay it, as members will read it.\n"
        "  - OFFICIAL_PAGE is missing: a fee is due, so name the page where people can check that it is really "
        "you.\n"
        "  - SLACK_BOT_TOKEN must begin with xoxb-, but this is an app-level token.\n"
        "  - SLACK_APP_TOKEN must begin with xapp-, but this is a bot token.\n"
        "Every setting is explained in .env.example; `countmein doctor` checks them against Slack and X."
    )


@pytest.mark.parametrize(
    ("token", "kind"),
    [
        ("xoxp-1", "a user token"),
        (
            "xoxe.xoxb-1",
            "a token that expires (token rotation is on: it has to be off for this bot)",
        ),
        ("hunter2", "something else"),
    ],
)
def test_a_token_of_another_kind_is_named(token, kind):
    assert sentences(SLACK_BOT_TOKEN=token, SLACK_APP_TOKEN=APP) == (
        f"SLACK_BOT_TOKEN must begin with xoxb-, but this is {kind}.",
    )


def test_a_token_in_the_place_of_the_signing_secret_is_named():
    assert sentences(SLACK_BOT_TOKEN=BOT, SLACK_SIGNING_SECRET=APP) == (
        "SLACK_SIGNING_SECRET is the Signing Secret of Basic Information, not an app-level token.",
    )


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("FEE_PERIOD", "monthly", "FEE_PERIOD must be none, once or yearly, but is “monthly”."),
        ("FEE_PENCE", "-1", "FEE_PENCE must be 0 or more, but is “-1”."),
        ("PORT", "70000", "PORT must be 65535 or less, but is “70000”."),
        ("REHEARSAL", "perhaps", "REHEARSAL must be yes or no, but is “perhaps”."),
        ("LOG_FORMAT", "xml", "LOG_FORMAT must be auto, json or console, but is “xml”."),
        ("NETWORK_TIMEZONE", "Mars", "NETWORK_TIMEZONE names no time zone: “Mars”. Try Europe/London."),
        (
            "X_HANDLE",
            "https://x.com/us",
            "X_HANDLE is not a handle: “https://x.com/us”. It is the account's name, such as FenmarchNews.",
        ),
        (
            "SLACK_API_URL",
            "http://slack.example/api/",
            "SLACK_API_URL must begin with https://, because tokens are sent to it.",
        ),
        ("X_API_URL", "x.example", "X_API_URL must begin with https://, because tokens are sent to it."),
        (
            "OFFICIAL_PAGE",
            "fenmarch.example",
            "OFFICIAL_PAGE must be a full address, such as https://fenmarch.example/join.",
        ),
        (
            "DATABASE_URL",
            "sqlite://",
            f"DATABASE_URL names no file, so every record would be lost at the end. {DATABASE_SHAPES}",
        ),
        (
            "DATABASE_URL",
            "hunter2",
            f"DATABASE_URL cannot be read. {DATABASE_SHAPES}",
        ),
        ("NETWORK_COLOUR", "navy", "NETWORK_COLOUR must look like ^#[0-9a-fA-F]{6}$, but is “navy”."),
    ],
)
def test_a_value_that_cannot_be_read_is_named_with_what_it_should_be(variable, value, sentence):
    assert sentences(**SOCKET, **{variable: value}) == (sentence,)


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("FEE_PENCE", "FEE_PENCE is missing: FEE_PERIOD is once, so say how many pence."),
        ("PAY_TO", "PAY_TO is missing: a fee is due, so say where to pay it, as members will read it."),
        (
            "OFFICIAL_PAGE",
            "OFFICIAL_PAGE is missing: a fee is due, so name the page where people can check that it is really you.",
        ),
    ],
)
def test_a_fee_needs_an_amount_a_place_to_pay_and_a_page_to_check(missing, sentence):
    fee = {
        "FEE_PERIOD": "once",
        "FEE_PENCE": "100",
        "PAY_TO": "Sort code 00-00-00",
        "OFFICIAL_PAGE": "https://fenmarch.example/membership",
    }
    assert load({**SOCKET, **fee}).network.fee_period is FeePeriod.ONCE
    del fee[missing]
    assert sentences(**SOCKET, **fee) == (sentence,)


@pytest.mark.parametrize(
    ("variables", "because"),
    [
        ({"JOIN_APPROVAL": "steering"}, "JOIN_APPROVAL is steering"),
        ({"REHEARSAL": "yes"}, "REHEARSAL is yes"),
    ],
)
def test_what_the_steering_group_decides_needs_its_channel(variables, because):
    assert sentences(**SOCKET, **variables) == (
        f"STEERING_CHANNEL is missing: {because}, so name its private channel.",
    )


def test_x_takes_all_four_keys_and_a_handle():
    assert load({**SOCKET, **X}).network.x_handle == "FenmarchDigital"
    partly = {name: value for name, value in X.items() if name not in {"X_API_SECRET", "X_ACCESS_TOKEN"}}
    (sentence,) = sentences(**SOCKET, **partly)
    assert sentence == (
        "X_API_SECRET and X_ACCESS_TOKEN are missing: X needs all four keys or none of them. "
        "`countmein x-login` gets the two access tokens."
    )
    assert sentences(**SOCKET, **{**X, "X_HANDLE": ""}) == (
        "X_HANDLE is missing: name the account the X keys belong to, so that no other is posted as.",
    )


MASTODON = {
    "MASTODON_URL": "https://social.example",
    "MASTODON_ACCESS_TOKEN": "canary-token",
    "STEERING_CHANNEL": "steering",
}


def test_mastodon_takes_a_server_and_a_token_and_needs_the_steering_channel():
    environment = load({**SOCKET, **MASTODON})
    assert environment.has_mastodon
    assert "canary" not in repr(environment) + str(environment.model_dump())
    assert sentences(**SOCKET, **{**MASTODON, "MASTODON_ACCESS_TOKEN": ""}) == (
        "MASTODON_ACCESS_TOKEN is missing: in Mastodon, under Preferences, Development, make an application and copy its access token.",
    )
    assert sentences(**SOCKET, **{**MASTODON, "MASTODON_URL": ""}) == (
        "MASTODON_URL is missing: name the account's server, such as https://social.example.",
    )
    assert sentences(**SOCKET, **{**MASTODON, "MASTODON_URL": "social.example"}) == (
        "MASTODON_URL must begin with https://, because tokens are sent to it.",
    )
    assert sentences(**SOCKET, **{**MASTODON, "STEERING_CHANNEL": ""}) == (
        "STEERING_CHANNEL is missing: there is a Mastodon account, so name its private channel.",
    )


BLUESKY = {
    "BLUESKY_HANDLE": "@Fenmarch.bsky.social",
    "BLUESKY_APP_PASSWORD": "cana-ryaa-aaaa-aaaa",
    "STEERING_CHANNEL": "steering",
}


def test_bluesky_takes_a_handle_and_an_app_password_and_needs_the_steering_channel():
    environment = load({**SOCKET, **BLUESKY})
    assert environment.has_bluesky
    assert (environment.bluesky_handle, environment.bluesky_url) == (
        "fenmarch.bsky.social",
        "https://bsky.social",
    )
    assert "cana-ry" not in repr(environment) + str(environment.model_dump())
    assert sentences(**SOCKET, **{**BLUESKY, "BLUESKY_APP_PASSWORD": ""}) == (
        "BLUESKY_APP_PASSWORD is missing: in Bluesky, under Settings, Privacy and security, make an app password.",
    )
    assert sentences(**SOCKET, **{**BLUESKY, "BLUESKY_HANDLE": ""}) == (
        "BLUESKY_HANDLE is missing: name the account the app password belongs to, such as fenmarch.bsky.social.",
    )
    assert sentences(**SOCKET, **{**BLUESKY, "BLUESKY_HANDLE": "fenmarch"}) == (
        "BLUESKY_HANDLE is not a handle: “fenmarch”. On Bluesky it is a name such as fenmarch.bsky.social.",
    )
    assert sentences(**SOCKET, **{**BLUESKY, "BLUESKY_APP_PASSWORD": "hunter2"}) == (
        "BLUESKY_APP_PASSWORD must be an app password, four times four letters or digits: never the account's own, which could take the account away.",
    )
    assert sentences(**SOCKET, **{**BLUESKY, "STEERING_CHANNEL": ""}) == (
        "STEERING_CHANNEL is missing: there is a Bluesky account, so name its private channel.",
    )


def test_commands_that_only_touch_the_record_need_no_tokens():
    assert load({"NETWORK_NAME": "Fenmarch Digital"}, speaks=False).network.network_name == "Fenmarch Digital"
    with pytest.raises(SettingsWrong, match="PAY_TO is missing"):
        load({"FEE_PERIOD": "once", "FEE_PENCE": "100"}, speaks=False)


def test_lists_are_written_with_commas_semicolons_or_lines():
    network = load(
        {
            **SOCKET,
            "NETWORK_ALIASES": "LGD, LocalGov Digital;",
            "NEXT_STEPS": "Say hello in #introductions, if you like; Read what we do\nCome on Thursday",
            "LOOK_AFTER_SECONDS": "5, 15",
        }
    ).network
    assert network.network_aliases == ("LGD", "LocalGov Digital")
    assert network.next_steps == (
        "Say hello in #introductions, if you like",
        "Read what we do",
        "Come on Thursday",
    )
    assert network.look_after_seconds == (5, 15)


def test_secrets_are_hidden_wherever_settings_are_printed():
    environment = load({**SOCKET, **X, "X_API_SECRET": "canary-secret"})
    assert "canary" not in repr(environment) + str(environment.model_dump()) + repr(environment.network)


def test_the_environment_wins_over_the_file(tmp_path):
    (tmp_path / ".env").write_text("NETWORK_NAME=From the file\nSTEERING_CHANNEL='steering'\nOTHER=1\n")
    program = (
        "from bot.settings.loading import load; e = load(speaks=False); "
        "print(e.network_name, e.steering_channel, e.fee_period)"
    )
    told = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "NETWORK_NAME": "From the environment", "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "From the environment steering none\n"


def test_settings_for_demonstrations_read_neither_file_nor_environment(tmp_path):
    (tmp_path / ".env").write_text("NETWORK_NAME=From the file\n")
    program = (
        "from bot.settings.environment import Environment; "
        "print(Environment.of(fee_pence=5).model_dump(mode='json'))"
    )
    told = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "SLACK_BOT_TOKEN": BOT, "FEE_PENCE": "9", "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == f"{Environment.of(fee_pence=5).model_dump(mode='json')}\n"


def test_what_hosts_set_themselves_is_seen_too(tmp_path):
    assert set(os.environ) <= set(surroundings(tmp_path / "no.env"))


@pytest.mark.parametrize(
    ("host", "command"),
    [
        ("DYNO", "heroku addons:create heroku-postgresql:essential-0"),
        ("RENDER", "There is no command"),
        ("K_SERVICE", "gcloud sql instances create"),
        ("RAILWAY_ENVIRONMENT", "railway add --database postgres"),
        ("FLY_APP_NAME", "fly mpg create"),
        ("KUBERNETES_SERVICE_HOST", "There is no command"),
        ("ECS_CONTAINER_METADATA_URI_V4", "aws rds create-db-instance"),
    ],
)
def test_a_file_is_refused_where_the_disk_does_not_last(host, command):
    (sentence,) = sentences(**SOCKET, **{host: "1"})
    assert sentence.startswith("DATABASE_URL keeps the register in a file, but ")
    assert command in sentence
    assert load({**SOCKET, host: "1", "DATABASE_URL": "postgres://u:p@db/countmein"}).port == 8080


MOUNTS = """overlay / overlay rw 0 0
proc /proc proc rw 0 0
tmpfs /run tmpfs rw 0 0
/dev/vdb /data ext4 rw 0 0
server:/share /data/shared nfs4 rw 0 0
"""


@pytest.mark.parametrize(
    ("file", "fits"),
    [
        ("/data/countmein.db", True),
        ("/data/deeper/countmein.db", True),
        ("/data/shared/countmein.db", False),
        ("/run/countmein.db", False),
        ("/app/countmein.db", False),
    ],
)
def test_a_mounted_volume_lasts_where_the_host_sells_them(file, fits):
    assert lasting_disk.is_on_a_volume(Path(file), MOUNTS) is fits
    assert (lasting_disk.trouble(f"sqlite:///{file}", {"FLY_APP_NAME": "x"}, MOUNTS) == "") is fits
    assert lasting_disk.trouble(f"sqlite:///{file}", {"DYNO": "web.1"}, MOUNTS) != ""
    assert lasting_disk.trouble(f"sqlite:///{file}", {}, MOUNTS) == ""
