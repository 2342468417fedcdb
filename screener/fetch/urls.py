"""One parser decides what a URL means: what is judged is what is asked."""

import re
import unicodedata

import httpx

from screener.errors import FetchError
from screener.records import SkipReason

SCHEMES = {"http": 80, "https": 443}
PORT_MAX = 65535

_AUTHORITY = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*:)?//([^/?#]*)", re.ASCII)
_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?|[0-9a-f:.]*:[0-9a-f:.]*", re.ASCII)
_DELIMITERS = frozenset("/?#@:[]\\")


def parse(text: str) -> httpx.URL:
    """The URL without user name, password and fragment; raises FetchError(BAD_URL or BLOCKED_SCHEME)."""
    return _checked(_read(text))


def follow(base: httpx.URL, location: str) -> httpx.URL:
    """The URL that a Location header means; raises FetchError(BAD_URL or BLOCKED_SCHEME)."""
    try:
        target = _read(location)
        if target.scheme not in SCHEMES or target.host:
            target = base.join(target)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(SkipReason.BAD_URL, f"{location[:200]!r}: {error}") from error
    return _checked(target)


def origin(url: httpx.URL) -> str:
    """Scheme, host and port in one text, as RFC 6454 means it."""
    return f"{url.scheme}://{authority(url.host, port(url))}"


def port(url: httpx.URL) -> int:
    """The port that is connected to."""
    return url.port if url.port is not None else SCHEMES[url.scheme]


def authority(host: str, number: int) -> str:
    """The form "host:port" of allow lists and routes, with IPv6 addresses in brackets."""
    return f"[{host}]:{number}" if ":" in host else f"{host}:{number}"


def host_of(text: str) -> str:
    """The host of a URL, or an empty text when it has none."""
    try:
        return parse(text).host
    except FetchError:
        return ""


def _read(text: str) -> httpx.URL:
    try:
        return httpx.URL(_plain_authority(text.strip()))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(SkipReason.BAD_URL, f"{text[:200]!r}: {error}") from error


def _plain_authority(text: str) -> str:
    """Browsers read full-width letters and digits in a host as ASCII (UTS 46), httpx refuses them."""
    match = _AUTHORITY.match(text)
    if match is None or match[2].isascii():
        return text
    plain = unicodedata.normalize("NFKC", match[2])
    if any(plain.count(sign) != match[2].count(sign) for sign in _DELIMITERS):
        raise ValueError("the host changes its shape when normalized")
    return f"{text[: match.start(2)]}{plain}{text[match.end(2) :]}"


def _checked(url: httpx.URL) -> httpx.URL:
    if url.scheme not in SCHEMES:
        raise FetchError(_scheme_reason(url), f"{str(url)[:200]!r} is neither http nor https")
    if not _NAME.fullmatch(url.host) or not 0 < port(url) <= PORT_MAX:
        raise FetchError(SkipReason.BAD_URL, f"{str(url)[:200]!r} names no host and port")
    return url.copy_with(userinfo=b"", fragment=None)


def _scheme_reason(url: httpx.URL) -> SkipReason:
    """javascript: and data: name no place at all, file: and ftp: name one that is not ours to visit."""
    names_a_place = url.scheme != "" and (url.host != "" or url.path.startswith("/"))
    return SkipReason.BLOCKED_SCHEME if names_a_place else SkipReason.BAD_URL
