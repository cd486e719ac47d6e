"""Every case of Twitter's conformance set that applies comes out as there, but for those with a reason."""

import pytest

from tests.evidence import lengths


@pytest.mark.parametrize("group", lengths.GROUPS, ids=lambda group: group.name)
def test_twitters_own_cases_come_out_as_there(group):
    if not lengths.SAMPLES.is_dir():
        pytest.skip("../shared/data/twitter-text is absent: Twitter's conformance cases not run")
    found = lengths.differing(group)
    assert len(found) == group.differ, found
    assert bool(found) == bool(group.why)


def test_no_link_of_twitters_own_cases_is_missed():
    if not lengths.SAMPLES.is_dir():
        pytest.skip("../shared/data/twitter-text is absent: Twitter's conformance cases not run")
    (urls,) = (group for group in lengths.GROUPS if (group.file, group.name) == ("extract", "urls"))
    missed = [wanted for ours, wanted in lengths.differing(urls).values() if not set(wanted) <= set(ours)]
    assert missed == []
