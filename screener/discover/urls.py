"""One spelling for each address, so that an item is fetched and counted once."""

import re
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import idna

URL_MAX = 4_000
PORT_MAX = 65_535

_PORTS = {"http": 80, "https": 443}
_TRACKING = re.compile(
    r"(?:utm|mtm|pk|hsa|oly)_[\w-]*|(?:fb|g|dc|y|tt|tw|ms|wb|gb|s)(?:clid|raid)|gclsrc|gad_source|gad_campaignid|srsltid|mibextid"
    r"|igsh|igshid|mc_[ce]id|_ga|_gl|_gac|_hs(?:enc|mi)|__hs(?:tc|sc|fp)|li_fat_id|vero_id|yclid|msclkid|twclid|ttclid|epik"
    r"|fb_(?:action_ids|action_types|source|ref)|__tn__|__cft__(?:\[\d\])?",
    re.IGNORECASE,
)
# Characters a browser takes out of an address, or leaves as they are in a path or query (WHATWG URL
# Standard).
_DROPPED = str.maketrans("", "", "\t\n\r")
_PATH_SAFE = "!$%&'()*+,/:;=@[]|~"
_QUERY_SAFE = "!$%&()*+,/:;=?@[]|~"
_HOST = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?|\[[0-9a-f:.]{2,45}\]")


def canonical(url: str, base: str) -> str | None:
    """The absolute http(s) address that a link on the page `base` means, or None when it is none or broken.

    Host in lower case and ASCII (IDNA 2008, UTS 46); default port, fragment, credentials and tracking
    parameters
    dropped; every other parameter kept, in its order.
    """
    text = url.strip().translate(_DROPPED)
    if not text or len(text) > URL_MAX:
        return None
    try:
        return _written(urlsplit(urljoin(base, _slashed(text))))
    except ValueError:
        return None


def host_of(url: str) -> str:
    """The host of a canonical address without "www.", or an empty text."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _slashed(text: str) -> str:
    """Browsers read a backslash before the query as a slash."""
    address, mark, tail = text.partition("?")
    return address.replace("\\", "/") + mark + tail


def _without_dots(path: str) -> str:
    """The path with "." and ".." worked out (RFC 3986, section 5.2.4)."""
    kept: list[str] = []
    parts = path.split("/")
    for part in parts:
        if part == "..":
            del kept[max(1, len(kept) - 1) :]
        elif part != ".":
            kept.append(part)
    return "/".join([*kept, ""] if parts[-1] in {".", ".."} else kept) or "/"


def _written(parts: SplitResult) -> str | None:
    scheme = parts.scheme.lower()
    authority = _authority(parts, scheme) if scheme in _PORTS else None
    if authority is None:
        return None
    path = quote(_without_dots(parts.path), safe=_PATH_SAFE, errors="surrogatepass")
    query = "&".join(part for part in parts.query.split("&") if not _TRACKING.fullmatch(part.partition("=")[0]))
    tail = f"?{quote(query, safe=_QUERY_SAFE, errors='surrogatepass')}" if query else ""
    return f"{scheme}://{authority}{path}{tail}"


def _authority(parts: SplitResult, scheme: str) -> str | None:
    host = _ascii(parts.hostname or "")
    port = parts.port
    if host is None or port == 0:
        return None
    return host if port in (None, _PORTS[scheme]) else f"{host}:{port}"


def _ascii(host: str) -> str | None:
    if ":" in host:
        host = f"[{host}]"
    elif not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError:
            return None
    return host if _HOST.fullmatch(host) else None
