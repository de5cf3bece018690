"""Mediation: what of one thing's link with another goes through a third.

Does satisfaction carry quality to loyalty? The arrows to the middle and on from there
are regressions; what is carried is their product. Intervals of that product, by four
ways; several things in the middle; a yes-or-no outcome; and the question that no
interval answers: how strong must a hidden cause be to have made all of it up?

The map: `engine` is the arithmetic on stacks of matrices, `fitting` the arrows, `draws`
how sure they are, `hidden` the cause that was not asked, `flicker` how far a verdict
hangs on the dice, `yesno` the outcome that is either yes or no.
"""

from cxlab.mediation.draws import CarriedDraws, bootstrap, monte_carlo
from cxlab.mediation.fitting import MediationFit, fit
from cxlab.mediation.flicker import Flicker, flicker
from cxlab.mediation.hidden import HiddenCause, MeasuredCause, hidden_cause, measured
from cxlab.mediation.yesno import YesNoMediation, yes_no

__all__ = [
    "CarriedDraws",
    "Flicker",
    "HiddenCause",
    "MeasuredCause",
    "MediationFit",
    "YesNoMediation",
    "bootstrap",
    "fit",
    "flicker",
    "hidden_cause",
    "measured",
    "monte_carlo",
    "yes_no",
]
