import ssl
from pathlib import Path

import pytest

from screener.errors import FetchError
from screener.fetch import Request
from screener.records import SkipReason

from .conftest import Make, Start
from .hostile import page, says

PAGES = {"/x": says(page(b"text"))}


def server_context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def trusting(folder: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(folder / "ca.pem"))


def test_a_certificate_for_the_host_from_a_trusted_authority_is_accepted(
    hostile: Start, fetcher: Make, certificates: Path
) -> None:
    server = hostile(PAGES, server_context(certificates / "good.pem"))
    client = fetcher(server, ssl_context=trusting(certificates))
    assert client.fetch(Request(url=f"{server.origin}/x", source="s", delay_seconds=0)).body == b"text"


@pytest.mark.parametrize("certificate", ["other", "expired"])
def test_a_wrong_certificate_is_refused(hostile: Start, fetcher: Make, certificates: Path, certificate: str) -> None:
    server = hostile(PAGES, server_context(certificates / f"{certificate}.pem"))
    with pytest.raises(FetchError, match="tls_error"):
        fetcher(server, ssl_context=trusting(certificates)).fetch(
            Request(url=f"{server.origin}/x", source="s", delay_seconds=0)
        )
    assert server.heads == []


def test_an_unknown_authority_is_refused_by_default(hostile: Start, fetcher: Make, certificates: Path) -> None:
    server = hostile(PAGES, server_context(certificates / "good.pem"))
    with pytest.raises(FetchError) as caught:
        fetcher(server).fetch(Request(url=f"{server.origin}/x", source="s", delay_seconds=0))
    assert caught.value.reason is SkipReason.TLS_ERROR
