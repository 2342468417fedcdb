"""Letters that are drawn like Latin ones: of other scripts, enclosed, turned, or made of signs."""

import re
import unicodedata

# Unicode's own decomposition (NFKD) leaves these alone; own selection from the confusables of Unicode TR 39 and from
# what "fancy text" generators put out. Pairs: the letter, and what it is read as.
_PAIRS = """
аa вb сc ԁd еe ғf ԍg һh іi јj кk ӏl мm нh оo рp ԛq гr ѕs тt ѵv ԝw хx уy ьb ъb эe зz
υu αa βb εe ηn ιi κk νv οo ρp τt χx ωw γy ϲc ϳj Λa Δa Σe Ξe
øo đd łl ħh ıi ŋn ɑa ɡg ɩi ʟl ƅb ɐa ǝe ɥh ɯm ʇt ʌv ʎy ɹr ɾj ʞk ɔc ᴉi ʜh ɪi
օo սu ոn հh ցg զq յj Ոn
Ꭺa Ᏼb Ꮯc Ꭰd Ꭼe Ꮐg Ꮋh Ꭵi Ꭻj Ꮶk Ꮮl Ꮇm Ꮲp Ꮢr Ꮪs Ꭲt Ꮩv Ꮃw Ꮓz
ᗩa ᗷb ᑕc ᗪd ᕮe ᖴf ᘜg ᕼh ᒍj ᒪl ᗰm ᑎn ᑭp ᖇr ᔕs ᑌu ᐯv ᗯw
"""
LOOK_ALIKES = {pair[0]: pair[1] for pair in _PAIRS.split()}

FOREIGN = "\u0370-\u03ff\u0400-\u052f\u0531-\u058f\u13a0-\u13ff\u1400-\u167f"
"""The scripts of those letters, for a character class: within a Latin word they are no accident."""

_NAMED_LETTER = re.compile(r"(?:CIRCLED|SQUARED|SMALL CAPITAL|PARENTHESIZED).* ([A-Z])$|LETTER SMALL CAPITAL ([A-Z])$")
_NAMED_WORD = re.compile(r"^SQUARED (FREE|NEW|OK|VS)$")
_KEYCAP_TEN = "\U0001f51f"


def look_alike(character: str) -> str:
    """What a letter, digit or word in a box, circle or other dress is read as; empty when it is none of these."""
    if character == _KEYCAP_TEN:
        return "10"
    name = unicodedata.name(character, "")
    letter = _NAMED_LETTER.search(name)
    if letter:
        return (letter[1] or letter[2]).lower()
    word = _NAMED_WORD.match(name)
    if word:
        return f" {word[1].lower()} "
    return LOOK_ALIKES.get(character, "") or _digit(character, name)


def _digit(character: str, name: str) -> str:
    # "⒈" is a number in a list, whose full stop is worth keeping.
    value = unicodedata.digit(character, None) if "DIGIT" in name and "FULL STOP" not in name else None
    return str(value) if value is not None and unicodedata.category(character) == "No" else ""
