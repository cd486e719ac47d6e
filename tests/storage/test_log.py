from sqlalchemy import update

from storage import log


def test_an_altered_entry_is_found(database, now):
    with database.write() as session:
        for name in ("Asha", "Bryn"):
            log.record(session, act="joined", by="countmein", about="person:1", now=now, facts={"name": name})
    with database.read() as session:
        assert list(log.broken_links(session)) == []
    with database.write() as session:
        session.execute(update(log.LogEntry).where(log.LogEntry.seq == 1).values(act="left"))
    with database.read() as session:
        assert [seq for seq, _ in log.broken_links(session)] == [1]


def test_forgetting_a_person_leaves_the_chain_verifiable(database, now):
    with database.write() as session:
        log.record(session, act="joined", by="countmein", about="person:1", now=now, facts={"name": "Asha"})
        log.record(session, act="left", by="person:1", about="person:1", now=now)
    with database.write() as session:
        log.forget(session, "person:1")
    with database.read() as session:
        assert list(log.broken_links(session)) == []
        assert session.query(log.LogDetail).count() == 0
