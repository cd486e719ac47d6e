"""Any order of acts, failures, deaths and clocks: a few walks; `make evidence` does a thousand."""

import pytest

from tests.evidence.model import machine
from tests.evidence.model.record import Template


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Template:
    return Template(tmp_path_factory.mktemp("model"))


@pytest.mark.parametrize("chosen", range(2))
def test_in_any_order_each_goes_out_at_most_once_and_only_approved(template, chosen):
    counts = machine.run(template, runs=2, steps=20, chosen=chosen)
    assert counts["steps"] >= 2 * 20
    template.database.dispose()
