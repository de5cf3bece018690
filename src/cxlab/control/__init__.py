"""Control charts: whether this week is different, or a week like the others.

Every figure that is measured each week moves by itself. A chart learns from a baseline
how far it moves when nothing happens, freezes that, and holds later weeks against it.
What lies inside is the system: only another system changes it. What lies outside has a
reason of its own, which can be looked for. Sigma is always taken from how far
neighbouring weeks differ, never from the spread of all weeks, in which a change would
hide itself.

The map: `constants` holds the factors of the moving range, `rules` what counts as a
signal, `chart` the chart itself, `weeks` XmR for single figures, `counts` p, u and p'
for shares and counts, `runs` how long a chart waits before it cries (exactly, and by
drawing), `after` a change held against frozen limits, `chasing` what it costs to
correct every week, `calls` the days of a call centre against their own weekday.
"""

from cxlab.control.after import (
    BeforeAfter,
    before_after,
    compare_before_after,
    tell_before_after,
    waves_needed,
)
from cxlab.control.calls import against_own_weekday, daily_calls
from cxlab.control.chart import Chart
from cxlab.control.chasing import chased_spread
from cxlab.control.constants import D2, D3, D4, LIMIT_FACTOR
from cxlab.control.counts import p_chart, p_prime_chart, u_chart
from cxlab.control.rules import (
    FOUR_RULES,
    ONE_RULE,
    RULES,
    Rule,
    find_signals,
    rules_named,
)
from cxlab.control.runs import (
    RunLength,
    alarm_in_time,
    drawn_run_length,
    run_length,
    run_lengths,
)
from cxlab.control.weeks import chart_of_ranges, xmr

__all__ = [
    "D2",
    "D3",
    "D4",
    "FOUR_RULES",
    "LIMIT_FACTOR",
    "ONE_RULE",
    "RULES",
    "BeforeAfter",
    "Chart",
    "Rule",
    "RunLength",
    "against_own_weekday",
    "alarm_in_time",
    "before_after",
    "chart_of_ranges",
    "chased_spread",
    "compare_before_after",
    "daily_calls",
    "drawn_run_length",
    "find_signals",
    "p_chart",
    "p_prime_chart",
    "rules_named",
    "run_length",
    "run_lengths",
    "tell_before_after",
    "u_chart",
    "waves_needed",
    "xmr",
]
