"""People and conversations, as an app may know them."""

import pytest
from slack_sdk import WebClient

from tests.sandbox.driving import (
    ASHA,
    BRYN,
    DEV,
    EBELE,
    GENERAL,
    INES,
    JONAS,
    KIT,
    NEWS,
    ROTA,
    STEERING,
    Practice,
)
from tests.sandbox.test_calling import refused


def test_people_have_real_fields(practice: Practice, web: WebClient):
    asha = web.users_info(user=ASHA)["user"]
    assert (asha["real_name"], asha["profile"]["display_name"]) == ("Asha Pennington", "Asha")
    assert (asha["is_owner"], asha["is_restricted"], asha["is_bot"], asha["deleted"]) == (
        True,
        False,
        False,
        False,
    )
    assert (asha["tz"], asha["tz_offset"] in (0, 3600)) == ("Europe/London", True)
    assert asha["profile"]["email"] == "asha@fenmarch.example"
    assert web.users_info(user=INES)["user"]["is_ultra_restricted"] is True
    assert web.users_info(user=JONAS)["user"]["team_id"] != asha["team_id"]
    assert web.users_info(user=KIT)["user"]["deleted"] is True
    assert web.users_info(user=ROTA)["user"]["is_bot"] is True
    assert refused(web.users_info, user="U0NOBODY")["error"] == "user_not_found"


def test_email_needs_its_own_scope(practice: Practice):
    web = practice.install(scopes=["users:read"])
    assert "email" not in web.users_info(user=ASHA)["user"]["profile"]
    assert refused(web.users_lookupByEmail, email="asha@fenmarch.example")["error"] == "missing_scope"


def test_people_are_found_by_email(practice: Practice, web: WebClient):
    assert web.users_lookupByEmail(email="Asha@fenmarch.example")["user"]["id"] == ASHA
    assert refused(web.users_lookupByEmail, email="nobody@fenmarch.example")["error"] == "users_not_found"


def test_three_thousand_people_come_in_pages(practice: Practice, web: WebClient):
    practice.post("people", count=3000)
    pages = [page["members"] for page in web.users_list(limit=1000)]
    assert [len(page) for page in pages] == [1000, 1000, 1000, 13]
    ids = {member["id"] for page in pages for member in page}
    assert len(ids) == 3013
    assert web.conversations_info(channel=GENERAL, include_num_members=True)["channel"]["num_members"] > 3000


def test_people_can_be_described(practice: Practice, web: WebClient):
    practice.post("people", people=[{"id": "U0NEWTEST01", "real_name": "Tam Underhill", "tz": "Asia/Tokyo"}])
    user = web.users_info(user="U0NEWTEST01")["user"]
    assert (user["real_name"], user["name"], user["tz_offset"]) == ("Tam Underhill", "tam.underhill", 32400)


def test_a_profile_has_an_address_of_its_own(practice: Practice, web: WebClient):
    assert web.users_profile_get(user=ASHA)["profile"]["real_name"] == "Asha Pennington"


def test_private_channels_do_not_exist_for_outsiders(practice: Practice, web: WebClient):
    names = [
        each["name"] for each in web.conversations_list(types="public_channel,private_channel")["channels"]
    ]
    assert names == ["general", "announcements", "open-data", "tea-room"]
    assert refused(web.conversations_info, channel=STEERING)["error"] == "channel_not_found"
    practice.post("invite", channel=STEERING, user="bot", inviter=ASHA)
    steering = web.conversations_info(channel=STEERING)["channel"]
    assert (steering["is_private"], steering["is_member"], steering["is_channel"]) == (True, True, False)
    names = [each["name"] for each in web.conversations_list(types="private_channel")["channels"]]
    assert names == ["steering"]


def test_conversations_know_their_kind_and_members(practice: Practice, web: WebClient):
    general = web.conversations_info(channel=GENERAL)["channel"]
    assert (general["name"], general["is_general"], general["is_member"]) == ("general", True, True)
    members = web.conversations_members(channel=GENERAL)["members"]
    assert ASHA in members
    assert INES not in members
    assert [len(page["members"]) for page in web.conversations_members(channel=GENERAL, limit=6)] == [6, 4]
    assert refused(web.conversations_list, types="rooms")["error"] == "invalid_types"


def test_an_app_knows_where_it_and_others_are(practice: Practice, web: WebClient):
    assert [each["id"] for each in web.users_conversations()["channels"]] == [GENERAL]
    assert STEERING not in [each["id"] for each in web.users_conversations(user=ASHA)["channels"]]
    practice.post("invite", channel=STEERING, user="bot", inviter=ASHA)
    assert [each["id"] for each in web.users_conversations()["channels"]] == [GENERAL, STEERING]


def test_direct_messages_open_once(practice: Practice, web: WebClient):
    first = web.conversations_open(users=DEV, return_im=True)
    again = web.conversations_open(users=[DEV], return_im=True)
    assert (first["already_open"], again["already_open"]) == (False, True)
    assert first["channel"]["id"] == again["channel"]["id"]
    assert first["channel"]["user"] == DEV
    assert web.conversations_open(channel=first["channel"]["id"])["channel"]["id"] == first["channel"]["id"]
    group = web.conversations_open(users=f"{DEV},{EBELE}", return_im=True)["channel"]
    assert group["is_mpim"] is True


@pytest.mark.parametrize(
    ("users", "code"),
    [
        ("", "users_list_not_supplied"),
        ("U0NOBODY", "user_not_found"),
        (KIT, "user_disabled"),
        (ROTA, "cannot_dm_bot"),
        (f"{ASHA},{BRYN},{DEV},{EBELE},{INES},{JONAS},{KIT},{ROTA},U0NINTH", "too_many_users"),
    ],
)
def test_not_everybody_can_be_written_to(web: WebClient, users, code):
    assert refused(web.conversations_open, users=users)["error"] == code


def test_joining_twice_is_a_warning(practice: Practice, web: WebClient):
    assert web.conversations_join(channel=NEWS)["channel"]["is_member"] is True
    assert web.conversations_join(channel=NEWS)["warning"] == "already_in_channel"
    web.conversations_leave(channel=NEWS)
    assert practice.app["bot_user_id"] not in web.conversations_members(channel=NEWS)["members"]
    assert web.conversations_leave(channel=NEWS)["not_in_channel"] is True


def test_channels_are_made_filled_and_emptied(practice: Practice, web: WebClient):
    made = web.conversations_create(name="biscuits")["channel"]["id"]
    assert refused(web.conversations_create, name="biscuits")["error"] == "name_taken"
    assert refused(web.conversations_create, name="Big Biscuits")["error"] == "invalid_name_specials"
    web.conversations_invite(channel=made, users=[ASHA, DEV])
    assert refused(web.conversations_invite, channel=made, users=ASHA)["error"] == "already_in_channel"
    assert refused(web.conversations_invite, channel=made, users=INES)["error"] == "ura_max_channels"
    partly = web.conversations_invite(channel=made, users=[BRYN, KIT], force=True)
    assert partly["errors"] == [{"ok": False, "user": KIT, "error": "user_not_found"}]
    web.conversations_kick(channel=made, user=DEV)
    bot = practice.app["bot_user_id"]
    assert web.conversations_members(channel=made)["members"] == [bot, ASHA, BRYN]
    assert refused(web.conversations_kick, channel=made, user=bot)["error"] == "cant_kick_self"
    assert refused(web.conversations_kick, channel=GENERAL, user=ASHA)["error"] == "cant_kick_from_general"


def test_user_groups_follow_a_list(practice: Practice, web: WebClient):
    group = web.usergroups_create(name="Members", handle="members")["usergroup"]["id"]
    assert refused(web.usergroups_create, name="Members")["error"] == "name_already_exists"
    assert refused(web.usergroups_create, name="Other", handle="members")["error"] == "handle_already_exists"
    web.usergroups_users_update(usergroup=group, users=[ASHA, DEV])
    assert web.usergroups_users_list(usergroup=group)["users"] == [ASHA, DEV]
    empty = refused(web.usergroups_users_update, usergroup=group, users="")
    assert empty["error"] == "no_users_provided"
    nobody = refused(web.usergroups_users_update, usergroup=group, users="U0NOBODY")
    assert nobody["error"] == "invalid_users"
    assert web.usergroups_list(include_count=True)["usergroups"][0]["user_count"] == 2
    web.usergroups_disable(usergroup=group)
    assert web.usergroups_list()["usergroups"] == []
    web.usergroups_enable(usergroup=group)
    assert refused(web.usergroups_users_list, usergroup="S0")["error"] == "no_such_subteam"


def test_the_team_its_emoji_and_its_bots(practice: Practice, web: WebClient):
    assert web.team_info()["team"]["name"] == "Fenmarch Digital Network"
    assert web.emoji_list()["emoji"]["marsh"] == "alias:fenmarch"
    own = web.bots_info(bot=practice.app["bot_id"])["bot"]
    assert (own["name"], own["user_id"]) == ("Tea Rota", practice.app["bot_user_id"])
    assert web.bots_info(bot="B000000ROTA")["bot"]["name"] == "Rota Robot"
    assert refused(web.bots_info, bot="B0")["error"] == "bot_not_found"
