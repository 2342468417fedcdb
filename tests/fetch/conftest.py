"""Real servers on the loopback and fetchers with short limits."""

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from screener.fetch import Fetcher, Limits

from .hostile import Hostile, listening

KIB = 1024
QUICK = Limits(
    connect_seconds=0.5,
    read_seconds=0.3,
    total_seconds=0.6,
    header_bytes=16 * KIB,
    body_bytes=64 * KIB,
    feed_bytes=128 * KIB,
    robots_bytes=4 * KIB,
)
CONTEXT = httpx.create_ssl_context(trust_env=False)  # made once: it takes longer than most tests
AGENT = "screener/0.1 (+mailto:desk@ngo.test)"

Start = Callable[..., Hostile]
Make = Callable[..., Fetcher]


class Clock:
    """A clock that runs, and that sleeping pushes ahead instead of taking time."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def time(self) -> float:
        return time.monotonic() + self.ahead

    def sleep(self, seconds: float) -> None:
        self.ahead += seconds


@pytest.fixture
def hostile() -> Iterator[Start]:
    with ExitStack() as stack:
        yield lambda scripts, tls=None: stack.enter_context(listening(scripts, tls))


@pytest.fixture
def fetcher() -> Iterator[Make]:
    with ExitStack() as stack:

        def make(*servers: Hostile, **parts: Any) -> Fetcher:
            limits = parts.pop("limits", QUICK)
            parts.setdefault("allow", frozenset(server.key for server in servers))
            parts.setdefault("ssl_context", CONTEXT)
            parts.setdefault("sleep", lambda _: None)
            return stack.enter_context(Fetcher(limits, AGENT, **parts))

        yield make


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An authority (ca.pem) and its certificates: for 127.0.0.1, for another name, and expired."""
    folder = tmp_path_factory.mktemp("tls")
    _openssl(
        folder,
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem "
        "-subj /CN=authority -addext keyUsage=critical,keyCertSign",
    )
    for name, san, days in (
        ("good", "IP:127.0.0.1", 9),
        ("other", "DNS:other.test", 9),
        ("expired", "IP:127.0.0.1", -1),
    ):
        (folder / "san.cnf").write_text(f"subjectAltName={san}\nauthorityKeyIdentifier=keyid\n")
        _openssl(
            folder,
            f"req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout {name}.key "
            f"-out {name}.csr -subj /CN={name}",
        )
        _openssl(
            folder,
            f"x509 -req -in {name}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out {name}.crt "
            f"-days {days} -extfile san.cnf",
        )
        (folder / f"{name}.pem").write_bytes(
            (folder / f"{name}.key").read_bytes() + (folder / f"{name}.crt").read_bytes()
        )
    return folder


def _openssl(folder: Path, arguments: str) -> None:
    subprocess.run(["openssl", *arguments.split()], cwd=folder, check=True, capture_output=True)  # noqa: S603, S607  our own arguments
