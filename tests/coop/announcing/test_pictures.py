"""Pictures in the record: agreed to with the words, sent with them or not at all, forgotten when unused."""

import hashlib
from dataclasses import replace

import pytest
from sqlalchemy import create_engine

from coop.announcing import content, drafting, pictures, proposing
from coop.announcing.content import Agreed, Picture
from coop.errors import UserError
from coop.publishing import Content, Image, NotFound, Unknown
from publishers.bluesky import media
from publishers.mastodon import media as mastodon_media
from publishers.slack_channel import files
from publishers.x import media as x_media
from storage import pictures as stored
from storage.attempts import Attempt
from storage.pictures import Blob, Shape
from tests import lanes
from tests.announcing import MEETUP, ON_X, Clock, Group
from tests.coop.people import queued


def kept(group, data=b"a map", name="map.png", alt="A map.", **more):
    """A picture in the record, as it stands in what is agreed to."""
    sha256 = hashlib.sha256(data).hexdigest()
    with group.acting() as (session, facts):
        stored.keep_blob(session, Shape(sha256, "image/png", 40, 30), data, facts["now"])
    return Picture(sha256, name, alt, **more)


def propose(group, *images, edits=None):
    with group.acting() as (session, facts):
        agreed = Agreed(MEETUP, ON_X, None, images)
        if edits:
            return proposing.edit(session, announcement_id=edits, agreed=agreed, by=group.asha, **facts)
        return proposing.propose(session, agreed=agreed, by=group.asha, **facts)


def sent(group, number):
    group.approve(number)
    lanes.tick(group.deps, group.clock.forward(minutes=11))


AGREED = Agreed(
    MEETUP, ON_X, None, (Picture("1" * 64, "map.png", "A map."), Picture("2" * 64, "b.png", "B."))
)
FIRST, SECOND = AGREED.images


def test_the_canonical_form_names_each_picture_with_its_description_in_order():
    images = f'"images":[["{"1" * 64}","A map."],["{"2" * 64}","B."]]'
    assert images in content.canonical(AGREED)


@pytest.mark.parametrize(
    "images",
    [(), (FIRST,), (SECOND, FIRST), (replace(FIRST, alt_text="A map"), SECOND), (replace(FIRST, sha256="3" * 64), SECOND)],
)  # fmt: skip
def test_another_picture_order_or_description_is_another_content(images):
    assert content.content_hash(replace(AGREED, images=images)) != content.content_hash(AGREED)


def test_what_a_file_is_called_is_not_agreed_to():
    renamed = (replace(FIRST, name="other.png"), SECOND)
    assert content.content_hash(replace(AGREED, images=renamed)) == content.content_hash(AGREED)


def test_the_longest_description_is_what_every_network_takes():
    limits = {
        "x": x_media.LIMITS,
        "mastodon": mastodon_media.LIMITS,
        "bluesky": media.LIMITS,
        "slack": files.LIMITS,
    }
    assert {network: its.alt_text for network, its in limits.items()} == pictures.LONGEST_ALT
    assert [pictures.longest_alt(these) for these in (["bluesky", "x"], ["mastodon"], ["by_hand"])] == [
        1_000,
        1_500,
        2_000,
    ]


def test_the_attempt_carries_the_pictures_and_its_hash_says_so(group):
    tried = []
    group.x.answers.append(tried.append)
    sent(group, propose(group, kept(group), kept(group, b"b", alt="", waived=True)).id)
    (attempt,) = tried
    assert [(one.data, one.alt_text, one.content_type) for one in attempt.content.images] == [
        (b"a map", "A map.", "image/png"),
        (b"b", "", "image/png"),
    ]
    with group.database.read() as session:
        written = session.query(Attempt).one().sha256
    assert written == content.sha256_of(attempt.content) != hashlib.sha256(MEETUP.encode()).hexdigest()


def test_what_is_looked_for_has_the_same_pictures_without_their_bytes(group):
    picture, looked_for = kept(group), []
    group.x.answers.append(Unknown("timed out"))
    group.x.sightings.append(lambda attempt: looked_for.append(attempt) or NotFound())
    sent(group, propose(group, picture).id)
    lanes.reconcile(group.deps, group.clock.forward(seconds=6))
    (attempt,) = looked_for
    assert attempt.content.images == (Image(picture.sha256, "image/png", "A map.", b""),)


def test_words_alone_hash_as_they_always_did():
    assert content.sha256_of(Content(MEETUP)) == hashlib.sha256(MEETUP.encode()).hexdigest()


def test_bytes_that_are_not_those_agreed_to_hold_the_delivery_and_nothing_leaves(group):
    number = propose(group, kept(group)).id
    with group.acting() as (session, _facts):
        session.query(Blob).update({"content": b"another map"})
    sent(group, number)
    assert group.x.posts == []
    assert group.states(number) == ["held picture_gone"]
    (to,) = group.see(number).deliveries
    assert to.reason == "Picture 1, map.png, is not in the record as it was approved."


def test_a_picture_missing_from_the_record_holds_the_delivery(sqlite, now):
    group = Group(sqlite, Clock(now))
    number = propose(group, kept(group)).id
    engine = create_engine(sqlite.url)  # without the keys that would have refused it
    with engine.begin() as connection:
        connection.exec_driver_sql("delete from blobs")
    engine.dispose()
    sent(group, number)
    assert (group.x.posts, group.states(number)) == ([], ["held picture_gone"])
    assert group.see(number).images[0].content_type == ""


def test_an_edit_of_a_description_voids_the_approval_and_shows_the_pictures_again(group):
    picture = kept(group)
    number = propose(group, picture).id
    group.approve(number)
    edited = propose(group, replace(picture, alt_text="A map of Leeds."), edits=number)
    assert edited.voided == ("U0BRYN",)
    assert not group.see(number).approved
    propose(group, replace(picture, alt_text="A map of Leeds."), edits=number)
    with group.database.read() as session:
        shown = [facts for kind, facts in queued(session, to="C0STEERING") if kind == "announcement_picture"]
    assert len(shown) == 2


@pytest.mark.parametrize("alt", ["", "  "])
def test_a_picture_nobody_describes_is_refused_by_the_rule_itself(group, alt):
    with pytest.raises(pictures.Undescribed) as refused:
        propose(group, kept(group), kept(group, b"b", alt=alt))
    assert refused.value.number == 2
    assert propose(group, kept(group, b"b", alt="", waived=True)).id


def test_five_pictures_are_refused_by_the_rule_itself(group):
    with pytest.raises(UserError, match="takes 4 pictures, and these are 5"):
        propose(group, *(kept(group, bytes([n])) for n in range(5)))


def test_pictures_nobody_shows_are_forgotten_after_three_days_and_no_others(group):
    used, drafted, _unused = (kept(group, name.encode()) for name in ("used", "drafted", "unused"))
    propose(group, used)
    with group.acting() as (session, facts):
        entered = {"text": "Words.", "pictures": [{"name": "b.png", "sha256": drafted.sha256}]}
        drafting.keep(session, window="w", entered=entered, by=group.asha, now=facts["now"])
    assert forget(group, days=2) == 0
    assert forget(group, days=2) == 1
    with group.database.read() as session:
        assert {blob.content for blob in session.query(Blob)} == {b"used", b"drafted"}


def test_a_picture_chosen_again_is_kept_once_and_as_long_as_a_new_one(group):
    kept(group)
    group.clock.forward(days=2)
    kept(group)
    assert forget(group, days=2) == 0


def forget(group, **later):
    with group.database.write() as session:
        return pictures.forget_unused(session, group.clock.forward(**later))
