"""The practice X driven by tweepy, as a bot drives the real one."""

import base64

import pytest
import requests
import tweepy

from tests.sandbox.x.running import client
from tests.sandbox.x.schemas import misfits, schema

NETWORK, DEVELOPER = "1700000000000000001", "1700000000000000002"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
AT = 1_806_400_000
UNKNOWN = "is not defined in the schema and the schema does not allow additional properties"
FIELDS = ["created_at", "entities", "note_tweet", "attachments", "author_id", "referenced_tweets"]


def refused(call, *args, **kwargs):
    """Status and body of a refusal, whatever class tweepy makes of it."""
    with pytest.raises(tweepy.HTTPException) as error:
        call(*args, **kwargs)
    return error.value.response.status_code, error.value.response.json()


def request(api, method, route, body=None):
    return api.request(method, route, params={}, json=body, user_auth=True)


def timeline(api, **asked):
    return api.get_users_tweets(NETWORK, user_auth=True, tweet_fields=FIELDS, **asked).json()


def test_a_post_answers_201_with_its_id_and_text(x, api):
    answer = api.create_tweet(text="Hello, Fenmarch")
    made = answer.json()["data"]
    assert answer.status_code == 201
    assert made == {"id": made["id"], "text": "Hello, Fenmarch", "edit_history_tweet_ids": [made["id"]]}
    assert x.texts() == ["Hello, Fenmarch"]


def test_every_answer_says_how_many_calls_are_left(x, api):
    x.control("clock", stand_still=AT)
    first, second = api.create_tweet(text="One").headers, api.create_tweet(text="Two").headers
    assert [first[f"x-rate-limit-{name}"] for name in ("limit", "remaining", "reset")] == [
        "100",
        "99",
        str(AT + 900),
    ]
    assert second["x-rate-limit-remaining"] == "98"
    assert first["x-access-level"] == "read-write"
    assert first["x-transaction-id"] != second["x-transaction-id"]


def test_a_reader_gets_a_rewritten_text(x, api):
    api.create_tweet(text="Tea & <cake>: see gov.uk/tea and https://www.gov.uk/cake")
    (post,) = timeline(api)["data"]
    first, second = post["entities"]["urls"]
    assert post["text"] == f"Tea &amp; &lt;cake&gt;: see {first['url']} and {second['url']}"
    assert [first["expanded_url"], second["expanded_url"]] == ["http://gov.uk/tea", "https://www.gov.uk/cake"]
    assert first["url"].startswith("https://t.co/")
    assert post["text"][first["start"] : first["end"]] == first["url"]


def test_a_long_post_is_cut_and_kept_whole_beside_it(x, api):
    x.control("switches", long_posts=["FenmarchDigital"])
    text = "Fenmarch " * 60 + "<end>"
    api.create_tweet(text=text)
    (post,) = timeline(api)["data"]
    assert post["text"] == text[:278] + "…"
    assert post["note_tweet"]["text"] == "Fenmarch " * 60 + "&lt;end&gt;"


def test_newer_names_are_those_x_describes(x, api):
    x.control("switches", newer_names=True, long_posts=["FenmarchDigital"])
    made = api.create_tweet(text="Fenmarch " * 40 + "gov.uk").json()
    read = timeline(api)
    me = api.get_me(user_auth=True).json()
    one = api.get_tweet(made["data"]["id"], user_auth=True, tweet_fields=FIELDS).json()
    deleted = api.delete_tweet(made["data"]["id"]).json()
    assert "edit_history_post_ids" in made["data"]
    assert "note_post" in read["data"][0]
    for value, name in (
        (made, "CreatePostsResponse"),
        (read, "GetUsersPostsResponse"),
        (me, "GetUsersMeResponse"),
        (one, "GetPostsByIdResponse"),
        (deleted, "DeletePostsResponse"),
    ):
        assert misfits(value, schema(name)) == []


def test_a_deleted_post_is_gone_for_readers(x, api):
    post_id = api.create_tweet(text="Oops").json()["data"]["id"]
    assert api.delete_tweet(post_id).json() == {"data": {"deleted": True}}
    assert timeline(api) == {"meta": {"result_count": 0}}
    assert api.get_tweet(post_id, user_auth=True).json() == {
        "errors": [
            {
                "value": post_id,
                "detail": f"Could not find tweet with id: [{post_id}].",
                "title": "Not Found Error",
                "resource_type": "tweet",
                "parameter": "id",
                "resource_id": post_id,
                "type": "https://api.twitter.com/2/problems/resource-not-found",
            }
        ]
    }


def test_somebody_elses_post_cannot_be_deleted(x, api):
    x.control("timeline", username="dev_marchetti", text="Mine")
    post_id = x.control("timeline")[0]["id"]
    assert refused(api.delete_tweet, post_id)[0] == 403


def test_the_same_words_again_are_refused_for_a_day_deleted_or_not(x, api):
    x.control("clock", stand_still=AT)
    post_id = api.create_tweet(text="Same").json()["data"]["id"]
    api.delete_tweet(post_id)
    body = {
        "title": "Forbidden",
        "detail": "You are not allowed to create a Tweet with duplicate content.",
        "type": "about:blank",
        "status": 403,
    }
    x.control("clock", advance=86_399)
    assert refused(api.create_tweet, text="Same ") == (403, body)
    x.control("clock", advance=2)
    assert api.create_tweet(text="Same").status_code == 201


@pytest.mark.parametrize(
    "body",
    [
        {"text": "x" * 281},
        {"text": "日" * 141},
        {"text": "." * 5_000},
        {"text": "$AAA or $BBB"},
        {"text": "Look", "quote_tweet_id": "1"},
    ],
)
def test_what_x_forbids_is_forbidden(x, api, body):
    assert refused(request, api, "POST", "/2/tweets", body)[0] == 403
    assert x.texts() == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "$.text: is missing but it is required"),
        ({"text": " \n"}, "$.text: is missing but it is required"),
        (
            {"text": "Hi", "idempotency_key": "1"},
            f"$.idempotency_key: {UNKNOWN}",
        ),
        (
            {"text": "Hi", "reply": {"in_reply_to_tweet_id": "1", "quietly": True}},
            f"$.reply.quietly: {UNKNOWN}",
        ),
        ({"text": 7}, "$.text: int found, string expected"),
        ({"text": "Hi", "nullcast": 1}, "$.nullcast: int found, boolean expected"),
        ({"text": "Hi", "reply": {}}, "$.reply.in_reply_to_tweet_id: is missing but it is required"),
        ({"text": "Hi", "media": {"media_ids": []}}, "$.media.media_ids: must be at least 1"),
        ({"text": "Hi", "media": {"media_ids": ["1"] * 5}}, "$.media.media_ids: must be at most 4"),
        (
            {"text": "Hi", "quote_tweet_id": "x"},
            "$.quote_tweet_id: does not match the regex pattern ^[0-9]{1,19}$",
        ),
        (
            {"text": "Hi", "reply": {"in_reply_to_tweet_id": "9"}},
            "You attempted to reply to a Tweet that is deleted or not visible to you.",
        ),
    ],
)
def test_a_request_that_does_not_fit_is_refused_with_its_fault(x, api, body, message):
    status, answer = refused(request, api, "POST", "/2/tweets", body)
    assert status == 400
    assert answer["errors"][0]["message"] == message
    assert (answer["title"], answer["type"]) == (
        "Invalid Request",
        "https://api.twitter.com/2/problems/invalid-request",
    )
    assert x.texts() == []


def test_a_reply_needs_a_mention_of_us_first(x, api):
    x.control("timeline", username="oxmere_council", text="Lovely day")
    x.control("timeline", username="oxmere_council", text="What says @FenmarchDigital to that?")
    silent, asking = (post["id"] for post in x.control("timeline"))
    assert refused(api.create_tweet, text="Indeed", in_reply_to_tweet_id=silent)[0] == 403
    assert api.create_tweet(text="Indeed", in_reply_to_tweet_id=asking).status_code == 201
    (post,) = timeline(api)["data"]
    assert post["referenced_tweets"] == [{"type": "replied_to", "id": asking}]
    assert timeline(api, exclude=["replies"]) == {"meta": {"result_count": 0}}


@pytest.mark.parametrize(("switch", "status"), [(False, 403), (True, 201)])
def test_replies_to_oneself_are_a_switch(x, api, switch, status):
    x.control("switches", own_replies=switch)
    first = api.create_tweet(text="One of two").json()["data"]["id"]
    try:
        answer = api.create_tweet(text="Two of two", in_reply_to_tweet_id=first)
    except tweepy.Forbidden as refusal:
        answer = refusal.response
    assert answer.status_code == status


def test_without_credits_nothing_is_taken(x, api):
    x.control("credits", balance=199)
    with pytest.raises(tweepy.HTTPException) as error:
        api.create_tweet(text="See gov.uk")
    answer = error.value.response
    assert answer.status_code == 402
    # The length of the body seen on the wire, with an account id of 19 digits.
    assert len(answer.content) == 185
    assert x.control("credits") == {"balance": 199, "spent": 0}


def test_every_call_has_its_price_and_a_read_costs_once_a_day(x, api):
    x.control("clock", stand_still=AT)
    plain = api.create_tweet(text="Plain").json()["data"]["id"]
    api.create_tweet(text="See gov.uk")
    assert x.control("credits")["spent"] == 15 + 200
    timeline(api)
    timeline(api)
    assert x.control("credits")["spent"] == 215 + 2 * 5
    api.delete_tweet(plain)
    api.get_me(user_auth=True)
    assert x.control("credits")["spent"] == 225 + 10 + 10
    x.control("clock", advance=86_400)
    timeline(api)
    assert x.control("credits")["spent"] == 245 + 5


def test_the_owner_of_the_app_reads_its_own_posts_for_less(x):
    portal = x.control("keys")["portal"]
    api = client(
        x, access_token=portal["X_ACCESS_TOKEN"], access_token_secret=portal["X_ACCESS_TOKEN_SECRET"]
    )
    api.create_tweet(text="Mine")
    api.get_users_tweets(DEVELOPER, user_auth=True)
    api.session.close()
    assert x.control("credits")["spent"] == 15 + 1


def test_a_full_window_is_refused_until_its_reset(x, api):
    x.control("clock", stand_still=AT)
    for number in range(50):
        assert api.delete_tweet(f"{number + 1}").json() == {"data": {"deleted": False}}
    with pytest.raises(tweepy.TooManyRequests) as error:
        api.delete_tweet("51")
    answer = error.value.response
    assert answer.json() == {
        "title": "Too Many Requests",
        "detail": "Too Many Requests",
        "type": "about:blank",
        "status": 429,
    }
    assert (answer.headers["x-rate-limit-remaining"], error.value.reset_time) == ("0", AT + 900)
    x.control("clock", advance=900)
    assert api.delete_tweet("51").status_code == 200


def test_a_timeline_lags_as_long_as_it_is_told(x, api):
    x.control("clock", stand_still=AT)
    x.control("lag", seconds=60)
    post_id = api.create_tweet(text="Soon").json()["data"]["id"]
    x.control("clock", advance=59)
    assert timeline(api) == {"meta": {"result_count": 0}}
    assert "errors" in api.get_tweet(post_id, user_auth=True).json()
    x.control("clock", advance=1)
    assert [post["id"] for post in timeline(api)["data"]] == [post_id]


def test_a_timeline_has_pages_and_bounds(x, api):
    x.control("clock", stand_still=AT)
    for number in range(12):
        x.control("timeline", username="FenmarchDigital", text=f"Number {number}")
        x.control("clock", advance=60)
    first = timeline(api, max_results=5)
    second = timeline(api, max_results=5, pagination_token=first["meta"]["next_token"])
    texts = [post["text"] for post in first["data"] + second["data"]]
    assert texts == [f"Number {number}" for number in range(11, 1, -1)]
    assert first["meta"] == {
        "result_count": 5,
        "newest_id": first["data"][0]["id"],
        "oldest_id": first["data"][-1]["id"],
        "next_token": first["meta"]["next_token"],
    }
    middle = second["data"][0]["id"]
    assert [p["text"] for p in timeline(api, since_id=middle)["data"]] == [
        f"Number {n}" for n in range(11, 6, -1)
    ]
    assert [p["text"] for p in timeline(api, until_id=middle, max_results=5)["data"]] == [
        f"Number {number}" for number in range(5, 0, -1)
    ]
    inside = timeline(api, start_time="2027-03-30T09:48:00Z", end_time="2027-03-30T09:50:00Z")
    assert [post["created_at"] for post in inside["data"]] == [
        "2027-03-30T09:49:40.000Z",
        "2027-03-30T09:48:40.000Z",
    ]


@pytest.mark.parametrize(
    ("asked", "status"),
    [({"max_results": 4}, 400), ({"max_results": 101}, 400), ({"start_time": "soon"}, 400)],
)
def test_a_timeline_refuses_what_it_cannot_read(x, api, asked, status):
    assert refused(api.get_users_tweets, NETWORK, user_auth=True, **asked)[0] == status


def test_a_picture_goes_up_in_one_request_and_out_with_its_alt_text(x, api):
    body = {"media": base64.b64encode(PNG).decode(), "media_category": "tweet_image"}
    up = request(api, "POST", "/2/media/upload", body).json()
    media_id = up["data"]["id"]
    assert up["data"] == {
        "id": media_id,
        "media_key": f"3_{media_id}",
        "size": 108,
        "expires_after_secs": 86_399,
    }
    alt = {"id": media_id, "metadata": {"alt_text": {"text": "A map of Fenmarch"}}}
    described = request(api, "POST", "/2/media/metadata", alt).json()
    assert described == {
        "data": {"id": media_id, "associated_metadata": {"alt_text": {"text": "A map of Fenmarch"}}}
    }
    made = api.create_tweet(text="Here is the map", media_ids=[media_id]).json()
    (post,) = timeline(api)["data"]
    short = post["entities"]["urls"][0]
    assert post["text"] == f"Here is the map {short['url']}" == made["data"]["text"]
    assert short["media_key"] == f"3_{media_id}" == post["attachments"]["media_keys"][0]
    kept = {"id": media_id, "content_type": "image/png", "size": 108, "alt_text": "A map of Fenmarch"}
    assert x.control("timeline")[0]["media"] == [kept]
    assert requests.get(f"{x.url}/x/media/{media_id}", timeout=5).content == PNG


def test_a_picture_goes_up_in_pieces(x, api):
    start = {"media_type": "image/png", "total_bytes": len(PNG), "media_category": "tweet_image"}
    media_id = request(api, "POST", "/2/media/upload/initialize", start).json()["data"]["id"]
    for index, piece in enumerate((PNG[:50], PNG[50:])):
        body = {"media": base64.b64encode(piece).decode(), "segment_index": index}
        request(api, "POST", f"/2/media/upload/{media_id}/append", body)
    assert refused(api.create_tweet, text="Too early", media_ids=[media_id])[0] == 400
    done = request(api, "POST", f"/2/media/upload/{media_id}/finalize").json()
    assert done["data"]["size"] == len(PNG)
    state = api.request(
        "GET", "/2/media/upload", params={"command": "STATUS", "media_id": media_id}, user_auth=True
    )
    assert state.json()["data"]["processing_info"] == {"state": "succeeded"}
    assert api.create_tweet(text="Now", media_ids=[media_id]).status_code == 201


def test_pieces_that_do_not_add_up_are_refused(x, api):
    start = {"media_type": "image/png", "total_bytes": len(PNG) + 1}
    media_id = request(api, "POST", "/2/media/upload/initialize", start).json()["data"]["id"]
    body = {"media": base64.b64encode(PNG).decode(), "segment_index": 0}
    request(api, "POST", f"/2/media/upload/{media_id}/append", body)
    assert refused(request, api, "POST", f"/2/media/upload/{media_id}/finalize")[0] == 400


def test_multipart_carries_raw_bytes(x, api):
    auth = tweepy.OAuth1UserHandler(
        api.consumer_key, api.consumer_secret, api.access_token, api.access_token_secret
    ).apply_auth()
    answer = api.session.post(
        "https://api.twitter.com/2/media/upload",
        data={"media_category": "tweet_image"},
        files={"media": ("map.png", PNG, "image/png")},
        auth=auth,
    )
    assert (answer.status_code, answer.json()["data"]["size"]) == (200, len(PNG))


@pytest.mark.parametrize(
    "body",
    [
        {"media": "not base64!", "media_category": "tweet_image"},
        {"media": base64.b64encode(b"no picture").decode(), "media_category": "tweet_image"},
        {"media": base64.b64encode(PNG).decode()},
        {"media": base64.b64encode(PNG).decode(), "media_category": "holiday_snap"},
    ],
)
def test_an_upload_that_does_not_fit_is_refused(x, api, body):
    assert refused(request, api, "POST", "/2/media/upload", body)[0] == 400


def test_alt_text_has_a_thousand_characters_at_most(x, api):
    body = {"media": base64.b64encode(PNG).decode(), "media_category": "tweet_image"}
    media_id = request(api, "POST", "/2/media/upload", body).json()["data"]["id"]
    alt = {"id": media_id, "metadata": {"alt_text": {"text": "x" * 1_001}}}
    assert refused(request, api, "POST", "/2/media/metadata", alt)[0] == 400


def test_a_picture_lives_for_a_day(x, api):
    x.control("clock", stand_still=AT)
    body = {"media": base64.b64encode(PNG).decode(), "media_category": "tweet_image"}
    media_id = request(api, "POST", "/2/media/upload", body).json()["data"]["id"]
    x.control("clock", advance=86_401)
    assert refused(api.create_tweet, text="Late", media_ids=[media_id])[0] == 400


def test_an_unknown_path_and_method_answer_as_x_does(x, api):
    assert refused(request, api, "GET", "/2/nowhere") == (
        404,
        {"title": "Not Found", "detail": "Not Found", "type": "about:blank", "status": 404},
    )
    assert refused(request, api, "PUT", "/2/tweets", {})[0] == 405
