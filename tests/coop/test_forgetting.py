from datetime import timedelta

from coop import details, forgetting, joining, leaving
from coop.details import Form
from coop.joining import Account
from coop.settings import JoinApproval, Settings
from storage import people
from storage.log import LogDetail, broken_links
from storage.members import Application
from tests.coop.people import TEAM

OPEN = Settings(network_name="Barset Digital")
STEERED = OPEN.model_copy(update={"join_approval": JoinApproval.STEERING, "steering_channel": "GSTEER"})
FORM = Form("Asha Patel", "asha@barsetshire.example", is_old_enough=True, agrees=True)


def applies(database, now, settings=OPEN):
    with database.write() as session:
        joining.apply(session, account=Account(TEAM, "UASHA"), form=FORM, settings=settings, now=now)
        return people.person_id_of(session, TEAM, "UASHA")


def leaves(database, now):
    with database.write() as session:
        leaving.leave(session, team_id=TEAM, user_id="UASHA", settings=OPEN, now=now)


def forgets(database, now):
    with database.write() as session:
        return forgetting.forget(session, settings=OPEN, now=now)


def all_details(session):
    return " ".join(detail.value for detail in session.query(LogDetail))


def test_an_e_mail_is_erased_thirty_days_after_leaving_and_the_register_stays(database, now):
    person_id = applies(database, now)
    leaves(database, now)
    assert forgets(database, now + timedelta(days=30)) == 0
    assert forgets(database, now + timedelta(days=31)) == 1
    assert forgets(database, now + timedelta(days=31)) == 0
    with database.read() as session:
        row = people.person(session, person_id)
        assert (row.name, row.email, row.member_number) == ("Asha Patel", None, 1)
        assert "asha@barsetshire.example" not in all_details(session)
        assert "Asha Patel" in all_details(session)
        assert list(broken_links(session)) == []


def test_members_and_those_who_apply_again_keep_their_e_mail(database, now):
    person_id = applies(database, now)
    assert forgets(database, now + timedelta(days=400)) == 0
    leaves(database, now)
    applies(database, now + timedelta(days=20), STEERED)
    assert forgets(database, now + timedelta(days=400)) == 0
    with database.read() as session:
        assert people.person(session, person_id).email == "asha@barsetshire.example"


def test_an_application_that_came_to_nothing_is_erased_after_a_year(database, now):
    person_id = applies(database, now, STEERED)
    assert forgets(database, now + timedelta(days=400)) == 0
    leaves(database, now)
    assert forgets(database, now + timedelta(days=365)) == 0
    assert forgets(database, now + timedelta(days=366)) == 1
    assert forgets(database, now + timedelta(days=366)) == 0
    with database.read() as session:
        row = people.person(session, person_id)
        assert (row.name, row.email) == (None, None)
        assert people.person_id_of(session, TEAM, "UASHA") is None
        assert session.query(Application).count() == 0
        assert "Asha" not in all_details(session)
        assert list(broken_links(session)) == []


def test_a_changed_e_mail_is_erased_with_the_one_before(database, now):
    applies(database, now)
    with database.write() as session:
        details.change(
            session, team_id=TEAM, user_id="UASHA", name="Asha Patel", email="asha@new.example", now=now
        )
    leaves(database, now)
    forgets(database, now + timedelta(days=31))
    with database.read() as session:
        assert "@" not in all_details(session)
        assert list(broken_links(session)) == []
