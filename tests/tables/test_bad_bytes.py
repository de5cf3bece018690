"""Files whose bytes are no table, or can be read as several: each says what to do."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxlab.tables import SCHEMAS, BadTable, read_table
from cxlab.tables.templates import template

SAVE = "save the table as .xlsx or .csv and give that file"


def words(*issues):
    """Return contacts with these issues, from row 2 on."""
    cells = dict(enumerate(issues, 2))
    return lambda tables: tables("contacts").put("issue", cells).text()


def coded(encoding, *issues, cut=0):
    made = words(*issues)
    return lambda tables: made(tables).encode(encoding)[: -cut or None]


TWO = "its encoding can be read in 2 ways: --encoding cp1252 reads it "
NO_WORDS = "no one encoding gives words throughout: the file may hold two"
ENCODINGS = {
    "one byte that is no UTF-8": (
        lambda t: words("b\udcff")(t).encode("utf-8", "surrogateescape"),
        [r"row 2, column issue, value 'b\xff': " + TWO + "'bÿ'"],
    ),
    "Cyrillic in UTF-8 and one line in cp1251": (
        lambda t: (
            words("доставка", "счёт")(t).encode()
            + "k9,c1,2024-01-01,web,возврат,1,true,0,true,3,e1\n".encode("cp1251")
        ),
        [r"row 6, column issue, value '\xe2\xee\xe7\xe2\xf0\xe0\xf2': " + NO_WORDS],
    ),
    "a single letter in cp1251": (
        coded("cp1251", "Ж"),
        [
            r"row 2, column issue, value '\xc6': its encoding can be read in 6 ways",
            "--encoding cp1251 reads it 'Ж'",
            "--encoding cp1252 reads it 'Æ'",
        ],
    ),
    "a Russian word too short to tell": (
        coded("cp1251", "москва"),
        ["row 2, column issue", "4 ways: --encoding cp1251 reads it 'москва'"],
    ),
    "a short Russian word with few common letters": (
        coded("cp1251", "заказ"),
        ["row 2, column issue", "--encoding cp1251 reads it 'заказ'"],
    ),
    "Polish or Spanish": (
        coded("cp1250", "bill", "Poznań"),
        [r"row 3, column issue, value 'Pozna\xf1': " + TWO, "cp1250 reads it 'Poznań'"],
    ),
    "French or Czech": (
        coded("cp1252", "crème"),
        ["row 2, column issue", "'crème'; --encoding cp1250 reads it 'crčme'"],
    ),
    "Chinese in GB18030": (
        coded("gb18030", "配送", "账单"),
        ["row 2, column issue, value", NO_WORDS],
    ),
    "Japanese in Shift-JIS": (
        coded("shift_jis", "配達", "請求書"),
        ["row 2, column issue, value", NO_WORDS],
    ),
    "EBCDIC": (coded("cp500"), ["row 1, value", NO_WORDS]),
    "UTF-16 cut off": (
        coded("utf-16", cut=1),
        ["row 5, column employee_id", "what stands here is no utf-16: the file is cut"],
    ),
    "UTF-16 without its mark, cut off": (
        coded("utf-16-le", cut=1),
        ["row 5, column employee_id", "what stands here is no utf-16-le"],
    ),
    "UTF-32 cut off": (
        coded("utf-32", cut=2),
        ["row 5, column employee_id", "what stands here is no utf-32"],
    ),
    "UTF-7": (
        coded("utf-7", "Москва"),
        ["row 2, column issue, value '+BBwEPgRBBDoEMgQw': no text may begin like"],
    ),
    "a letter lost earlier": (
        words("bill", "Cr\ufffdme"),
        ["row 3, column issue, value 'Cr\ufffdme': a letter was lost"],
    ),
    "zero bytes": (
        words("bi\0ll", "x", "\0"),
        [r"row 2, column issue, value 'bi\x00ll': a zero byte", "row 4, column issue"],
    ),
    "a control character in an id": (
        lambda t: t("contacts").put("contact_id", {3: "k\x07"}).text(),
        [r"row 3, column contact_id, value 'k\x07': a letter was lost, or is no lett"],
    ),
    "all bytes there are": (lambda t: bytes(range(256)) * 20, ["row ", NO_WORDS]),
}
SAID = {
    "UTF-8 said of cp1251": (
        "utf-8",
        [r"row 2, column issue, value '\xcc\xee\xf1\xea\xe2\xe0'", "is no utf-8"],
    ),
    "ASCII said of cp1251": ("ascii", ["row 2, column issue", "is no ascii"]),
    "an encoding that is none": ("klingon", ["'klingon' is no encoding. Usual ones"]),
    "a codec that is no encoding": ("hex", ["'hex' is no encoding"]),
}


@pytest.mark.parametrize("case", ENCODINGS)
def test_an_encoding_in_doubt_is_refused(case, bad, refused):
    make, said = ENCODINGS[case]
    refused(bad(make, said))


@pytest.mark.parametrize("case", SAID)
def test_an_encoding_said_wrongly_is_refused(case, bad, refused):
    encoding, said = SAID[case]
    refused(bad(coded("cp1251", "Москва"), said, options=f"--encoding {encoding}"))


NO_TABLES = {
    "a PDF": ("mine.csv", b"%PDF-1.7 x", ["a PDF: " + SAVE]),
    "gzip": ("mine.csv", b"\x1f\x8b\x08 x", ["compressed (gzip): unpack it first"]),
    "7z": ("mine.csv", b"7z\xbc\xaf\x27\x1c", ["compressed (7z): unpack it first"]),
    "a picture": ("mine.csv", b"\x89PNG\r\n\x1a\n", ["a picture: " + SAVE]),
    "a database": ("mine.csv", b"SQLite format 3\0", ["a database (SQLite)"]),
    "a program": ("mine.csv", b"\x7fELF\x02\x01", ["a program"]),
    "Arrow": ("mine.parquet", b"ARROW1\0\0", ["an Arrow file: save it as Parquet"]),
    "JSON": ("mine.csv", b'\n {"contact_id": 1}', ["the content is JSON"]),
    "JSON, a list": ("mine.csv", b'[{"contact_id": 1}]', ["the content is JSON"]),
    "a web page named Excel": (
        "mine.xls",
        b"\n<html><table></table></html>",
        ["the content is a web page or XML: " + SAVE],
    ),
    "old Excel, or a password": (
        "mine.xlsx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        ["an old Excel file (.xls) or one with a password"],
    ),
    "nothing": ("mine.csv", b"", ["the file is empty: 0 bytes"]),
    "only a BOM": ("mine.csv", b"\xef\xbb\xbf", ["row 1", "must hold the headers"]),
    "only line ends": ("mine.csv", b"\n\n\n", ["row 1", "must hold the headers"]),
    "only blanks": ("mine.csv", b"   ", ["row 1, value '   '"]),
    "one word": ("mine.csv", b"hello", ["row 1, value 'hello'"]),
    "no ending": (
        "mine",
        b"contact_id,x\n",
        ["must end in one of .csv, .tsv, .txt, .xlsx", "ends in 'nothing'"],
    ),
    "a text document": (
        "mine.doc",
        b"contact_id\n",
        ["ends in '.doc', and holds text"],
    ),
    "text named Excel": (
        "mine.xlsx",
        b"contact_id,x\n",
        ["its name says Excel (.xlsx), its content is text: rename it to mine.csv"],
    ),
    "text named Parquet": ("mine.parquet", b"contact_id,x\n", ["its content is text"]),
}


@pytest.mark.parametrize("case", NO_TABLES)
def test_what_is_no_table_says_what_it_is(case, bad, refused):
    name, content, said = NO_TABLES[case]
    message = refused(bad(lambda t: content, said, name=name))
    assert f"cxlab data: {name}: 1 thing is not as the table must be." in message


def test_a_file_that_is_not_there(tmp_path, capsys, cxlab):
    assert cxlab("data", "check", "contacts", str(tmp_path / "gone.csv")) == 2
    assert "gone.csv" in (said := capsys.readouterr().err)
    assert "there is no such file: check folder and name" in said


def test_a_folder_is_no_file(tmp_path, capsys, cxlab):
    assert cxlab("data", "check", "contacts", str(tmp_path)) == 2
    assert "this is a folder: give a file in it" in capsys.readouterr().err


BITS = [
    *(bytes([one]) for one in b"\"',;|\n\r\t\0 =-9\\\xff\xcf\x1a"), b'""', b"\xd0\x9f",
    b"2024-02-30", b"01/02/2024", b"1,5", b"1.234", b"NA", b"\xef\xbb\xbf", b"inf",
    b"\xc2\xa0", b"+03:00", b"#N/A", b"9" * 20, b"0000-01-01", b"\xe2\x80\xa8",
]  # fmt: skip


class TestWhateverIsDone:
    """Bytes put in and taken out anywhere: a table, or a refusal; never a traceback."""

    @settings(max_examples=60)
    @given(
        name=st.sampled_from(list(SCHEMAS)),
        encoding=st.sampled_from(["utf-8", "utf-16", "cp1251"]),
        seed=st.integers(0, 10**9),
        places=st.sampled_from([1, 1, 2, 3, 8, 30]),
    )
    def test_to_a_text(self, name, encoding, seed, places, tmp_path_factory):
        rng, content = random.Random(seed), bytearray(template(name).encode(encoding))
        for _ in range(places):
            at = rng.randrange(len(content) + 1)
            content[at : at + rng.choice([0, 0, 1, 2, 40])] = rng.choice(BITS)
        path = tmp_path_factory.mktemp("spoilt") / "mine.csv"
        path.write_bytes(content)
        try:
            assert len(read_table(path, name).frame)
        except BadTable as refusal:
            told = [one.rule for one in refusal.violations]
        else:
            told = ["nothing"]
        assert all(told)
        assert path.read_bytes() == content
