"""Four workers on one PostgreSQL: no delivery twice, never two in flight on one account."""

import pytest

from tests.evidence import jobs, throughput_told
from tests.evidence.jobs import Job


@pytest.mark.timeout(240)
def test_four_workers_share_sixty_deliveries_over_ten_accounts(tmp_path, postgres_url):
    with jobs.grounds(tmp_path, postgres_url) as ground:
        words = (f"--database={ground.database('PostgreSQL')}", "--workers=4", "--deliveries=60")
        told = jobs.run(Job("throughput", "tests.evidence.throughput", words))
    assert list(throughput_told.failures({"throughput": told})) == []
    assert (told["deliveries"], told["accounts"]) == (60, 10)
