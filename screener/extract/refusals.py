"""Pages that arrive with status 200 and hold nothing: captcha, consent, sign-in, "not found"."""

import re

from screener.errors import ExtractError
from screener.records import SkipReason

VISIBLE_MIN = 20
SHORT_MAX = 500
TITLE_TRUSTED_MAX = 2_000

_CAPTCHA = (
    (
        r"verify (?:that )?you are (?:a )?human|are you a robot|(?:i am|i'm|you are) not a robot|bukan "
        r"(?:se)?(?:buah |orang )?robot"
    ),
    (
        r"unusual traffic|checking your browser|just a moment\.\.\.|attention required! \| cloudflare|access "
        r"denied|akses ditolak"
    ),
    r"(?:complete|solve|enter|isi|selesaikan|masukkan) (?:the |kode )?captcha|(?:enable|aktifkan) javascript",
)
_CONSENT = (
    (
        r"before you continue to|sebelum (?:anda )?melanjutkan ke|setujui semua|accept all|cookie (?:consent"
        r"|settings)"
    ),
    (
        r"we (?:value your privacy|use cookies)|kami (?:menggunakan|memakai) (?:cookies?|kuki)|menghargai "
        r"privasi anda"
    ),
)
_SIGN_IN = (
    r"(?:please|you must|you need to) (?:log|sign) ?in (?:to|first)|(?:log|sign) in to (?:continue|view|see)",
    (
        r"(?:silakan|silahkan|harap|anda harus) (?:masuk|log ?in) (?:terlebih dahulu|dahulu|dulu|untuk "
        r"(?:melihat|melanjutkan))"
    ),
    r"(?:masuk|login) untuk (?:melihat|melanjutkan)",
)
_MISSING = (
    (
        r"(?:page|post|job|content|vacancy) (?:you (?:requested|are looking for) )?(?:(?:was|is|could) )?not "
        r"(?:be )?found"
    ),
    r"(?:page|post|job|content|vacancy) (?:is )?no longer available",
    r"(?:page|post|job|content|vacancy) (?:does not exist|has (?:expired|been removed))",
    (
        r"(?:halaman|laman|lowongan|iklan|konten|artikel|postingan) (?:ini |yang anda (?:cari|tuju|minta) "
        r")?(?:(?:tidak|tak)"
        r" (?:ditemukan|tersedia|aktif|dijumpai)|(?:telah|sudah) (?:tidak (?:tersedia|aktif)|dihapus"
        r"|ditutup|kedaluwarsa))"
    ),
    r"404 (?:not found|error)|error 404",
)
_KINDS = {
    "a captcha or bot check stands in its place": _CAPTCHA,
    "a consent page stands in its place": _CONSENT,
    "it asks the reader to sign in": _SIGN_IN,
    "it says that there is no such page": _MISSING,
    "the channel or message does not exist": (r"if you have telegram, you can (?:contact|view|join)",),
}
_PATTERNS = tuple((words, re.compile("|".join(kind), re.IGNORECASE)) for words, kind in _KINDS.items())
_REACHABLE = re.compile(r"(?:\+|\b62|\b0)[ .-]?8[\d .-]{7,}|\+\d[\d .-]{7,}|@\w{3}|wa\.me|t\.me", re.IGNORECASE)


def refuse_empty(title: str, text: str) -> None:
    """Raises ExtractError(EMPTY) for fewer than 20 visible characters, or a page that stands for none.

    Only short texts without a number or a handle are judged by their words: an ad stays that mentions a
    captcha, or says that another vacancy is closed.
    """
    if visible(text) < VISIBLE_MIN:
        raise ExtractError(SkipReason.EMPTY, f"fewer than {VISIBLE_MIN} visible characters of text")
    if len(text) > TITLE_TRUSTED_MAX or _REACHABLE.search(text):
        return
    for words, pattern in _PATTERNS:
        if (len(text) <= SHORT_MAX and pattern.search(text)) or pattern.match(title[:200]):
            raise ExtractError(SkipReason.EMPTY, f"{words}: {(title or text)[:80]!r}")


def visible(text: str) -> int:
    """How many characters of a text can be seen."""
    return sum(character.isprintable() and not character.isspace() for character in text)
