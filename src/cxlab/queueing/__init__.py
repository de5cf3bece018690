"""Waiting at peaks: what a promise costs in agents, and what breaks it.

Erlang's formulas assume that calls arrive at a known rate, evenly by chance. Then the
calls of five minutes scatter around their mean with a variance equal to it. Real days
are busier or quieter than the plan knew, so that the variance is larger. What can be
forecast can be rostered; only what cannot be forecast needs agents on top.

Loads are in erlangs: calls that arrive while one is handled, on average. The map:
`erlang` holds the formulas, `scatter` what real calls do to them.
"""

from cxlab.queueing.erlang import (
    Promise,
    agents_needed,
    answered_in_time,
    erlang_b,
    erlang_c,
    kept_when_uncertain,
    possible_rates,
)
from cxlab.queueing.scatter import CallScatter, Plan, Plans, call_scatter, plans

__all__ = [
    "CallScatter",
    "Plan",
    "Plans",
    "Promise",
    "agents_needed",
    "answered_in_time",
    "call_scatter",
    "erlang_b",
    "erlang_c",
    "kept_when_uncertain",
    "plans",
    "possible_rates",
]
