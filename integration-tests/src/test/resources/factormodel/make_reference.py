#!/usr/bin/env python3
"""Makes the panels of this folder and what the numpy model of factor_model.py says of them.

    python3 make_reference.py

PANEL.csv holds unit, time, outcome, treatment; PANEL.expected.json a list of results. Simulated: three factors, effects
with a constant part and a part on the first factor, autoregressive noise. In `gaps` a sixth of the cells is missing, one
unit was never treated and one never observed.
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


def main():
    for name, n, m, seed, gaps in (('plain', 48, 36, 11, False), ('gaps', 45, 40, 12, True)):
        y, d = simulate(n, m, seed, gaps)
        with open(name + '.csv', 'w', newline='') as out:
            rows = csv.writer(out)
            rows.writerow(['unit', 'time', 'outcome', 'treatment'])
            for i in range(n):
                for j in range(m):
                    rows.writerow(['u%02d' % i, j, '' if np.isnan(y[i, j]) else y[i, j], d[i, j]])
        results = []
        for noise in ('iid', 'ar1'):
            for effects in ('constant', 'factors'):
                model = Model(y, d, constant=effects == 'constant', ar=noise == 'ar1').fit()
                result = {'noise': noise, 'effects': effects, 'rank': model.r,
                          'noise_correlation': model.rho_pooled,
                          'bounds': model.first_phase}
                result.update({key: value.tolist() for key, value in model.summary().items()})
                results.append(result)
        with open(name + '.expected.json', 'w') as out:
            json.dump({'results': results}, out, indent=1)
            out.write('\n')


if __name__ == '__main__':
    main()
