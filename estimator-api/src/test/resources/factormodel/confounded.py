#!/usr/bin/env python3
"""What the factors' prior mean does where treatment follows the level of the outcome in a small, noisy panel.

    python3 confounded.py DRAWS

Prints bias, RMSE and coverage of the unit ATE, with factors shrunk towards zero and towards what treatment tells of them.
The design is that of `rowwise simulate --assignment confounded --units 44 --periods 210 --noise 1.5`.
"""
import sys

import numpy as np
from scipy.stats import t

from factor_model import Model


class TowardsZero(Model):
    def follow_treatment(self):
        pass


def simulate(g, n=44, m=210, noise=1.5, ar=0.0):
    b, f, z = g.standard_normal((n, 3)), g.standard_normal((m, 3)), g.standard_normal((n, 1))
    untreated = b @ f.T
    d = (g.random((n, m)) < 1 / (1 + np.exp(-untreated / np.sqrt(3)))).astype(int)
    effect = 1 + 0.5 * (z + 0.5 * b[:, :1]) + 0.15 * z * f[:, 0]
    e = g.standard_normal((n, m))
    for j in range(1, m):
        e[:, j] = ar * e[:, j - 1] + np.sqrt(1 - ar * ar) * e[:, j]
    return 3 + untreated + d * effect + noise * e, d, effect.mean(1)


def main():
    draws = int(sys.argv[1])
    print('| noise | factors shrunk towards | bias | RMSE | coverage |\n|---|---|---|---|---|')
    for name, ar in (('iid', 0.0), ('ar1', 0.6)):
        for label, kind in (('zero', TowardsZero), ('treatment', Model)):
            errors, covered = [], []
            for draw in range(draws):
                y, d, truth = simulate(np.random.default_rng(draw), ar=ar)
                (result,), freedom = kind(y, d).fit().summary()
                error = np.array(result['ate']) - truth
                width = t.ppf(0.975, freedom) * np.array(result['ate_se'])
                errors.append(error)
                covered.append(abs(error) < width)
            errors = np.array(errors)
            print('| %s | %s | %.3f | %.3f | %.3f |' % (
                name, label, errors.mean(), np.sqrt((errors**2).mean()), np.mean(covered)))


if __name__ == '__main__':
    main()
