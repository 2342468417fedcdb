"""The command line, run in this process."""

import sys

import pytest

from screener.cli import main

from .running import Ended, Run


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs `screener` with these arguments to its end."""

    def ended(*arguments: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["screener", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            main()
        written = capfd.readouterr()
        return Ended(code=int(end.value.code or 0), out=written.out, err=written.err)

    return ended
