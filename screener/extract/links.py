"""Links and e-mail addresses in a folded text; every pattern is bounded, so that reading stays linear."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import SplitResult, parse_qs, urlsplit

from screener.extract.finds import Find
from screener.extract.numbers import international

_URL = re.compile(
    r"(?<![\w@.-])(?:(?:https?|tg|whatsapp)://|www\.)[^\s<>\"'`|]{3,2000}"
    r"|(?<![\w@.-])(?:wa\.me|wa\.link|(?:api|chat|web)\.whatsapp\.com|whatsapp\.com|t\.me|telegram\.(?:me|dog)|line\.me|lin\.ee|m\.me"
    r"|bit\.ly|s\.id|linktr\.ee|lynk\.id|heylink\.me|tinyurl\.com|cutt\.ly|shorturl\.at|forms\.gle|docs\.google\.com"
    r"|(?:www\.|m\.)?(?:instagram|facebook|fb|tiktok)\.com|u\.wechat\.com)/[^\s<>\"'`|]{1,1000}"
)
_TRAILING = ".,;:!?…)]}>*_~-"
_EMAIL = re.compile(
    r"(?<![\w.+%-])[a-z0-9][a-z0-9._%+-]{0,63}\s?(?:@|[\[({]\s?(?:at|@)\s?[\])}])\s?"
    r"[a-z0-9-]{1,63}(?:(?:\.|\s?[\[({]\s?(?:dot|titik)\s?[\])}]\s?)[a-z0-9-]{1,63}){1,5}(?![\w@])"
)
_AT = re.compile(r"\s?[\[({]\s?(?:at|@)\s?[\])}]\s?")
_DOT = re.compile(r"\s?[\[({]\s?(?:dot|titik)\s?[\])}]\s?")
_SPACE = re.compile(r"\s")
_ENDING = re.compile(r"\.[a-z]{2,}$")
_WHATSAPP = frozenset({"wa.me", "api.whatsapp.com", "web.whatsapp.com", "whatsapp.com", "chat.whatsapp.com", "wa.link"})
_TELEGRAM = frozenset({"t.me", "telegram.me", "telegram.dog"})
_LINE = frozenset({"line.me", "lin.ee"})


def links_in(plain: str, written: Callable[[int, int], str]) -> Iterator[Find]:
    """The links and e-mail addresses of a folded text, each with what service it leads to.

    `written` gives the original characters of a stretch: folding loses the case, which codes in links need.
    """
    for match in _URL.finditer(plain):
        url = match[0].rstrip(_TRAILING)
        start, end = match.start(), match.start() + len(url)
        original = written(start, end)
        kind, value = _service(original if original.lower() == url else url)
        yield Find(kind, value, start, end)
    for match in _EMAIL.finditer(plain):
        value = _DOT.sub(".", _AT.sub("@", match[0]))
        if not _SPACE.search(value) and _ENDING.search(value):
            yield Find("email", value, match.start(), match.end())


def _service(url: str) -> tuple[str, str]:
    parts = _parts(url)
    if parts is None:
        return "link", url
    scheme, host = parts.scheme.lower(), parts.netloc.lower().removeprefix("www.")
    if scheme == "whatsapp" or host in _WHATSAPP:
        return "whatsapp", _number(parts.path, parts.query) or f"{host}{parts.path}".rstrip("/")
    if scheme == "tg" or host in _TELEGRAM:
        return "telegram", _telegram(parts.path, parts.query)
    if host in _LINE:
        return "line", parts.path.rstrip("/").rpartition("/")[2].lstrip("~").lower() or host
    query = f"?{parts.query}" if parts.query else ""
    return "link", f"{scheme}://{parts.netloc.lower()}{parts.path}{query}"


def _parts(url: str) -> SplitResult | None:
    try:
        return urlsplit(url if "://" in url else f"https://{url}")
    except ValueError:
        return None


def _number(path: str, query: str) -> str | None:
    given = parse_qs(query).get("phone", [path])[0]
    return international(re.sub(r"\D", "", given))


def _telegram(path: str, query: str) -> str:
    """The user name, or the code of an invitation with a plus before it."""
    domain = parse_qs(query).get("domain")
    parts = domain or [part for part in path.split("/") if part and part not in {"s", "joinchat"}]
    if not parts:
        return "t.me"
    return f"+{parts[0].lstrip('+')}" if "/joinchat/" in path or parts[0].startswith("+") else parts[0].lower()
