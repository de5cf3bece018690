"""Which of the things that happen to customers make them disloyal, each on its own.

Misfortunes come together: who is transferred has often had to call again and to explain
it all once more. The ratio that a slide prints for one of them then carries the others.
Four answers stand side by side here:

- `printed`: how far printed shares must overlap, whatever the data are;
- `ratios`, raw: all who met a driver against all who did not;
- `ratios`, adjusted: like with like, as far as likeness was written down;
- `shapley`: how the credit for what is explained is split among drivers.
"""

from cxlab.drivers.printed import attributable_share, forced_overlap, mean_number
from cxlab.drivers.ratios import DriverRatios, adjusted_ratios, raw_ratios
from cxlab.drivers.shapley import DriverShares, shapley_shares
from cxlab.drivers.subsets import shapley_weights

__all__ = [
    "DriverRatios",
    "DriverShares",
    "adjusted_ratios",
    "attributable_share",
    "forced_overlap",
    "mean_number",
    "raw_ratios",
    "shapley_shares",
    "shapley_weights",
]
