"""The names that encodings go by on the web, and the codec that reads each.

Source: WHATWG Encoding Standard, "Names and labels". Left out on purpose: the "replacement" encodings, which
browsers refuse to read. UTF-7 and codecs that only Python knows have no label, so a page cannot ask for them.
"""

import re

_ISO = {
    "iso8859_2": (2, "1987", "101", "latin2 l2 csisolatin2"),
    "iso8859_3": (3, "1988", "109", "latin3 l3 csisolatin3"),
    "iso8859_4": (4, "1988", "110", "latin4 l4 csisolatin4"),
    "iso8859_5": (5, "1988", "144", "cyrillic csisolatincyrillic"),
    "iso8859_6": (
        6,
        "1987",
        "127",
        "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6-e iso-8859-6-i",
    ),
    "iso8859_7": (7, "1987", "126", "csisolatingreek ecma-118 elot_928 greek greek8 sun_eu_greek"),
    "iso8859_8": (
        8,
        "1988",
        "138",
        "csiso88598e csisolatinhebrew hebrew iso-8859-8-e visual csiso88598i iso-8859-8-i logical",
    ),
    "cp1254": (9, "1989", "148", "cp1254 csisolatin5 l5 latin5 windows-1254 x-cp1254"),
    "cp1252": (
        1,
        "1987",
        "100",
        (
            "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 l1 latin1 us-ascii windows-1252 x-cp1252 "
            "x-user-defined"
        ),
    ),
}
_OTHERS = {
    "utf_8": "unicode-1-1-utf-8 utf-8 utf8 unicode11utf8 unicode20utf8 x-unicode20utf8",
    "utf_16_le": "utf-16 utf-16le csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff",
    "utf_16_be": "utf-16be unicodefffe",
    "cp866": "866 cp866 csibm866 ibm866",
    "iso8859_10": "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6",
    "iso8859_13": "iso-8859-13 iso8859-13 iso885913",
    "iso8859_14": "iso-8859-14 iso8859-14 iso885914",
    "iso8859_15": "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9",
    "iso8859_16": "iso-8859-16",
    "koi8_r": "cskoi8r koi koi8 koi8-r koi8_r",
    "koi8_u": "koi8-ru koi8-u",
    "mac_roman": "csmacintosh mac macintosh x-mac-roman",
    "mac_cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "cp874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874",
    "cp1250": "cp1250 windows-1250 x-cp1250",
    "cp1251": "cp1251 windows-1251 x-cp1251",
    "cp1253": "cp1253 windows-1253 x-cp1253",
    "cp1255": "cp1255 windows-1255 x-cp1255",
    "cp1256": "cp1256 windows-1256 x-cp1256",
    "cp1257": "cp1257 windows-1257 x-cp1257",
    "cp1258": "cp1258 windows-1258 x-cp1258",
    "gb18030": "chinese csgb2312 csiso58gb231280 gb18030 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "euc_jp": "cseucpkdfmtjapanese euc-jp x-euc-jp",
    "iso2022_jp": "csiso2022jp iso-2022-jp",
    "cp932": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis",
    "cp949": (
        "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949"
    ),
}


def _table() -> dict[str, str]:
    table = {label: codec for codec, labels in _OTHERS.items() for label in labels.split()}
    for codec, (part, year, registry, labels) in _ISO.items():
        names = [f"iso-8859-{part}", f"iso8859-{part}", f"iso8859{part}", f"iso_8859-{part}"]
        names += [f"iso_8859-{part}:{year}", f"iso-ir-{registry}"]
        table |= dict.fromkeys([*names, *labels.split()], codec)
    return table


_CODECS = _table()
_ENDS = re.compile(r"^[\t\n\f\r \"']+|[\t\n\f\r \"']+$", re.ASCII)


def codec_of(label: str) -> str | None:
    """The Python codec for a label of the Encoding Standard, or None when no browser knows the label."""
    return _CODECS.get(_ENDS.sub("", label[:100]).lower())
