"""The loyalty account: touches are booked, balances fade, customers stay or leave.

How a balance is kept: the rules (``rules``), the account by hand (``fold``), a ledger
to which touches are only added (``ledger``), millions of touches at once (``scan``),
forgetting by a power of time (``power``), a customer's statement (``statement``), and
what repays a bad day (``repay``). What a balance is worth: who left of those who could
(``months``, ``hazard``), the account found from it (``fit``, ``scoring``,
``profile``), a jump at zero (``overdraft``), and the account's rivals (``forms``).
"""

from cxlab.account.fit import AccountFit, fit_account
from cxlab.account.fold import State, book, replay
from cxlab.account.forms import FORMS, Forms, compare_forms
from cxlab.account.hazard import ByBalance, hazard_table, leave_by_balance
from cxlab.account.ledger import Ledger, balances, opening_balances
from cxlab.account.months import Months, customer_months
from cxlab.account.overdraft import JumpSearch, search_jump
from cxlab.account.profile import WeightProfile, profile_weight
from cxlab.account.repay import Repayment, deposits_to_break_even, repay
from cxlab.account.rules import Rules
from cxlab.account.statement import Statement, statement

__all__ = [
    "FORMS",
    "AccountFit",
    "ByBalance",
    "Forms",
    "JumpSearch",
    "Ledger",
    "Months",
    "Repayment",
    "Rules",
    "State",
    "Statement",
    "WeightProfile",
    "balances",
    "book",
    "compare_forms",
    "customer_months",
    "deposits_to_break_even",
    "fit_account",
    "hazard_table",
    "leave_by_balance",
    "opening_balances",
    "profile_weight",
    "repay",
    "replay",
    "search_jump",
    "statement",
]
