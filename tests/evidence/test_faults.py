"""Each fault on each network ends in the state that is safe there; the practice networks play them."""

import pytest

from sandbox.server import serve_in_thread
from tests.evidence import fault_cells, faults
from tests.evidence.points import ANYWHERE
from tests.evidence.practice_world import installed


@pytest.fixture(scope="module")
def bench(tmp_path_factory, empty_sqlite):
    record = tmp_path_factory.mktemp("faults") / "record.db"
    record.write_bytes(empty_sqlite.read_bytes())
    workspace = serve_in_thread()
    world = installed(workspace.url, f"sqlite:///{record}")
    with faults.trying(world) as made:
        yield made
    world.controls.close()
    world.database.dispose()
    workspace.stop()


@pytest.mark.parametrize("cell", fault_cells.CELLS, ids=lambda cell: f"{cell.network}: {cell.fault}")
def test_each_fault_ends_in_its_state(bench, cell):
    assert bench.tried(cell) == cell


def test_the_table_has_all_faults_on_five_networks_and_what_it_leaves_out_does_not_exist():
    named = {fault.name for fault in fault_cells.FAULTS}
    assert len(named) == 15
    all_cells = {(fault, to) for fault in named for to in ANYWHERE}
    assert all_cells - {(cell.fault, cell.network) for cell in fault_cells.CELLS} == fault_cells.NOT_THERE
