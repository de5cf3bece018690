"""Choosing a strategy: what a plan costs you, and how much of a result is luck.

`share_grid` lays out the plans that a budget allows; `Played` holds what each of them
brought in replays of one company, and says the regret of any; `Scenarios` asks whether
one plan is best everywhere; `luck_and_skill` parts the spread of results;
`read_tables` reads a company's own tables, one comparison for each strategy;
`BoardPaper` is the page that comes of it.
"""

from cxlab.strategy.luck import LuckAndSkill, Upset, luck_and_skill, upset
from cxlab.strategy.paper import CRITERIA, BoardPaper, criteria, customers_needed
from cxlab.strategy.plans import (
    NOTHING,
    STRATEGIES,
    name_plan,
    pure_plans,
    share_grid,
    split_budget,
)
from cxlab.strategy.read import read_tables
from cxlab.strategy.readings import STATES, Reading, Readings
from cxlab.strategy.regret import Played
from cxlab.strategy.scenarios import Scenarios

__all__ = [
    "CRITERIA",
    "NOTHING",
    "STATES",
    "STRATEGIES",
    "BoardPaper",
    "LuckAndSkill",
    "Played",
    "Reading",
    "Readings",
    "Scenarios",
    "Upset",
    "criteria",
    "customers_needed",
    "luck_and_skill",
    "name_plan",
    "pure_plans",
    "read_tables",
    "share_grid",
    "split_budget",
    "upset",
]
