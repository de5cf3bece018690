"""Whether real categories of a shop show double jeopardy: all of them, not the best."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from cxlab.behaviour.brands import BrandModel, brand_table, fit_brands


@dataclass(frozen=True, kw_only=True)
class CategoryCheck:
    """Brands of several categories, and how their loyalty goes with their size."""

    table: pd.DataFrame  # category, brands, rank_r, spread of buyers and of per_buyer
    brands: dict[str, pd.DataFrame]  # from `brand_table`, large enough brands only
    wholes: dict[str, tuple[float, float]]  # purchases a household; share buying

    @property
    def rising(self) -> int:
        """Categories in which larger brands have the more loyal buyers."""
        return int((self.table["rank_r"] > 0).sum())

    @property
    def below(self) -> int:
        """Categories whose smallest maker is bought more rarely than size allows."""
        count = 0
        for category, brands in self.brands.items():
            least = brands.iloc[-1]
            expected = self.model(category).per_buyer(float(least["share"]))
            count += bool(least["per_buyer"] < expected)
        return count

    def model(self, category: str) -> BrandModel:
        """Fit brands that differ in size alone to one of the categories."""
        mean, bought = self.wholes[category]
        of = self.brands[category]
        return fit_brands(
            mean=mean, category_buyers=bought, shares=of["share"], buyers=of["buyers"]
        )

    def __str__(self) -> str:
        """Say in how many categories the rule shows."""
        return (
            f"In {self.rising} of {len(self.table)} categories the brands with more "
            "buyers also have buyers who buy more often."
        )

    def describe(self, category: str) -> str:
        """Say what the picture of one category shows."""
        brands = self.brands[category]
        first, last = brands.iloc[0], brands.iloc[-1]
        return (
            f"{len(brands)} makers of {category.lower()}: the largest is bought by "
            f"{first['buyers']:.0%} of households, {first['per_buyer']:.1f} times; "
            f"the smallest by {last['buyers']:.0%}, {last['per_buyer']:.1f} times. The "
            "curve of brands that differ in size alone runs through them."
        )


def count_buyers(
    lines: pd.DataFrame, products: pd.DataFrame, *, category: str
) -> pd.DataFrame:
    """Count how often each household bought each maker of a category.

    Parameters
    ----------
    lines
        Lines of receipts: ``household``, ``basket`` and ``product``.
    products
        ``product``, ``category`` and ``maker``.
    category
        One of the categories of ``products``.

    Returns
    -------
    DataFrame
        One row a household of the table, one column a maker: trips on which it was
        bought. Households that never bought the category are there, with zeros.

    Raises
    ------
    ValueError
        If no product has this category.
    """
    of = products.loc[products["category"] == category].set_index("product")["maker"]
    if of.empty:
        raise ValueError(
            f"No product is in the category {category!r}. The names are those of the "
            "table of products, in capitals."
        )
    bought = lines.loc[lines["product"].isin(of.index), ["household", "basket"]]
    bought = bought.assign(maker=lines.loc[bought.index, "product"].map(of))
    once = bought.drop_duplicates(["basket", "maker"])
    counts = pd.crosstab(once["household"], once["maker"])
    return counts.reindex(np.unique(lines["household"]), fill_value=0)


def check_categories(
    lines: pd.DataFrame,
    products: pd.DataFrame,
    *,
    n_categories: int = 12,
    fewest_buyers: int = 100,
    fewest_brands: int = 6,
) -> CategoryCheck:
    """Hold the largest categories of a shop against double jeopardy.

    Parameters
    ----------
    lines, products
        As for `count_buyers`.
    n_categories
        The categories with the most lines that have enough brands.
    fewest_buyers, fewest_brands
        A maker counts with so many households or more; a category with so many makers.

    Raises
    ------
    ValueError
        If no category has enough brands.
    """
    codes, names = _categories_of(lines, products)
    order = np.argsort(-np.bincount(codes[codes >= 0], minlength=len(names)))
    people = np.unique(lines["household"])
    rows, brands, wholes = [], {}, {}
    for code in order:
        name = names[code]
        counts = count_buyers(lines.loc[codes == code], products, category=name)
        counts = counts.reindex(people, fill_value=0)
        if counts.to_numpy().sum() == 0:
            break
        table = brand_table(counts)
        large = table.loc[table["buyers"] * len(counts) >= fewest_buyers]
        if len(large) < fewest_brands:
            continue
        large = large.reset_index(drop=True)
        r = _rank_correlation(large["buyers"], large["per_buyer"])
        ends = large.iloc[[0, -1]]
        rows.append([name, len(large), r, *map(_ratio, (ends.buyers, ends.per_buyer))])
        brands[name] = large
        bought = float((counts.sum(axis=1) > 0).mean())
        wholes[name] = (float(counts.to_numpy().sum() / len(counts)), bought)
        if len(rows) == n_categories:
            break
    if not rows:
        raise ValueError(
            f"No category has {fewest_brands} makers with {fewest_buyers} households "
            "each. Ask for fewer, or give more receipts."
        )
    columns = ["category", "brands", "rank_r", "times_buyers", "times_per_buyer"]
    found = pd.DataFrame(rows, columns=columns)
    return CategoryCheck(table=found, brands=brands, wholes=wholes)


def _categories_of(
    lines: pd.DataFrame, products: pd.DataFrame
) -> tuple[NDArray[np.intp], pd.Index]:
    """Return the number of each line's category, -1 if not known, and the names."""
    known = products.dropna(subset="category").sort_values("product")
    codes, names = pd.factorize(known["category"])
    ids = known["product"].to_numpy()
    at = np.searchsorted(ids, lines["product"].to_numpy()).clip(max=len(ids) - 1)
    found: NDArray[np.intp] = np.where(ids[at] == lines["product"], codes[at], -1)
    return found, pd.Index(names)


def _rank_correlation(x: pd.Series, y: pd.Series) -> float:
    if min(x.nunique(), y.nunique()) < 2:
        return 0.0  # where nothing differs, nothing goes together
    return float(stats.spearmanr(x, y).statistic)


def _ratio(ends: pd.Series) -> float:
    return float(ends.iloc[0] / ends.iloc[1])
