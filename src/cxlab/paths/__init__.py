"""Path models: what a table of arrows between boxes can say, and what it cannot.

PLS path modelling, mode A, with the three classical schemes; the reliability of each
box; consistent PLS, which divides out the noise of the answers; and a bootstrap of the
whole model that takes a fraction of a second. Nothing here reads a file or draws.

The map: `model` is the drawing, `engine` the arithmetic on stacks of matrices,
`fitting` the table of arrows, `trust` whether the boxes deserve it, `statistics` all
that a fit gives, `draws` how sure it is, `shuffles` whether tidiness proves a thing.
"""

from cxlab.paths.draws import PathDraws, bootstrap, jackknife
from cxlab.paths.engine import SCHEMES
from cxlab.paths.fitting import PathFit, fit, fit_matrix, scores
from cxlab.paths.model import ECSI, PathModel, path_model
from cxlab.paths.shuffles import Shuffled, shuffle_items
from cxlab.paths.trust import CorrectedFit, corrected, htmt, reliability

__all__ = [
    "ECSI",
    "SCHEMES",
    "CorrectedFit",
    "PathDraws",
    "PathFit",
    "PathModel",
    "Shuffled",
    "bootstrap",
    "corrected",
    "fit",
    "fit_matrix",
    "htmt",
    "jackknife",
    "path_model",
    "reliability",
    "scores",
    "shuffle_items",
]
