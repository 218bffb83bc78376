#!/usr/bin/env python3
"""Makes the panels of this folder and what the numpy model of factor_model.py says of them.

    python3 make_reference.py

PANEL.csv holds unit, time, outcome, treatment; PANEL.expected.json a list of results. Simulated: three factors, effects
with a constant part and a part on the first factor, autoregressive noise. In `gaps` a sixth of the cells is missing, one
unit was never treated and one never observed; `three_arms` has gaps too, a second treatment with effects of its own, in
stretches for half of the units, one unit without each arm and one never observed. In `staggered` units drift, two thirds adopt and
stay, effects build up, one unit is always treated, and a tenth of the cells is missing.
"""
import csv
import json

import numpy as np

from factor_model import Model


def simulate(n, m, seed, gaps):
    g = np.random.default_rng(seed)
    b, f, z = g.standard_normal((n, 3)), g.standard_normal((m, 3)), g.standard_normal((n, 1))
    e = g.standard_normal((n, m))
    for j in range(1, m):
        e[:, j] = 0.5 * e[:, j - 1] + np.sqrt(0.75) * e[:, j]
    d = (g.random((n, m)) < 1 / (1 + np.exp(-0.7 * (b @ f.T)))).astype(int)
    y = 3 + b @ f.T + d * (1 + 0.5 * z + 0.3 * z * f[:, 0]) + 0.5 * e
    if gaps:
        d[0] = 0
        y[g.random((n, m)) < 1 / 6] = np.nan
        y[5] = np.nan
    return np.round(y, 4), d


def three_arms(n, m, seed):
    g = np.random.default_rng(seed)
    y, d = simulate(n, m, seed, False)
    z, f = g.standard_normal((n, 1)), g.standard_normal(m)
    second = g.random((n, m)) < 0.35
    second[::2] = np.repeat(g.random((n, m // 5)) < 0.4, 5, 1)[::2]
    y += (second & (d == 0)) * (-1 + 0.4 * z * (1 + f) + 1.2 * g.standard_normal((n, m)))
    arm = np.where(second & (d == 0), 2, d)
    y[g.random((n, m)) < 1 / 6] = np.nan
    y[3, arm[3] == 0], y[7, arm[7] == 1], y[11, arm[11] == 2], y[20] = np.nan, np.nan, np.nan, np.nan
    y[1, :3], y[2, -2:] = np.nan, np.nan
    return np.round(y, 4), arm


def staggered(n, m, seed):
    g = np.random.default_rng(seed)
    b, f = g.standard_normal((n, 2)), g.standard_normal((m, 2))
    drift = 0.25 * np.cumsum(g.standard_normal((n, m)), 1)
    arm, since = np.zeros((n, m), int), np.zeros((n, m))
    for i in range(2 * n // 3):
        at = g.integers(m // 4, m - 5)
        arm[i, at:], since[i, at:] = 1, np.arange(m - at)
    arm[2], since[2] = 1, np.arange(m)
    effect = (1 + 0.3 * g.standard_normal((n, 1))) * (0.5 + 1.5 * (1 - np.exp(-since / 6)))
    y = 2 + b @ f.T + drift + arm * effect + 0.4 * g.standard_normal((n, m))
    y[g.random((n, m)) < 0.1] = np.nan
    return np.round(y, 4), arm


def main():
    panels = (('plain', simulate(48, 36, 11, False)), ('gaps', simulate(45, 40, 12, True)),
              ('three_arms', three_arms(54, 40, 13)), ('staggered', staggered(48, 42, 14)))
    for name, (y, d) in panels:
        n, m = y.shape
        with open(name + '.csv', 'w', newline='') as out:
            rows = csv.writer(out)
            rows.writerow(['unit', 'time', 'outcome', 'treatment'])
            for i in range(n):
                for j in range(m):
                    rows.writerow(['u%02d' % i, j, '' if np.isnan(y[i, j]) else y[i, j], d[i, j]])
        results = []
        for noise in ('iid', 'ar1'):
            for effects in ('constant', 'factors', 'onset', 'auto'):
                model = Model(y, d, effects=effects, ar=noise == 'ar1').fit()
                result = {'noise': noise, 'effects': effects, 'rank': model.r, 'trends': model.q,
                          'constant': bool(model.constant), 'onsets': len(model.series) > 0,
                          'noise_correlation': model.rho_pooled,
                          'bounds': model.first_phase}
                result['arms'], freedom = model.summary()
                result['df'] = freedom.tolist()
                results.append(result)
        with open(name + '.expected.json', 'w') as out:
            json.dump({'results': results}, out, indent=1)
            out.write('\n')


if __name__ == '__main__':
    main()
