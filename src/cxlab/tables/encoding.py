"""Which bytes stand for which letters: found out where that is certain.

UTF-8 and UTF-16 betray themselves. The old encodings with one byte per letter do not:
any of them reads any file, as something. A reading is taken only if it is the only
one in which all words look like words, or, in Cyrillic and Greek, the only one with
the letters that such languages use most. charset-normalizer is asked first, which
readings are free of gibberish; what remains in doubt is refused, and both shown.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from charset_normalizer import from_bytes

from cxlab.tables.findings import one, place_of

_BOMS = {  # the longer first: that of UTF-32 begins like that of UTF-16
    codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16",
}  # fmt: skip
_OLD = ("cp1252", "cp1250", "cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic",
        "iso8859_15", "iso8859_2", "cp1253", "iso8859_7", "cp1254", "cp850", "cp437",
        "mac_roman")  # fmt: skip
_WORD = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_SAMPLE = 8_000_000  # bytes looked at
_WORDS = 3_000
# the ten commonest letters make up some 60% of a text
_COMMON = {"CYRILLIC": set("оеаинтсрвл"), "GREEK": set("αοιετσνηυρ")}
_MANY, _FEW, _LETTERS = 0.5, 0.4, 20
_APOSTROPHE = "\u2019"
# quotation marks, dashes and the like; they stand at a word's ends, not inside
_SIGNS = set("«»“”„\u201a\u2018\u2013—…№€£§°™®©·•\xa0" + _APOSTROPHE)


def encoding_of(file: str, data: bytes, given: str) -> tuple[str, str]:
    """Return the encoding of a file, and how it was known.

    Raises
    ------
    BadTable
        If several would do and read it differently, or none does.
    """
    if given:
        return ("utf-8-sig" if given.lower() in {"utf-8", "utf8"} else given), "as said"
    for mark, name in _BOMS.items():
        if data.startswith(mark):
            return name, "by its first bytes (BOM)"
    if wide := _wide(data[:4000]):
        return wide, "by its zero bytes"
    if _decodes(data, "utf-8"):
        return "utf-8", "as its bytes show"
    return _old(file, data)


def _wide(head: bytes) -> str:
    """Tell UTF-16 without a mark: in mostly Latin text every second byte is zero."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > len(head) / 5 and not even:
        return "utf-16-le"
    return "utf-16-be" if even > len(head) / 5 and not odd else ""


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        for _ in codecs.iterdecode(_pieces(data), encoding):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _pieces(data: bytes, size: int = 1 << 24) -> Iterable[bytes]:
    return (data[i : i + size] for i in range(0, len(data), size))


def _old(file: str, data: bytes) -> tuple[str, str]:
    words = list(dict.fromkeys(_WORD.findall(data[:_SAMPLE])))[:_WORDS]
    sample = b" ".join(words) or data[:_SAMPLE]
    readings: dict[str, str] = {}  # text: the first encoding that gives it
    for name in _candidates(sample):
        text = sample.decode(name, errors="replace")
        if all(map(_wordlike, text.split(" "))):
            readings.setdefault(text, name)
    if len(readings) > 1:
        readings = _by_letters(readings)
    if len(readings) == 1:
        return next(iter(readings.values())), "the only one that gives words"
    raise _undecided(file, data, readings)


def _candidates(sample: bytes) -> list[str]:
    """Return the old encodings that charset-normalizer finds free of gibberish."""
    found = from_bytes(sample, cp_isolation=list(_OLD), threshold=0.3)
    known = {name for match in found for name in match.could_be_from_charset}
    return [name for name in _OLD if name in known]


def _wordlike(word: str) -> bool:
    """Tell whether letters could stand together in a word of some language."""
    letters = [c for c in word if c not in _SIGNS]
    if not all(c.isalpha() for c in letters) or word.strip("".join(_SIGNS)) == "":
        return False
    inner = word.strip("".join(_SIGNS))
    if any(c in _SIGNS and c != _APOSTROPHE for c in inner):
        return False
    scripts = {_script(c) for c in letters}
    return len(scripts) == 1 and _cased(inner) and not _strange(inner)


@cache
def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split()[0]


def _cased(word: str) -> bool:
    """Refuse a capital after a small letter, if either is no plain ASCII."""
    return not any(
        a.islower() and b.isupper() and not (a + b).isascii() for a, b in pairwise(word)
    )


def _strange(word: str) -> bool:
    """Tell a Latin word with three accented letters in a row: there is hardly one."""
    return _script(word[0]) == "LATIN" and bool(re.search(r"[^\x00-\x7f]{3}", word))


def _by_letters(readings: dict[str, str]) -> dict[str, str]:
    """Keep the reading whose letters are the common ones, if the rest are far off."""
    shares = {text: _common_share(text) for text in readings}
    best = max(shares, key=lambda text: shares[text])
    others = [share for text, share in shares.items() if text != best]
    letters = sum(c.isalpha() for c in best)
    if letters >= _LETTERS and shares[best] >= _MANY and max(others) <= _FEW:
        return {best: readings[best]}
    return readings


def _common_share(text: str) -> float:
    """Return the share of letters that are common in their script; Latin: unknown."""
    letters = [c for c in text.lower() if c.isalpha() and not c.isascii()]
    script = _script(letters[0]) if letters else ""
    plain = [unicodedata.normalize("NFD", c)[0] if c != "й" else c for c in letters]
    common = _COMMON.get(script)
    if common is None:
        return 0.45 if script == "LATIN" else 0.0  # neither proves nor excludes it
    return sum(c in common for c in plain) / len(plain)


def _undecided(file: str, data: bytes, readings: dict[str, str]) -> Exception:
    first = _WORD.search(data)
    row, column, value = place_of(data, first.start() if first else 0)
    if not readings:
        row, column, value = place_of(data, _not_utf8(data))
        return one(
            file,
            "no one encoding gives words throughout: the file may hold two. Save it "
            "again as UTF-8, or say it: --encoding cp1251 (Cyrillic), cp1252 (Western "
            "Europe), cp1250 (Central Europe)",
            row=row,
            column=column,
            value=value,
        )
    said = "; ".join(
        f"--encoding {name} reads it {_different(text, readings)!r}"
        for text, name in readings.items()
    )
    return one(
        file,
        f"its encoding can be read in {len(readings)} ways: {said}",
        row=row,
        column=column,
        value=value,
    )


def _not_utf8(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _different(text: str, readings: dict[str, str]) -> str:
    """Return the first word that the readings do not agree on."""
    split = [other.split(" ") for other in readings]
    for place, word in enumerate(text.split(" ")):
        if len({words[place] for words in split}) > 1:
            return word
    return text[:20]
