"""Changes of a score: each way of drawing customers gets the margin it deserves."""

import numpy as np
import pytest

from cxlab import surveys
from cxlab.simulate.surveys import agents
from cxlab.surveys.promise import samples


def _wave(p: float, d: float, n: int) -> surveys.NetPromoter:
    return surveys.NetPromoter(promoters=p, detractors=d, n=n)


def test_the_variances_of_two_fresh_samples_add():
    """By hand: 7.3 each way makes 10.3, less a little for six imaginary customers."""
    found = surveys.change_two_samples(_wave(0.5, 0.17, 400), _wave(0.5, 0.17, 400))
    assert found.high == pytest.approx(np.hypot(7.3407, 7.3407), rel=0.01)
    assert found.estimate == 0


def test_two_samples_of_fifteen_keep_their_promise():
    """Exact: all pairs of samples, their chances added; Wald would keep less."""
    n, (p, d), (q, e) = 15, (0.6, 0.1), (0.4, 0.3)
    first, second, chance = samples(p, d, n=n)
    later_first, later_second, later = samples(q, e, n=n)
    truth, z = 100 * ((q - e) - (p - d)), 1.959964

    def caught(extra: float, size: float) -> float:
        def middle(a, b):
            up, down = (a + extra) / (n + size), (b + extra) / (n + size)
            return up - down, (up + down - (up - down) ** 2) / (n + size)

        before, v0 = middle(first, second)
        after, v1 = middle(later_first, later_second)
        gap = after[None, :] - before[:, None]
        reach = z * np.sqrt(v0[:, None] + v1[None, :])
        inside = np.abs(gap - truth / 100) <= reach
        return float((inside * chance[:, None] * later[None, :]).sum())

    assert caught(0.75, 3) > 0.945 > caught(0, 0)
    one = surveys.change_two_samples(_wave(0.6, 0.2, n), _wave(0.4, 0.2, n))
    assert one.low < 0 < one.high


def test_the_same_people_twice_are_surer_than_two_fresh_samples():
    """Ninety of a hundred did not move: their own level cancels."""
    before = np.array([10] * 50 + [8] * 30 + [3] * 20)
    after = before.copy()
    after[50:60] = 9
    paired = surveys.change_same_people(before, after)
    fresh = surveys.change_two_samples(
        surveys.net_promoter(before, scale="nps"),
        surveys.net_promoter(after, scale="nps"),
    )
    assert paired.estimate == pytest.approx(fresh.estimate) == pytest.approx(10)
    assert paired.low > 0 > fresh.low


def test_a_panel_in_which_nobody_moved_still_has_a_margin():
    """No change seen among 20 customers does not show that there is none."""
    found = surveys.change_same_people([9] * 20, [10] * 20)
    assert found.estimate == 0
    assert found.low < 0 < found.high


def test_the_paired_interval_keeps_its_promise_with_thirty_customers():
    """Exact: every panel of thirty with its chance (10% fall, 20% rise a class)."""
    from scipy.stats import multinomial

    caught = 0.0
    for fell in range(31):
        for rose in range(31 - fell):
            after = [9] * rose + [3] * fell + [8] * (30 - rose - fell)
            found = surveys.change_same_people([8] * 30, after)
            if found.low <= 10 <= found.high:
                counts = [fell, rose, 30 - rose - fell]
                caught += multinomial.pmf(counts, 30, [0.1, 0.2, 0.7])
    assert 0.94 < caught < 0.985


def test_who_missed_a_wave_is_left_out_of_the_pairs():
    """Three answered both times."""
    assert surveys.change_same_people([9, 9, 9, None], [9, 8, 9, 9]).n == 3


def test_waves_of_different_people_are_refused_as_pairs():
    """The remedy is named."""
    with pytest.raises(ValueError, match="use change_two_samples"):
        surveys.change_same_people([9, 9], [9])


def test_to_see_five_points_takes_about_3500_in_each_wave():
    """Power 80%: 2 x .5611 x (1.96 + .8416)^2 / .05^2."""
    n = surveys.n_for_change(0.50, 0.17, points=5)
    assert n == pytest.approx(2 * 0.5611 * (1.95996 + 0.84162) ** 2 / 0.0025, abs=1)


def test_customers_of_one_agent_are_not_so_many_customers():
    """The naive interval misses far oftener than it says; clusters mend it."""
    naive = honest = 0
    truth_rng = np.random.default_rng(0)
    big = agents(n_agents=20_000, per_agent=20, spread=1.0, rng=truth_rng)
    truth = surveys.net_promoter(big["recommend"], scale="nps").score
    for seed in range(200):
        rng = np.random.default_rng(seed)
        table = agents(n_agents=40, per_agent=20, spread=1.0, rng=rng)
        found = surveys.clustered(
            table["recommend"], table["agent"], n_boot=400, rng=rng
        )
        naive += found.naive.low <= truth <= found.naive.high
        honest += found.score.low <= truth <= found.score.high
    assert naive / 200 < 0.75
    assert honest / 200 > 0.89


def test_without_differences_between_agents_clusters_cost_nothing():
    """The same width, within the noise of the draws."""
    rng = np.random.default_rng(2)
    table = agents(n_agents=200, per_agent=10, spread=0.0, rng=rng)
    found = surveys.clustered(table["recommend"], table["agent"], rng=rng)
    assert found.times_wider == pytest.approx(1, abs=0.15)


def test_one_cluster_tells_nothing_about_clusters():
    """It is refused rather than given a margin of zero."""
    with pytest.raises(ValueError, match="fewer than two"):
        surveys.clustered([9, 8], ["A", "A"], rng=np.random.default_rng(1))
