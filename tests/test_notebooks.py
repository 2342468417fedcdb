"""The notebooks run from the first cell to the last, on every thirtieth text."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
FEW = 30


def test_the_three_notebooks_are_there() -> None:
    assert [path.name[:2] for path in NOTEBOOKS] == ["01", "02", "03"]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_to_its_end_and_draws(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]  # ships no types for it
    assert all(not cell.get("outputs") for cell in notebook.cells), "kept without outputs: they would not stay true"
    parameters = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", ()))
    parameters.source = f"EVERY = {FEW}"
    NotebookClient(notebook, timeout=500, resources={"metadata": {"path": str(path.parent)}}).execute()
    drawn = [output for cell in notebook.cells for output in cell.get("outputs", ()) if "data" in output]
    assert any({"image/png", "image/svg+xml"} & set(output["data"]) for output in drawn)
