"""Whoever has no Slack account is called by name, wherever others are mentioned."""

from coop.announcing import listing, stopping, telling
from coop.announcing.moment import Moment
from coop.announcing.sending import settling
from coop.announcing.sending.settling import Question
from coop.publishing import AskPerson
from storage import people
from tests import lanes
from tests.coop.people import queued


def loses_the_account(group, session, person_id):
    for account in session.query(people.SlackAccount).filter_by(person_id=person_id):
        account.unlinked_at = group.clock.now
    session.flush()


def test_somebody_without_an_account_or_a_name_is_neither(group):
    with group.database.write() as session:
        assert people.mentionable(session, group.asha) == "U0ASHA"
        loses_the_account(group, session, group.asha)
        assert people.mentionable(session, group.asha) == "=U0Asha"
        people.person(session, group.asha).name = None
        assert people.mentionable(session, group.asha) == "="


def test_an_announcement_names_its_people_after_they_have_gone(group):
    group.x.answers = [AskPerson("Copy it.")]
    proposed = group.propose()
    group.approve(proposed.id)
    lanes.tick(group.deps, group.clock.forward(minutes=10))
    with group.acting() as (session, facts):
        [to] = group.see(proposed.id).deliveries
        settling.posted_by_hand(session, question=Question(to.id, to.attempt_no), by=group.asha, **facts)
        stopping.stop_all(session, by=group.asha, **facts)
        loses_the_account(group, session, group.asha)
        loses_the_account(group, session, group.bryn)
    one = group.see(proposed.id)
    assert (one.owner, one.deliveries[0].settled_by) == ("=U0Asha", "=U0Asha")
    assert one.approved_by == ()  # nobody acts, or counts, without an account
    with group.acting() as (session, facts):
        moment = Moment(group.clock.now, group.settings)
        assert listing.listing(session, moment).stopped_by == "=U0Asha"
        assert stopping.resume_all(session, by=group.carys, **facts).stopped_by == "=U0Asha"


def test_what_was_asked_of_somebody_who_has_gone_is_told_in_the_thread_alone(group):
    proposed = group.propose()
    group.approve(proposed.id)
    with group.acting() as (session, facts):
        loses_the_account(group, session, group.asha)
        stopping.stop_one(session, announcement_id=proposed.id, by=group.bryn, **facts)
        kinds = [kind for kind, _ in queued(session, to="C0STEERING")]
        assert kinds.count(telling.STOPPED) == 1
        assert queued(session, to="=U0Asha") == queued(session, to="") == []
