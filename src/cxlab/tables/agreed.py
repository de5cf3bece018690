"""The eight tables that lessons can take from you, and that the course makes itself.

All scales run high = more of the named thing; effort: high = hard.
"""

from collections.abc import Mapping
from difflib import get_close_matches

from cxlab.tables.schema import Column, Schema

CHANNELS = ("web", "phone", "email", "branch", "chat", "other")
SEVEN = "points, 1 low .. 7 high"
EFFORT = Column(
    name="effort",
    kind="number",
    meaning="how hard it was for the customer",
    unit="points, 1 easy .. 7 hard",
    low=1,
    high=7,
    whole=True,
    optional=True,
    aliases=("customer_effort", "effort_score"),
    either_way=("ces", "customer_effort_score", "ease", "easy"),
)


def _id(name: str, meaning: str, *, optional: bool = False, also: str = "") -> Column:
    aliases = tuple(also.split())
    return Column(
        name=name, kind="id", meaning=meaning, optional=optional, aliases=aliases
    )


def _date(name: str, meaning: str, *, optional: bool = False, also: str = "") -> Column:
    aliases = tuple(also.split())
    return Column(
        name=name, kind="date", meaning=meaning, optional=optional, aliases=aliases
    )


def _time(meaning: str) -> Column:
    also = ("timestamp", "date_time", "datetime")
    return Column(name="time", kind="time", meaning=meaning, aliases=also)


def _yes(name: str, meaning: str, also: tuple[str, ...] = ()) -> Column:
    return Column(
        name=name, kind="yes/no", meaning=meaning, optional=True, aliases=also
    )


def _scale(
    name: str, meaning: str, *, whole: bool = True, optional: bool = False
) -> Column:
    return Column(
        name=name,
        kind="number",
        meaning=meaning,
        unit=SEVEN,
        low=1,
        high=7,
        whole=whole,
        optional=optional,
    )


def _money(name: str, meaning: str, *, low: float | None = 0) -> Column:
    unit = "money, your currency"
    return Column(name=name, kind="number", meaning=meaning, unit=unit, low=low)


def _count(name: str, meaning: str, *, optional: bool = False) -> Column:
    return Column(
        name=name,
        kind="number",
        meaning=meaning,
        unit="number",
        low=0,
        whole=True,
        optional=optional,
    )


_CUSTOMER = _id("customer_id", "who", also="customer client_id client")
_BRANCH = _id("branch_id", "which branch", also="branch store_id")
_MAYBE_BRANCH = _id("branch_id", "which branch", optional=True, also="branch store_id")

CUSTOMERS = Schema(
    name="customers",
    meaning="one row per customer",
    columns=(
        _CUSTOMER,
        _MAYBE_BRANCH,
        _date("joined", "first day as a customer", also="join_date start_date"),
        _date(
            "left",
            "last day; blank: still a customer",
            optional=True,
            also="left_date end_date",
        ),
        Column(
            name="acquired_by",
            kind="text",
            meaning="the channel or campaign that brought the customer",
            optional=True,
        ),
    ),
    key=("customer_id",),
    orders=(("joined", "left"),),
    people="customer_id",
)

EMPLOYEES = Schema(
    name="employees",
    meaning="one row per employee",
    columns=(
        _id("employee_id", "who", also="employee"),
        _BRANCH,
        _date("joined", "first day at work", also="join_date start_date"),
        _date("left", "last day; blank: still here", optional=True, also="left_date"),
        _scale("satisfaction", "satisfaction with the job", whole=False, optional=True),
    ),
    key=("employee_id",),
    orders=(("joined", "left"),),
    people="employee_id",
)

CONTACTS = Schema(
    name="contacts",
    meaning="one row per contact of a customer with the company",
    columns=(
        _id("contact_id", "which contact", also="ticket_id case_id"),
        _CUSTOMER,
        _time("when the contact began"),
        Column(name="channel", kind="choice", meaning="over what", choices=CHANNELS),
        Column(name="issue", kind="text", meaning="what it was about", unit="kind"),
        EFFORT,
        _yes("resolved", "whether the company's file says it was resolved"),
        _count("transfers", "times handed on to somebody else", optional=True),
        _yes("repeated_information", "whether the customer had to say things twice"),
        Column(
            name="minutes",
            kind="number",
            meaning="how long it took",
            unit="minutes",
            low=0,
            optional=True,
        ),
        _id("employee_id", "who served", optional=True, also="agent_id agent"),
    ),
    key=("contact_id",),
    anchors={"resolved": -1, "transfers": 1, "repeated_information": 1},
    people="customer_id",
)

TOUCHES = Schema(
    name="touches",
    meaning="one row per thing a customer experienced with the company",
    columns=(
        _id("touch_id", "which touch"),
        _CUSTOMER,
        _time("when it happened"),
        Column(name="kind", kind="text", meaning="what it was", unit="kind"),
        _scale("size", "what was experienced", whole=False),
        _scale("expectation", "what was expected", whole=False),
    ),
    key=("touch_id",),
    people="customer_id",
)

SURVEYS = Schema(
    name="surveys",
    meaning="one row per answered survey",
    columns=(
        _id("survey_id", "which survey", also="response_id"),
        _CUSTOMER,
        _MAYBE_BRANCH,
        _time("when it was answered"),
        Column(
            name="met",
            kind="number",
            meaning="whether expectations were met",
            unit="points, -3 far below .. 0 as expected .. 3 far above",
            low=-3,
            high=3,
            whole=True,
        ),
        _scale("satisfaction", "satisfaction overall"),
        EFFORT,
        Column(
            name="recommend",
            kind="number",
            meaning="would recommend us",
            unit="points, 0 not at all .. 10 certainly",
            low=0,
            high=10,
            whole=True,
            aliases=("nps", "likelihood_to_recommend"),
        ),
        _scale("stay", "intends to stay"),
        _scale("quality", "quality as experienced", optional=True),
        _scale("value", "worth its price", optional=True),
    ),
    key=("survey_id",),
    anchors={"satisfaction": -1, "recommend": -1, "stay": -1, "met": -1},
    people="customer_id",
)

PURCHASES = Schema(
    name="purchases",
    meaning="one row per purchase",
    columns=(
        _id("purchase_id", "which purchase", also="order_id"),
        _CUSTOMER,
        _date("date", "when", also="purchase_date order_date"),
        _money("amount", "what was paid"),
    ),
    key=("purchase_id",),
    people="customer_id",
)

MONTHS = Schema(
    name="months",
    meaning="one row per branch and month",
    columns=(
        Column(name="month", kind="date", meaning="which month", first_days=True),
        _BRANCH,
        _count("customers", "customers when the month began"),
        _count("joined", "customers who joined in it"),
        _count("left", "customers who left in it"),
        _count("contacts", "contacts in it"),
        _count("complaints", "complaints in it"),
        _scale("quality", "internal service quality as employees rate it", whole=False),
        _scale("employee_satisfaction", "mean of employees", whole=False),
        _scale("customer_satisfaction", "mean of customers", whole=False),
        Column(
            name="loyalty",
            kind="number",
            meaning="share of the customers that stayed",
            unit="share",
            low=0,
            high=1,
        ),
        _money("revenue", "taken in"),
        _money("cost", "spent"),
        _money("profit", "revenue less cost", low=None),
    ),
    key=("month", "branch_id"),
    sums=(("profit", "revenue", "cost"),),
)

BRANCHES = Schema(
    name="branches",
    meaning="one row per branch",
    columns=(
        _BRANCH,
        _date("opened", "first day"),
        Column(name="region", kind="text", meaning="where", unit="kind"),
    ),
    key=("branch_id",),
)

SCHEMAS: Mapping[str, Schema] = {
    schema.name: schema
    for schema in (
        CUSTOMERS,
        EMPLOYEES,
        CONTACTS,
        TOUCHES,
        SURVEYS,
        PURCHASES,
        MONTHS,
        BRANCHES,
    )
}


def schema_of(table: str | Schema) -> Schema:
    """Return a schema by its name.

    Raises
    ------
    ValueError
        If there is none of that name; the nearest is given.
    """
    if isinstance(table, Schema):
        return table
    if table not in SCHEMAS:
        near = get_close_matches(table, SCHEMAS, n=1, cutoff=0.0)[0]
        raise ValueError(
            f"There is no table {table!r}; the nearest is {near!r}. The tables are: "
            f"{', '.join(SCHEMAS)}."
        )
    return SCHEMAS[table]
