"""Names on messengers and networks that a text gives after a label ("tele: @x", "LINE id x")."""

import re
from collections.abc import Iterator

from screener.extract.finds import Find

_TELEGRAM = r"telegram|telegrem|telgram|tele|tlgrm|tlg|tg"
_NETWORKS = {
    "ig": "instagram.com",
    "instagram": "instagram.com",
    "tiktok": "tiktok.com",
    "fb": "facebook.com",
}
_SIGN = r"\s{0,2}(?:[:=~>]|\b(?:id|user(?:name)?|akun|nama)\b\s{0,2}[:=~]?)\s{0,2}"
_LABELLED = re.compile(
    rf"(?<![\w@/.-])(?P<service>{_TELEGRAM}|line|wechat|weixin|wx|ig|instagram|tiktok|fb)\b"
    rf"(?:{_SIGN}|\s{{0,2}}[-–(]?\s{{0,2}}(?=@)|\s(?=~))(?P<at>[@~]?)(?P<name>[a-z0-9][a-z0-9_.-]{{3,31}})(?!\w)"
)
_BARE = re.compile(r"(?<![\w@/.+%-])@(?P<name>[a-z][a-z0-9_.]{4,31})(?![\w@])")
_KINDS = {"line": "line", "wechat": "wechat", "weixin": "wechat", "wx": "wechat"}


def handles(plain: str) -> Iterator[Find]:
    """The names of a folded text: telegram, line and wechat, and links for other networks.

    Without an @ or ~ a name must look like one (a digit, "_" or "." in it, or "id" before it): "tele: kami"
    is
    none. An @name without a label is a link of unknown service; its value keeps the @.
    """
    for match in _LABELLED.finditer(plain):
        name = match["name"].rstrip("._-")
        if match["at"] or _is_name(name) or (_has_id(match) and len(name) > 3):  # noqa: PLR2004  a shorter id is a word
            yield _find(match, name)
    for match in _BARE.finditer(plain):
        name = match["name"].rstrip("._")
        yield Find("link", f"@{name}", match.start(), match.start() + 1 + len(name))


def _find(match: re.Match[str], name: str) -> Find:
    service = match["service"]
    end = match.start("name") + len(name)
    if service in _NETWORKS:
        return Find("link", f"https://{_NETWORKS[service]}/{name}", match.start(), end)
    return Find(_KINDS.get(service, "telegram"), name, match.start(), end)


def _is_name(name: str) -> bool:
    return not name.isalpha() and not name.isdecimal() and any(character.isalpha() for character in name)


def _has_id(match: re.Match[str]) -> bool:
    return bool(re.search(r"\b(?:id|user(?:name)?|akun)\b", match[0][: match.start("name") - match.start()]))
