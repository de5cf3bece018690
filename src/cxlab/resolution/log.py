"""The one narrow door: a contact log goes in, a row per customer and issue comes out.

A log may hold millions of contacts in any order. Everything else of this idea starts
from the rows made here, customer by customer, so that this step alone would have to
learn to run spread over many machines.
"""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LOG_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "customer": "who it was, any key",
        "issue": "what it was about, any key",
        "day": "when, in days or as a timestamp",
        "channel": "through which door, any key",
        "done": "what the customer says afterwards: whole issue done, true or false; "
        "empty if not asked",
    }
)


def first_contacts(log: pd.DataFrame, *, until: float | None = None) -> pd.DataFrame:
    """Reduce a contact log to what matters about each customer's issue.

    Parameters
    ----------
    log : DataFrame
        One row per contact, in any order, with the columns of ``LOG_COLUMNS``. What the
        customer answered is read from the first contact of an issue only.
    until : float, optional
        Day on which the log ends, on the same scale; by default its last contact.

    Returns
    -------
    DataFrame
        One row per customer and issue: ``customer``, ``issue``, ``channel`` and
        ``first_day`` of the first contact; ``done``, true, false or missing;
        ``next_days`` and ``next_same_days``, days to the next contact about the issue
        through any and through the same channel (infinite if none came);
        ``seen_days``, how long it was watched; ``contacts``, how many there were.

    Raises
    ------
    ValueError
        If a column is missing, or a row lacks customer, issue, day or channel.

    Notes
    -----
    Customers are independent of each other here: a log may be cut by customer, reduced
    piece by piece (with ``until`` given), and the rows stacked.

    Examples
    --------
    Ann calls, writes two days later, and calls again after five.

    >>> log = pd.DataFrame({"customer": ["Ann"] * 3, "issue": ["bill"] * 3,
    ...                     "day": [5.0, 0.0, 2.0],
    ...                     "channel": ["phone", "phone", "mail"],
    ...                     "done": [True, False, False]})
    >>> ann = first_contacts(log).iloc[0]
    >>> bool(ann.done), float(ann.next_days), float(ann.next_same_days)
    (False, 2.0, 5.0)
    """
    day = _checked_days(log)
    end = day.max() if until is None else float(until)
    if end < day.max():
        raise ValueError(
            f"until={until}, and the last contact is on day {day.max():g}: a log "
            "cannot end before its last contact. Give the day on which it was closed."
        )
    customer, customers = pd.factorize(log["customer"])
    issue, issues = pd.factorize(log["issue"])
    key = customer.astype(np.int64) * len(issues) + issue
    # Stable: of two contacts at one moment, the one that stands first came first.
    order = np.lexsort((day, key))
    key, day = key[order], day[order]
    starts = np.flatnonzero(np.append(True, key[1:] != key[:-1]))
    contacts = np.diff(np.append(starts, len(key)))
    channel = pd.factorize(log["channel"])[0][order]
    since = day - np.repeat(day[starts], contacts)
    same = channel == np.repeat(channel[starts], contacts)
    since[starts] = np.inf  # the first contact is not its own callback
    first = order[starts]
    return pd.DataFrame(
        {
            "customer": customers[customer[first]],
            "issue": issues[issue[first]],
            "channel": log["channel"].iloc[first].to_numpy(),
            "first_day": day[starts],
            "done": log["done"].iloc[first].astype("boolean").array,
            "next_days": np.minimum.reduceat(since, starts),
            "next_same_days": np.minimum.reduceat(
                np.where(same, since, np.inf), starts
            ),
            "seen_days": end - day[starts],
            "contacts": contacts,
        }
    )


def _checked_days(log: pd.DataFrame) -> Floats:
    """Return the days of a log as numbers, after looking whether it is one."""
    missing = [name for name in LOG_COLUMNS if name not in log]
    if missing or log.empty:
        raise ValueError(
            f"The log has {len(log)} rows and lacks {', '.join(missing) or 'nothing'}. "
            "It needs at least one row and the columns "
            + "; ".join(f"{name}: {says}" for name, says in LOG_COLUMNS.items())
            + "."
        )
    keys = log[[name for name in LOG_COLUMNS if name != "done"]]
    holes = keys.isna().sum()
    if holes.any():
        raise ValueError(
            f"Rows lack a value: {holes[holes > 0].to_dict()}. A contact without "
            "customer, issue, day or channel belongs to no case; complete or drop it."
        )
    day = log["day"]
    if pd.api.types.is_datetime64_any_dtype(day):
        day = (day - day.min()) / pd.Timedelta(days=1)
    return day.to_numpy(dtype=float).copy()
