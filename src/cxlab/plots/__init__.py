"""Pictures of results: each plot takes a result already computed and returns axes."""

from cxlab.plots.account import (
    plot_repayment,
    plot_statement,
    plot_weight_profile,
)
from cxlab.plots.account_worlds import (
    plot_four_accounts,
    plot_jumps,
    plot_leave_by_balance,
)
from cxlab.plots.adoption import plot_before_peak, plot_three_fits
from cxlab.plots.again import plot_repeated
from cxlab.plots.behaviour import (
    plot_brands,
    plot_held,
    plot_regulars,
    plot_tenure,
)
from cxlab.plots.chain import plot_chain
from cxlab.plots.change import plot_ratio_by_shift
from cxlab.plots.control import (
    plot_control,
    plot_control_worlds,
    plot_corrected,
    plot_yardsticks,
)
from cxlab.plots.control_waits import (
    plot_gains,
    plot_printed_waves,
    plot_run_lengths,
)
from cxlab.plots.curve import plot_flattening
from cxlab.plots.delight import (
    plot_by_answer,
    plot_four_lines,
    plot_lifts,
    plot_lifts_by_band,
    plot_lifts_by_size,
    plot_three_boxes,
)
from cxlab.plots.delight_traps import (
    plot_bent_by_ceiling,
    plot_power,
    plot_say_and_do,
)
from cxlab.plots.drivers import (
    plot_do_share,
    plot_driver_ratios,
    plot_driver_shares,
)
from cxlab.plots.effort import plot_groups, plot_needed_links, plot_two_bars
from cxlab.plots.forgetting import plot_afterlife, plot_forgetting_curves
from cxlab.plots.fourfold import plot_base_rate
from cxlab.plots.gap import plot_firm_shares, plot_printed_gap, plot_ridge
from cxlab.plots.hundred import plot_hundred
from cxlab.plots.jury import plot_board
from cxlab.plots.levels import (
    plot_branches,
    plot_components,
    plot_funnel,
    plot_league,
    plot_levels,
)
from cxlab.plots.lifetime import (
    plot_coins,
    plot_forecast,
    plot_lift,
    plot_survival,
)
from cxlab.plots.links import plot_fading, plot_times_as_likely, plot_unmasked
from cxlab.plots.market import (
    plot_dealings,
    plot_forgetting,
    plot_leaving,
    plot_price_map,
    plot_returns,
)
from cxlab.plots.mediation import (
    plot_carried_ways,
    plot_flicker,
    plot_found_by_strength,
    plot_hidden_cause,
)
from cxlab.plots.memory import plot_chase, plot_memory_weights, plot_spread
from cxlab.plots.meta import plot_drawer, plot_studies
from cxlab.plots.necessity import (
    plot_against_plain,
    plot_ceiling,
    plot_corner_worlds,
)
from cxlab.plots.onboarding import (
    plot_called,
    plot_flow,
    plot_return_rates,
    plot_three_answers,
    plot_trials,
    plot_two_stories,
)
from cxlab.plots.ordinal import plot_ordinal
from cxlab.plots.panel import (
    plot_cross_lag,
    plot_invented_by_waves,
    plot_soldiers,
    plot_who_is_fooled,
)
from cxlab.plots.paths import (
    plot_mended,
    plot_paths,
    plot_shuffles,
    plot_twins,
    plot_worlds,
)
from cxlab.plots.pilot import (
    plot_dealt_again,
    plot_looks,
    plot_over_time,
    plot_pilot_sizes,
    plot_ways_of_counting,
)
from cxlab.plots.promoters import plot_coverage, plot_same_mean
from cxlab.plots.queueing import plot_plans
from cxlab.plots.race import plot_races
from cxlab.plots.recovery import (
    plot_extremes,
    plot_invitations,
    plot_survivors,
    plot_tilts,
    plot_unmade,
)
from cxlab.plots.resolution import plot_doors, plot_web_goal, plot_windows
from cxlab.plots.room import plot_agreement, plot_room, plot_sectors
from cxlab.plots.steps import plot_step_or_line
from cxlab.plots.strategy import (
    plot_ceilings,
    plot_months,
    plot_outcomes,
    plot_regrets,
)
from cxlab.plots.text import plot_accuracy, plot_by_length, plot_words
from cxlab.plots.wordofmouth import (
    plot_chain_sizes,
    plot_growth_windows,
    plot_two_blocks,
)

__all__ = [
    "plot_accuracy",
    "plot_afterlife",
    "plot_against_plain",
    "plot_agreement",
    "plot_base_rate",
    "plot_before_peak",
    "plot_bent_by_ceiling",
    "plot_board",
    "plot_branches",
    "plot_brands",
    "plot_by_answer",
    "plot_by_length",
    "plot_called",
    "plot_carried_ways",
    "plot_ceiling",
    "plot_ceilings",
    "plot_chain",
    "plot_chain_sizes",
    "plot_chase",
    "plot_coins",
    "plot_components",
    "plot_control",
    "plot_control_worlds",
    "plot_corner_worlds",
    "plot_corrected",
    "plot_coverage",
    "plot_cross_lag",
    "plot_dealings",
    "plot_dealt_again",
    "plot_do_share",
    "plot_doors",
    "plot_drawer",
    "plot_driver_ratios",
    "plot_driver_shares",
    "plot_extremes",
    "plot_fading",
    "plot_firm_shares",
    "plot_flattening",
    "plot_flicker",
    "plot_flow",
    "plot_forecast",
    "plot_forgetting",
    "plot_forgetting_curves",
    "plot_found_by_strength",
    "plot_four_accounts",
    "plot_four_lines",
    "plot_funnel",
    "plot_gains",
    "plot_groups",
    "plot_growth_windows",
    "plot_held",
    "plot_hidden_cause",
    "plot_hundred",
    "plot_invented_by_waves",
    "plot_invitations",
    "plot_jumps",
    "plot_league",
    "plot_leave_by_balance",
    "plot_leaving",
    "plot_levels",
    "plot_lift",
    "plot_lifts",
    "plot_lifts_by_band",
    "plot_lifts_by_size",
    "plot_looks",
    "plot_memory_weights",
    "plot_mended",
    "plot_months",
    "plot_needed_links",
    "plot_ordinal",
    "plot_outcomes",
    "plot_over_time",
    "plot_paths",
    "plot_pilot_sizes",
    "plot_plans",
    "plot_power",
    "plot_price_map",
    "plot_printed_gap",
    "plot_printed_waves",
    "plot_races",
    "plot_ratio_by_shift",
    "plot_regrets",
    "plot_regulars",
    "plot_repayment",
    "plot_repeated",
    "plot_return_rates",
    "plot_returns",
    "plot_ridge",
    "plot_room",
    "plot_run_lengths",
    "plot_same_mean",
    "plot_say_and_do",
    "plot_sectors",
    "plot_shuffles",
    "plot_soldiers",
    "plot_spread",
    "plot_statement",
    "plot_step_or_line",
    "plot_studies",
    "plot_survival",
    "plot_survivors",
    "plot_tenure",
    "plot_three_answers",
    "plot_three_boxes",
    "plot_three_fits",
    "plot_tilts",
    "plot_times_as_likely",
    "plot_trials",
    "plot_twins",
    "plot_two_bars",
    "plot_two_blocks",
    "plot_two_stories",
    "plot_unmade",
    "plot_unmasked",
    "plot_ways_of_counting",
    "plot_web_goal",
    "plot_weight_profile",
    "plot_who_is_fooled",
    "plot_windows",
    "plot_words",
    "plot_worlds",
    "plot_yardsticks",
]
