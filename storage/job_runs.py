"""Which of the house's daily jobs has run on which day."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base
from storage.inserting import insert_new


class JobRun(Base):
    """The key is the network's calendar date, so that a clock change neither doubles nor skips a run."""

    __tablename__ = "job_runs"

    job: Mapped[str] = mapped_column(primary_key=True)
    local_date: Mapped[date] = mapped_column(primary_key=True)
    at: Mapped[datetime]


def claim(session: Session, job: str, local_date: date, now: datetime) -> bool:
    """True for the first claim of that day; the row goes with its transaction."""
    return insert_new(session, JobRun, job=job, local_date=local_date, at=now)


def last_days(session: Session, until: date) -> dict[str, date]:
    """The last day each job has run on. Days after `until` are a wrong clock's, and count for nothing."""
    last = select(JobRun.job, func.max(JobRun.local_date)).where(JobRun.local_date <= until)
    return {row[0]: row[1] for row in session.execute(last.group_by(JobRun.job))}


def last_at(session: Session, job: str) -> datetime | None:
    return session.scalar(select(func.max(JobRun.at)).where(JobRun.job == job))
