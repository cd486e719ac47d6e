"""Files, uploaded in three steps."""

import base64

from slack_sdk import WebClient

from tests.sandbox.driving import ASHA, GENERAL, STEERING, Bot, Practice, fetch
from tests.sandbox.test_calling import refused

PICTURE = b"\x89PNG\r\n\x1a\n invented"


def put(url, body):
    status, _, answer = fetch(url, body, content_type="application/octet-stream")
    return status, answer.decode()


def uploaded(web, name="card.png", alt="Member 7"):
    given = web.files_getUploadURLExternal(filename=name, length=len(PICTURE), alt_txt=alt)
    assert put(given["upload_url"], PICTURE) == (200, f"OK - {len(PICTURE)}")
    return given["file_id"]


def content(practice, file):
    _, headers, body = fetch(f"{practice.url}/control/files/{file}")
    return headers["content-type"], body


def test_the_sdks_own_upload_shares_a_file(practice: Practice, web: WebClient):
    answer = web.files_upload_v2(
        channel=GENERAL, content=PICTURE, filename="card.png", title="Card", initial_comment="Yours"
    )
    file = answer["file"]
    assert (file["name"], file["title"], file["size"], file["mimetype"]) == (
        "card.png",
        "Card",
        len(PICTURE),
        "image/png",
    )
    (message,) = practice.messages(ASHA, GENERAL)
    assert (message["text"], message["subtype"], message["files"][0]["id"]) == (
        "Yours",
        "file_share",
        file["id"],
    )
    assert content(practice, file["id"]) == ("image/png", PICTURE)
    assert list(web.files_info(file=file["id"])["file"]["shares"]["public"]) == [GENERAL]


def test_an_unshared_file_is_shown_by_a_block(practice: Practice, web: WebClient):
    file = uploaded(web)
    block = {"type": "image", "slack_file": {"id": file}, "alt_text": "Member 7"}
    early = refused(web.chat_postMessage, channel=ASHA, text="Your card", blocks=[block])
    assert early["error"] == "invalid_blocks"
    (done,) = web.files_completeUploadExternal(files=[{"id": file, "title": "Card"}])["files"]
    assert (done["title"], done["alt_txt"], done["channels"]) == ("Card", "Member 7", [])
    message = web.chat_postMessage(channel=ASHA, text="Your card", blocks=[block])["message"]
    assert message["files"][0]["id"] == file
    assert practice.texts(ASHA) == ["Your card"]


def test_an_upload_goes_into_a_thread(practice: Practice, web: WebClient):
    ts = web.chat_postMessage(channel=GENERAL, text="a")["ts"]
    web.files_completeUploadExternal(files=[{"id": uploaded(web)}], channel_id=GENERAL, thread_ts=ts)
    assert web.conversations_replies(channel=GENERAL, ts=ts)["messages"][1]["files"][0]["name"] == "card.png"


def test_each_step_can_be_refused(web: WebClient):
    assert refused(web.files_getUploadURLExternal, filename="a", length=0)["error"] == "missing_argument"
    empty = web.files_getUploadURLExternal(filename="a.txt", length=3)["file_id"]
    for files in ([{"id": empty}], [{"id": "F0"}]):
        assert refused(web.files_completeUploadExternal, files=files)["error"] == "file_not_found"
    once = uploaded(web)
    private = refused(web.files_completeUploadExternal, files=[{"id": once}], channel_id=STEERING)
    assert private["error"] == "channel_not_found"
    web.files_completeUploadExternal(files=[{"id": once}])
    assert refused(web.files_completeUploadExternal, files=[{"id": once}])["error"] == "file_not_found"
    assert put(web.base_url.replace("/api/", "/upload/v1/F0"), b"x")[0] == 404


def test_an_app_fetches_a_persons_picture_where_it_may(practice: Practice, bot: Bot):
    picture = base64.b64encode(PICTURE).decode()
    practice.post("upload", user=ASHA, channel=GENERAL, name="kettle.png", content=picture, text="look")
    (event,) = [each["event"] for each in bot.of_type("message")]
    assert (event["subtype"], event["text"], event["files"][0]["name"]) == (
        "file_share",
        "look",
        "kettle.png",
    )
    url, token = event["files"][0]["url_private"], practice.app["bot_token"]
    assert fetch(url, authorization=f"Bearer {token}")[::2] == (200, PICTURE)
    assert fetch(url)[0] == 302
    practice.post("upload", user=ASHA, channel=STEERING, name="secret.png", content=picture)
    secret = practice.messages(ASHA, STEERING)[0]["files"][0]["url_private"]
    assert fetch(secret, authorization=f"Bearer {token}")[0] == 302


def test_a_deleted_file_is_gone(practice: Practice, web: WebClient):
    file = uploaded(web)
    web.files_completeUploadExternal(files=[{"id": file}])
    web.files_delete(file=file)
    assert refused(web.files_info, file=file)["error"] == "file_not_found"
