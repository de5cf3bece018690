"""One line of the package changed: exactly the lessons that use it fail.

Were a lesson's numbers held by nothing, a method could be wrong and every test green;
that each lesson holds some is shown by tests/test_lessons.py.
The table grows with each module: a line that matters, what it is changed to, and the
lessons that must then fail by name. Only lessons that call the function in which the
line stands are run again: in the others it is never reached, which a trace shows. The
line is changed in the kernel, as the lesson imports its module; no file is touched.
"""

import ast

import pytest

from cxlab.course.cache import Cache
from cxlab.course.expected import load_expected
from cxlab.course.manifest import manifest
from cxlab.course.run import run_jobs
from cxlab.course.verify import row_of
from cxlab.root import project_root

START, EFFORT = "00_start_here", "10_effort_and_disloyalty"
GAP, SCORES = "01_delivery_gap", "02_feedback_metrics"
NECESSARY, LISTENING = "03_necessary_not_sufficient", "04_listening_to_words"
EARLY = "33_first_100_days"
PLATEAU = "20_delight_plateau"
DRIVERS, FIRST = "11_effort_drivers", "12_first_contact_resolution"
LINKS, PATHS = "40_chain_links", "42_path_model"
MEDIATION = "41_mediation"
WAY = "44_which_way_round"
PRICE, WORDS = "21_price_of_delight", "22_word_of_mouth"
WEIGHT = "45_weight_of_evidence"
BRANCHES = "43_branches_and_people"
ACCOUNT = "30_loyalty_account"
LOYAL = "34_how_loyal_customers_behave"
WORTH = "35_what_a_customer_is_worth"
RECOVERY = "32_service_recovery"
MEMORY = "31_expectations_and_memory"
PILOTS = "50_did_it_work"
IMPROVE = "51_continuous_improvement"
CHOOSE = "52_capstone_choose_a_strategy"
EVERY = tuple(manifest().lessons)

# (module, the line as it is, the line as it must not be, lessons that must fail)
FAULTS = [
    (
        "fourfold.py",
        "return odds(one) / below",
        "return odds(one) * below",
        (START, EFFORT),
    ),
    (
        "surveys/groups.py",
        "self.satisfied_leave / leavers",
        "self.dissatisfied_leave / leavers",
        (START,),
    ),
    (
        "surveys/promoters.py",
        "(answered <= _DETRACTOR_TO).mean()",
        "(answered < _DETRACTOR_TO).mean()",
        (SCORES,),
    ),
    ("effort/autopsy.py", "shares[1:-1].mean()", "shares[1:].mean()", (EFFORT,)),
    ("surveys/effort_scores.py", "rises = self.low > 0", "rises = True", (SCORES,)),
    ("surveys/race.py", "float(2 * ndtr(-abs(gap)", "float(ndtr(-abs(gap)", (SCORES,)),
    ("necessity/ceiling.py", "(*ends) / (2 * slope)", "(*ends) / slope", (NECESSARY,)),
    ("text/counts.py", "/ happy) - np.log2", "/ happy) + np.log2", (LISTENING,)),
    ("delight/ceiling.py", "self.penalty / self.reward", "self.reward", (PLATEAU,)),
    ("onboarding/drawn.py", "months <= month", "months < month", (EARLY,)),
    ("onboarding/stories.py", "self.early / self.late", "self.early", (EARLY,)),
    ("gap/printed.py", "ndtri(believe) - ndtri", "ndtri(believe) + ndtri", (GAP,)),
    ("gap/units.py", "curve.sf(0.5)", "curve.cdf(0.5)", (GAP,)),
    ("gap/pairs.py", "(own - seen).mean()", "(seen - own).mean()", (GAP,)),
    ("gap/room.py", "only_firm - only_customer", "only_firm + only_customer", (GAP,)),
    ("steps.py", '"step": x >= at', '"step": x > at', (EFFORT,)),
    (
        "simulate/change.py",
        "return self.share_down / self.share_up",
        "return self.share_up / self.share_down",
        (EFFORT,),
    ),
    (
        "latent.py",
        "return Link(correlation=r, base=base_for(r),",
        "return Link(correlation=r, base=low,",
        (EFFORT,),
    ),
    (
        "drivers/subsets.py",
        "(2 * member - 1) / (n_drivers * count[others])",
        "(2 * member - 1) / count[others]",
        (DRIVERS,),
    ),
    ("drivers/ratios.py", "np.log(one / none)", "np.log(none / one)", (DRIVERS,)),
    (
        "resolution/log.py",
        "same = channel == np.repeat",
        "same = channel != np.repeat",
        (FIRST,),
    ),
    (
        "queueing/erlang.py",
        "1 + inverse * k / loads",
        "1 + inverse * loads / k",
        (FIRST,),
    ),
    (
        "market/experiment.py",
        "self.chances <= found * _TIES",
        "self.chances < found / _TIES",
        (PRICE,),
    ),
    ("market/gestures.py", "one.mean() - other.mean()", "one.mean()", (PRICE,)),
    (
        "simulate/market.py",
        "missed = keep * missed",
        "missed = missed",
        (PRICE,),
    ),
    ("links/printed.py", "return profit / sales", "return profit * sales", (LINKS,)),
    (
        "paths/engine.py",
        "(paths * correlations).sum(axis=1)",
        "(paths * paths).sum(axis=1)",
        (PATHS,),
    ),
    (
        "paths/trust.py",
        "return float(k * mean / (1 + (k - 1) * mean))",
        "return float(k * mean / (1 + k * mean))",
        (PATHS,),
    ),
    (
        "panel/arrows.py",
        "_Matrices(change[1:], change[:-1], each[:-2])",
        "_Matrices(change[1:], change[:-1], change[:-1])",
        (WAY,),
    ),
    ("wordofmouth/telling.py", "odds / (1 + odds)", "odds / (2 + odds)", (WORDS,)),
    (
        "wordofmouth/estimators.py",
        "np.diag(np.linalg.pinv(j.T @ j)) * variance",
        "np.diag(np.linalg.pinv(j.T @ j))",
        (WORDS,),
    ),
    (
        "wordofmouth/windows.py",
        "float(deviation @ y) / square",
        "float(deviation @ y) / df",
        (WORDS,),
    ),
    (
        "behaviour/brands.py",
        "rest = self.strength * (1 - share)",
        "rest = self.strength * share",
        (LOYAL,),
    ),
    (
        "behaviour/mailing.py",
        'people["during"] - people["before"]',
        'people["during"] + people["before"]',
        (LOYAL,),
    ),
    (
        "mediation/engine.py",
        "return self.a * self.b",
        "return self.a + self.b",
        (MEDIATION,),
    ),
    (
        "mediation/hidden.py",
        "float(np.sqrt(abs(found)))",
        "float(abs(found))",
        (MEDIATION,),
    ),
    (
        "mediation/yesno.py",
        "np.sqrt(1 + b**2 * spread2)",
        "np.sqrt(1 + b**2)",
        (MEDIATION,),
    ),
    (
        "meta/spread.py",
        "(y @ p @ y - (len(y) - x.shape[1])) / np.trace(p)",
        "(y @ p @ y - len(y)) / np.trace(p)",
        (WEIGHT,),
    ),
    (
        "meta/missing.py",
        "(4 * above - k * (k + 1)) / (2 * k - 1)",
        "(4 * above - k * k) / (2 * k - 1)",
        (WEIGHT,),
    ),
    ("meta/pooling.py", "error**2 + tau2", "error**2", (WEIGHT,)),
    (
        "meta/jury.py",
        'return "holds" if self.unopposed else "holds with limits"',
        'return "holds"',
        (WEIGHT,),
    ),
    (
        "simulate/evidence.py",
        "self.drawer * s * density / share",
        "self.drawer * s * density",
        (WEIGHT,),
    ),
    (
        "levels/within.py",
        "return self.part_between + self.part_within",
        "return self.part_between - self.part_within",
        (BRANCHES,),
    ),
    ("levels/sweep.py", "lengths / variance", "lengths * variance", (BRANCHES,)),
    (
        "levels/league.py",
        "sizes + found.within / found.between",
        "sizes + found.between / found.within",
        (BRANCHES,),
    ),
    (
        "account/months.py",
        "slope = step * (slope - total)",
        "slope = step * (slope + total)",
        (ACCOUNT,),
    ),
    (
        "account/scan.py",
        "good, bad = good + more, bad + went",
        "good, bad = good + more, bad - went",
        (ACCOUNT,),
    ),
    (
        "account/overdraft.py",
        "(hits + 1) / (draws + 1)",
        "(hits + 1) / 2",
        (ACCOUNT,),
    ),
    ("lifetime/margin.py", "r / (1 + discount - r)", "r / (1 - r)", (WORTH,)),
    (
        "lifetime/contract.py",
        "self.beta + t) / both * series",
        "self.alpha + t) / both * series",
        (WORTH,),
    ),
    ("lifetime/buyers.py", "expit(-odds), 1.0", "expit(-odds), 0.5", (WORTH,)),
    (
        "recovery/survivors.py",
        "rise=height / (1 - share_leaving)",
        "rise=height / share_leaving",
        (RECOVERY,),
    ),
    (
        "recovery/unmade.py",
        'seen["failed"] & seen["recovered"]',
        'seen["failed"]',
        (RECOVERY,),
    ),
    ("recovery/bond.py", "ratio = slope / base", "ratio = slope", (RECOVERY,)),
    (
        "memory/expectations.py",
        "now += pace * (x - now)",
        "now += pace * x - now",
        (MEMORY,),
    ),
    (
        "memory/trial.py",
        "return after / (1 + after)",
        "return after / (2 + after)",
        (MEMORY,),
    ),
    (
        "pilot/changes.py",
        "self.pilot_change - self.others_change",
        "self.pilot_change + self.others_change",
        (PILOTS,),
    ),
    ("pilot/looks.py", "line * np.sqrt(t)", "line * t", (PILOTS,)),
    ("control/weeks.py", "float(x[:k].mean())", "float(x.mean())", (IMPROVE,)),
    ("strategy/luck.py", "(year + rest) / whole", "year / whole", (CHOOSE,)),
    ("strategy/read.py", "one[1] / int(watched", "other[1] / int(watched", (CHOOSE,)),
]


@pytest.mark.once
@pytest.mark.parametrize("fault", FAULTS, ids=[row[0] for row in FAULTS])
def test_a_planted_fault_fails_exactly_the_lessons_that_use_it(
    tmp_path, shared_pool, altered, calls, fault
):
    module, line, changed, lessons = fault
    place = function_of(module, line)
    using = [name for name in EVERY if place in calls[name]]
    assert set(lessons) <= set(using), "a lesson that must fail never gets there"
    plant = f"alter({module!r}, {line!r}, {changed!r})"
    jobs = [altered(name, plant) for name in using]
    results = run_jobs(jobs, pool=shared_pool, cache=Cache(tmp_path))
    found = {
        name: row_of(result, load_expected(name)).complaints()
        for name, result in zip(using, results, strict=True)
    }
    failed = {lesson for lesson, complaints in found.items() if complaints}
    assert failed == set(lessons), found
    assert all(lesson in said for lesson in failed for said in found[lesson])


def function_of(module, line):
    """Return the file and the first line of the function in which a line stands."""
    path = project_root() / "src" / "cxlab" / module
    text = path.read_text(encoding="utf-8")
    assert text.count(line) == 1, f"{module} no longer says {line!r} once"
    number = text[: text.index(line)].count("\n") + 1
    functions = [
        min([node.lineno, *(one.lineno for one in node.decorator_list)])
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
        and node.lineno <= number <= node.end_lineno
    ]
    assert functions, f"{line!r} stands in no function of {module}"
    return path, max(functions)
