"""Balances of millions of touches at once, touch by touch within each customer.

The first touch of every customer is booked in one go, then the second of all who have
one, and so on. Each booking is the plain step of the fold, sum times what is left plus
what comes in, so nothing can overflow, whatever the decay and however long the
account; closed forms with exp(+d t) could. Nothing is looped over customers but the few
whose histories are far longer than everybody else's.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxlab.account.rules import Rules

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_FEW = 48  # customers: so few are faster one by one
_PIECE = 1 << 20  # touches booked at a time


@dataclass(frozen=True, kw_only=True)
class Folded:
    """What is left of deposits and withdrawals after each touch, by customer and month.

    Touches of one instant are booked together: each shows the end of its instant.
    """

    order: Ints  # which of the touches given stands here
    after: Floats  # shape (n, 2): deposits, withdrawals


def fold(
    customer: Ints, month: Floats, gap: Floats, *, rules: Rules
) -> Iterator[Folded]:
    """Book every touch, and give what is left after each, some customers at a time.

    Parameters
    ----------
    customer : shape (n,), 0 or above
    month : shape (n,)
    gap : shape (n,)
        Size of each touch less what was expected.
    rules
        With exponential forgetting.
    """
    order, who = in_order(customer, month)
    for low, high in _pieces(who):
        own = order[low:high]
        after = _book(who[low:high], month[own], rules.worth(gap[own]), rules)
        yield Folded(order=own, after=after)


def _pieces(who: Ints) -> Iterator[tuple[int, int]]:
    """Cut sorted touches into pieces that fit into fast memory, between customers."""
    low = 0
    while low < len(who):
        high = min(low + _PIECE, len(who))
        if high < len(who):
            start = int(np.searchsorted(who, who[high]))
            high = (
                start if start > low else int(np.searchsorted(who, who[high], "right"))
            )
        yield low, high
        low = high


def in_order(customer: Ints, month: Floats) -> tuple[Ints, Ints]:
    """Return the order by customer, then month, and the customers in that order.

    Touches of one instant stay as they were given.

    Parameters
    ----------
    customer : shape (n,), 0 or above
    month : shape (n,)

    Notes
    -----
    Customer, a coarse month and the place are packed into one integer, for whole
    numbers sort fastest. The few touches of a customer that share a coarse month are
    put right afterwards.
    """
    n = len(customer)
    if n < 2:
        return np.arange(n), customer.copy()
    low, span = float(month.min()), float(month.max()) - float(month.min())
    place_bits, who_bits = (n - 1).bit_length(), int(customer.max()).bit_length()
    bits = min(63 - place_bits - who_bits, 50)  # a float tells no more months apart
    if bits < 8 or not np.isfinite(span):
        order = np.lexsort((month, customer))
        return order, customer[order]
    key = np.zeros(n, dtype=np.int64)
    if span > 0:
        # divided first: the scale itself may be beyond all numbers
        key = ((month - low) / span * (2**bits - 1)).astype(np.int64)
    key |= customer << bits
    key <<= place_bits
    key |= np.arange(n)
    key.sort()
    order = key & ((1 << place_bits) - 1)
    key >>= place_bits
    alike = key[1:] == key[:-1]
    rows = np.flatnonzero(np.append(alike, False) | np.insert(alike, 0, False))
    if len(rows):
        order[rows] = order[rows][np.lexsort((month[order[rows]], key[rows]))]
    key >>= bits
    return order, key


def _book(who: Ints, when: Floats, sums: Floats, rules: Rules) -> Floats:
    """Turn what each sorted touch brings into the sums after its instant."""
    first = np.ones(len(who), dtype=bool)
    np.not_equal(who[1:], who[:-1], out=first[1:])
    waited = np.diff(when, prepend=when[:1])
    waited[first] = 0.0
    _book_in_turn(sums, rules.kept(waited), np.flatnonzero(first), rules)
    return _whole(sums, np.flatnonzero(first | (waited > 0)))


def _book_in_turn(sums: Floats, left: Floats, starts: Ints, rules: Rules) -> None:
    """Book the second touch of all who have one, then the third; in place."""
    counts = np.diff(starts, append=len(sums))
    longer = counts > 1
    rows, ends = starts[longer] + 1, (starts + counts)[longer]
    while len(rows) > _FEW:
        was = sums[rows - 1] * left[rows]
        came = sums[rows]
        if rules.buffer:
            came[:, 1] *= rules.soften(rules.balance(was))
        sums[rows] = was + came
        rows = rows + 1
        more = rows < ends
        if not more.all():
            rows, ends = rows[more], ends[more]
    for row, end in zip(rows.tolist(), ends.tolist(), strict=True):
        _book_one(sums[row - 1 : end], left[row - 1 : end], rules)


def _book_one(sums: Floats, left: Floats, rules: Rules) -> None:
    """Do the same for one customer, touch by touch."""
    weight, buffer = rules.loss_weight, rules.buffer
    good, bad = sums[0].tolist()
    done = [(good, bad)]
    for (more, less), (keep, fade) in zip(
        sums[1:].tolist(), left[1:].tolist(), strict=True
    ):
        good, bad, went = good * keep, bad * fade, less
        if buffer:
            went *= float(rules.soften(good - weight * bad))
        good, bad = good + more, bad + went
        done.append((good, bad))
    sums[:] = done


def _whole(sums: Floats, began: Ints) -> Floats:
    """Return for each touch the sums at the end of its instant."""
    if len(began) == len(sums):
        return sums
    ends = np.append(began[1:], len(sums)) - 1
    whole: Floats = sums[np.repeat(ends, np.diff(began, append=len(sums)))]
    return whole
