"""The lines that Indonesian news pages put around and into an article, and taking them out."""

import re
from collections.abc import Iterator

TITLE_WORDS_MAX = 18

_RECIRCULATION = (
    r"baca(?: juga| selengkapnya| berita lain\w*)?\s?:.*",
    r"baca juga\b.{0,200}",
    r"(?:lihat|simak|tonton) (?:juga|video)\b.{0,200}",
    r"baca (?:selanjutnya|selengkapnya)\b.{0,200}",
    r"artikel ini telah tayang di .*",
    r"tags?\s?:.*",
    r"(?:#\w{2,40}\s{0,3}){1,20}",
)
_WIDGETS = (
    r"advertisements?",
    r"scroll (?:to (?:continue|resume)(?: with)?(?: content)?|untuk (?:baca|lanjut\w*|melanjutkan)\b.{0,60})",
    r"iklan(?: ?[-–] ?geser ke atas untuk melanjutkan)?",
    r"baca berita (?:tanpa|dengan sedikit) iklan\b.{0,120}",
    r"buka konten ini|close banner apps|example \d{2,4}x\d{2,4}|perbesar|zoom-in-white|copy-link",
    r"url berhasil dicopy|dark/light mode|loading\.{0,3}",
    r"(?:emas|usd/idr|idx|ihsg)\b[^a-z]{1,40}(?:\|.{0,200})?",
)
_PAGING = (
    r"halaman\s?:?\s?\d{1,3}(?:\s?(?:/|dari)?\s?\d{1,3}){0,9}(?:\s?selanjutnya)?",
    r"halaman selanjutnya|selanjutnya|lanjutkan membaca|\?page=all|selengkapnya",
)
_CREDITS = (
    r"(?:penulis|editor|reporter|laporan|pewarta|fotografer|sumber|source)\s?:.{0,120}",
    r"tim redaksi|\((?:red|\*{1,3})\)|[(\[][a-z]{2,4}(?:/[a-z]{2,4}){0,3}[)\]]",
    r"(?:antara|kompas\.com)/[\w .]{1,60}",
    r"(?:foto|ilustrasi)\s?:.{0,200}",
    r"dok(?:umentasi|\.)?[ /][\w .]{1,60}",
    r"copyright\b.{0,120}|©.{0,120}|.{0,60}\ball rights? reserved\.?|.{0,60}\bsubsidiary of kg media.{0,40}",
)
_FOLLOW = (
    r"ikuti kami\b.{0,160}|bagikan\s?:?.{0,80}|share\s?:.{0,80}|salin artikel",
    r"(?:jangan lupa )?ikuti (?:update|berita|perkembangan)\b.{0,200}",
    r"cek (?:berita|artikel)\b.{0,80}\bgoogle news.{0,80}",
    (
        r"(?:gabung|follow|dapatkan)\b.{0,80}\b(?:grup|group|channel|saluran|berita pilihan|google "
        r"news)\b.{0,160}"
    ),
    r"komentar|isi komentar sepenuhnya\b.{0,100}|tinggalkan balasan|alamat email anda tidak akan\b.{0,60}",
)
_HEADERS = (
    (
        r"berita (?:terkait|terkini|terpopuler|lainnya)|artikel (?:terkait|lainnya)|terkait|populer"
        r"|terpopuler"
        r"|update"
    ),
    (
        r"rekomendasi(?: untuk anda)?|topik|trending|pilihan editor|lowongan lain(?:nya)?|video (?:terkait"
        r"|pilihan)"
    ),
)


def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_LINE = _any((*_RECIRCULATION, *_WIDGETS, *_PAGING, *_CREDITS, *_FOLLOW))
_HEADER = _any(_HEADERS)
_LINE_MAX = 400
_PROSE_END = re.compile(r"[.!?…][\"'”’)]?$")
_REACHABLE = re.compile(r"\d[\d .\-]{6,}|@|wa\.me|t\.me", re.IGNORECASE)


def without_boilerplate(text: str) -> str:
    """The text of a news article without the site's own lines.

    After the header of a list ("Berita Terkait", "Populer") short lines go as well, until prose begins again.
    A line
    that carries a number, a handle or a link stays: evidence is never taken for decoration.
    """
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_kept(text.split("\n")))).strip()


def _kept(lines: list[str]) -> Iterator[str]:
    in_list = False
    for line in lines:
        if _HEADER.fullmatch(line.strip(" :»›")):
            in_list = True
        elif _is_boilerplate(line):
            continue
        elif not in_list or not line or _is_prose(line):
            in_list = in_list and not line
            yield line


def _is_boilerplate(line: str) -> bool:
    return 0 < len(line) <= _LINE_MAX and bool(_LINE.fullmatch(line.strip()))


def _is_prose(line: str) -> bool:
    prose = bool(_PROSE_END.search(line)) or len(line.split()) > TITLE_WORDS_MAX
    return prose or bool(_REACHABLE.search(line))
