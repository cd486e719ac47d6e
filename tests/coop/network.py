"""One member who joins, pays, leaves and comes back, as whatever network they do it in has it."""

from datetime import date, timedelta

from coop import approving, fees, joining, leaving, paying, standing
from coop.details import Form
from coop.joining import Account
from storage import fees as record
from storage import people
from storage.fees import Fee
from storage.members import Application, ApplicationState
from storage.offices import Role
from tests.coop.people import TEAM, an_officer

DAY = timedelta(days=1)
FORM = Form("Dev Marchetti", "dev@barsetshire.example", is_old_enough=True, agrees=True)


class Network:
    """Dev, a treasurer, and a steering group where the network has one decide."""

    def __init__(self, database, now, settings):
        self.database, self.now, self.settings = database, now, settings
        long = {"now": now, "until": date(2031, 3, 31)}
        with database.write() as session:
            self.treasurer = an_officer(session, "UTREE", Role.TREASURER, **long)
            self.steering = an_officer(session, "USTEER", Role.STEERING, **long)

    def act(self, rule, **facts):
        with self.database.write() as session:
            return rule(session, settings=self.settings, now=self.now, **facts)

    def applies(self):
        return self.act(joining.apply, account=Account(TEAM, "UDEV"), form=FORM)

    def decides(self):
        with self.database.read() as session:
            waiting = session.query(Application).filter_by(state=ApplicationState.WAITING).all()
            ids = [application.id for application in waiting]
        for application_id in ids:
            self.act(approving.approve, application_id=application_id, by=self.steering)

    def joins(self, *, decided_after=timedelta(0)):
        """Applies; whoever has to decide does; what is owed is paid."""
        applied = self.applies()
        self.now += decided_after
        self.decides()
        self.pays()
        return applied

    def pays(self):
        if due := [fee.id for fee in self.owed()]:
            paid_on = self.now.date()
            self.act(paying.mark_paid, fee_ids=due, paid_on=paid_on, by=self.treasurer)

    def leaves(self):
        return self.act(leaving.leave, team_id=TEAM, user_id="UDEV")

    def charges(self):
        """The daily job, until it says that nobody is left to charge."""
        while self.act(fees.raise_fees):
            pass

    def owed(self):
        with self.database.read() as session:
            return list(record.open_fees(session, people.person_id_of(session, TEAM, "UDEV")))

    def fees(self):
        """First day, last day and whether it is paid, of every fee that was ever asked of Dev."""
        with self.database.read() as session:
            dev = people.person_id_of(session, TEAM, "UDEV")
            rows = session.query(Fee).filter_by(person_id=dev).order_by(Fee.id)
            return [(row.covers_from, row.covers_until, row.paid_on is not None) for row in rows]

    def state(self):
        with self.database.read() as session:
            facts = {"today": self.now.date(), "now": self.now}
            return standing.of_account(session, TEAM, "UDEV", **facts).state
