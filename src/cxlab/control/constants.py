"""How far two neighbouring weeks differ: the factors of the moving range.

They are computed, not typed. The difference of two weeks of the same bell curve has a
standard deviation of root 2; the moving range is its size, half of a bell curve.
"""

from math import pi, sqrt

# mean of |x - y|, in standard deviations of one week: root 2 times root (2 / pi)
D2 = 2 / sqrt(pi)

# standard deviation of |x - y|: its mean square is 2
D3 = sqrt(2 - D2**2)

# limits of single weeks: mean +/- so many mean moving ranges
LIMIT_FACTOR = 3 / D2

# upper limit of the moving ranges: so many mean moving ranges
D4 = 1 + 3 * D3 / D2
