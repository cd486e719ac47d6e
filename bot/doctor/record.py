"""The record: reachable, migrated, looked after; and whether enough people can approve."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.doctor import announcements
from bot.doctor.findings import Finding, Verdict, ok, unknown, wrong
from coop import offices, words
from coop.announcing.moment import Moment
from storage import heartbeats, outbox, outbox_claims, revisions
from storage.database import Database
from storage.offices import Role

BACKUP_EVERY = timedelta(days=7)


def examine(database: Database, moment: Moment) -> Iterator[Finding]:
    """Changes nothing: a SQLite file that does not exist yet is not made."""
    if not _exists(database):
        yield unknown(
            "There is no record yet.", "`countmein run` makes it when it starts for the first time."
        )
        return
    try:
        with database.read() as session:
            schema = schema_of(session, is_sqlite=database.is_sqlite)
            yield schema
            if schema.verdict is Verdict.OK:
                yield from _kept(session, moment)
                yield from announcements.examine(session, moment)
    except SQLAlchemyError as trouble:
        reason = str(getattr(trouble, "orig", trouble)).strip().splitlines()[:1]
        yield wrong(
            f"The database cannot be reached: {''.join(reason)}",
            "Check DATABASE_URL, and that the database is running.",
        )


def has_a_worker(database: Database, now: datetime) -> bool | None:
    """Whether a worker runs on this record; None where that cannot be told."""
    if not _exists(database):
        return False
    try:
        with database.read() as session:
            return revisions.current(session) is not None and heartbeats.worker_is_alive(session, now)
    except SQLAlchemyError:
        return None


def _exists(database: Database) -> bool:
    """A look into a SQLite file that is not there would make it."""
    return not database.is_sqlite or Path(database.url.database or "").exists()


def schema_of(session: Session, *, is_sqlite: bool) -> Finding:
    found, expected = revisions.current(session), revisions.HEAD
    if found == expected:
        return ok(f"The database can be reached and its schema is current ({expected}).")
    sentence = f"The database's schema is {found or 'not made yet'}; this version needs {expected}."
    if is_sqlite:
        return unknown(sentence, "`countmein run` brings it up to date when it starts. Make a backup first.")
    return wrong(sentence, "Make a backup, then type `countmein migrate`.")


def _kept(session: Session, moment: Moment) -> Iterator[Finding]:
    now = moment.now
    yield worker(heartbeats.last(session, heartbeats.WORKER), now)
    yield backup(heartbeats.last(session, heartbeats.BACKUP), now)
    yield from messages(session, now)
    steering = offices.current(session, moment.today, Role.STEERING)
    yield approvers(len({officer.person_id for officer in steering}), moment.settings.approvals_needed)


def worker(last: datetime | None, now: datetime) -> Finding:
    if last is None:
        return unknown(
            "The worker has never run, so nothing would be sent.",
            "Start `countmein run`, or `countmein worker`.",
        )
    if now - last < heartbeats.ALIVE_FOR:
        return ok(f"The worker is running; it last showed itself {words_for(now - last)} ago.")
    return wrong(
        f"The worker stopped {words_for(now - last)} ago, so nothing is being sent.",
        "Start `countmein run`, or `countmein worker`, and look at the end of its log.",
    )


def backup(last: datetime | None, now: datetime) -> Finding:
    fix = "Type `countmein backup FILE`, keep the file elsewhere, and let a timetable do it daily."
    if last is None:
        return wrong("No backup was ever made with `countmein backup`.", fix)
    if now - last > BACKUP_EVERY:
        return wrong(f"The last backup is {words_for(now - last)} old.", fix)
    return ok(f"The last backup was made {words_for(now - last)} ago.")


def messages(session: Session, now: datetime) -> Iterator[Finding]:
    """Messages that were given up, and why none is sent just now; nothing when all is well."""
    if pause := outbox_claims.paused(session, now):
        yield unknown(
            f"No message is sent for another {words_for(pause.until - now)}: {pause.reason}.",
            "Wait: sending goes on by itself.",
        )
    if given_up := outbox.failed(session):
        named = "; ".join(f"{row.kind} to {row.to}: {row.trouble}" for row in given_up[:10])
        yield wrong(
            f"{words.counted(len(given_up), 'message')} could not be delivered ({named}).",
            "Put right what it says, then type `countmein resend`.",
        )


def approvers(number: int, needed: int) -> Finding:
    """`needed` is how many besides the writer have to agree."""
    if number > needed:
        both = "; it takes two of them" if needed > 1 else ""
        return ok(f"{number} people can approve announcements, never their own{both}.")
    who = ("Nobody is", "Only one person is", "Only two people are")[number]
    takes = "a different person" if needed == 1 else "two different people (APPROVALS_NEEDED is 2)"
    return wrong(
        f"{who} in the steering group, so no announcement can be approved: it takes {takes}.",
        "Type `countmein founders U1 U2 U3 --until DATE` on the first day, later "
        "`countmein role grant U1 steering --until DATE`.",
    )


def words_for(span: timedelta) -> str:
    """A span of time in its largest whole unit: "3 days", "1 hour", "20 seconds"."""
    seconds = max(0, round(span.total_seconds()))
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            return f"{seconds // size} {unit}{'' if seconds // size == 1 else 's'}"
    return f"{seconds} second{'' if seconds == 1 else 's'}"
