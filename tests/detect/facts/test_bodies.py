"""Official bodies come with names and addresses of their own."""

from pathlib import Path

import pytest

import screener.detect
from screener.detect.facts.bodies import load_bodies
from screener.errors import RuleError

SHIPPED = Path(screener.detect.__file__).parent / "data" / "agencies.toml"
BODY = """[[body]]
name = "Kantor Uji"
short = "KU"
kind = "labour office"
words = ["kantor uji"]
domains = ["uji.go.id"]
hotlines = []
certainty = "high"
source = "own"
"""
BROKEN = [
    ("no source", BODY.replace("source", "seen"), "0.source"),
    ("unknown kind", BODY.replace("labour office", "shop"), "0.kind"),
    ("no names", BODY.replace('["kantor uji"]', "[]"), "0.words"),
    ("a name of two", BODY + BODY.replace('"KU"', '"KA"'), "KA: the name 'kantor uji' belongs to KU"),
    ("empty", "", "there is no .*body"),
]


@pytest.mark.parametrize(("written", "reason"), [c[1:] for c in BROKEN], ids=[c[0] for c in BROKEN])
def test_a_row_that_does_not_fit_is_refused_with_file_and_reason(tmp_path: Path, written: str, reason: str) -> None:
    path = tmp_path / "agencies.toml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(RuleError, match=rf"agencies\.toml: {reason}"):
        load_bodies(path)


def test_public_bodies_have_hosts_of_the_state_only() -> None:
    bodies = {body.short: body for body in load_bodies(SHIPPED)}
    assert {"KP2MI", "BP3MI", "Disnaker", "Kemlu", "IOM"} <= set(bodies)
    hosts = [host for body in bodies.values() if body.kind != "international" for host in body.domains]
    assert [host for host in hosts if not host.endswith(".go.id")] == []
