"""The shared-factor model in numpy, every step written for whole matrices: the reference that the library is tested
against. Any number of arms, one process, no attempt at speed.

    y_ij = nu_j + v_j'b_i + c_j'g_i + sum_a D_aij (v_j'd_ai + h(k_ij)'w_ai) + e_ij,  v_j = (1, f_j),
    e_i AR(1) with correlation rho_i and innovations of variance s2_i / u_j

c_j are cosines (the units' trends), h onset terms in the time k_ij since the unit entered the arm. ve_j = (1, f_j, c_j, nu_j) is a
period's extended vector; a unit's augmented coefficients are z_i = (b_i, g_i, 1, d_1i, ..., d_Ki, w_1i, ..., w_Ki), and x_i is the
same without the 1.
"""
import numpy as np

NU0, KAPPA, A0, LIMIT = 10.0, 200.0, 3.0, 3.0
TAU_DOF, TAU_SHARE = 50.0, 1 / 3    # degrees of freedom of the periods' scales: at least so many, and a share of units
LAGS, NOTICED = 3, 3.0
ARM_PRIOR = 20.0


TREND_START = 0.05                   # share of the residual variance that the first trend has at the start
DIFFUSE = 100.0                      # prior variance of the level of a unit without control cells, in variances of y
RIDGE = 1.0                          # units per level that shrink the regression of effects on levels
ONSET_SHARES = 0.05, 0.3             # time constants of the onset terms, as shares of the periods


def sym(a):
    return 0.5 * (a + np.swapaxes(a, -1, -2))


def transposed(a):
    return np.swapaxes(a, 1, 2)


class Model:
    def __init__(self, y, arm, rank_limit=8, effects='auto', ar=True):
        n, m = self.n, self.m = y.shape
        self.k = int(arm.max())
        self.form, self.constant, self.ar = effects, effects in ('constant', 'onset'), ar
        self.q, self.cos = 0, np.zeros((m, 0))
        self.all_series = onset_series(y, arm)
        self.series, self.series_arm = [], []
        w = self.w = np.isfinite(y).astype(float)
        self.d = np.stack([(arm == a + 1) * w for a in range(self.k)])
        self.control = w - self.d.sum(0)
        self.pair = np.zeros((n, m))
        self.pair[:, 1:] = w[:, 1:] * w[:, :-1]
        self.start_of_run = w - self.pair
        self.tau_dof = max(TAU_DOF, TAU_SHARE * n)
        self.weigh(np.ones(m))
        self.d_before = np.zeros((self.k, n, m))
        self.d_before[:, :, 1:] = self.d[:, :, :-1]
        self.cells = w.sum(1)
        self.runs = self.cells - self.pair.sum(1)
        y = np.where(w > 0, y, 0.0)
        self.shift = y.sum() / w.sum()
        self.raw = (y - self.shift) * w
        self.set_outcomes(self.raw)
        self.variance = np.var(self.y[w > 0])
        self.start(0 if min(n, m) <= 2 else max(1, min(rank_limit, min(n, m) // 4)))

    def weigh(self, u):
        """Periods' precisions: innovations of unit i in period j have variance s2_i / u_j."""
        self.u = u
        self.pu = self.pair * u
        self.wu = self.w * u
        after = np.zeros((self.n, self.m))
        after[:, :-1] = self.pu[:, 1:]
        self.neighbours = self.pu + after
        if hasattr(self, 'y'):
            self.set_outcomes(self.y)
            self.set_series(self.series, self.series_arm)

    def set_outcomes(self, y):
        self.y = y
        self.y_before = np.zeros_like(y)
        self.y_before[:, 1:] = y[:, :-1]
        after = np.zeros_like(y)
        after[:, :-1] = y[:, 1:] * self.pu[:, 1:]
        self.beside = self.y_before * self.pu + after
        self.yu = y * self.u
        self.squares = [(y * self.yu).sum(1), (self.neighbours * y * y).sum(1), (y * self.beside).sum(1)]

    def parts(self, y):
        """y weighted by the parts of the noise precision."""
        before = np.zeros_like(y)
        before[:, 1:] = y[:, :-1]
        after = np.zeros_like(y)
        after[:, :-1] = y[:, 1:] * self.pu[:, 1:]
        return [y * self.u * self.w, y * self.neighbours, before * self.pu + after]

    def set_series(self, series, arms):
        self.series, self.series_arm = series, arms
        self.series_parts = [self.parts(z) for z in series]

    def levels(self):
        return 1 + self.r + self.q

    def latents(self):
        return list(range(1, self.r + 1)) + [self.levels()]

    def known(self):
        return [0] + list(range(self.r + 1, self.levels()))

    def joint(self):
        p = len(self.mu)
        return [i for i in range(p) if i <= self.r or i >= self.levels()]

    def start(self, r):
        n, m = self.n, self.m
        level, effect, period = self.averages()
        residual = self.w * (self.y - level[:, None] - (self.d * effect[:, :, None]).sum(0) - period)
        _, values, right = np.linalg.svd(residual, full_matrices=False)
        total_squares = (residual ** 2).sum()
        self.r = r
        self.f = right[:r].T * np.sqrt(m)
        self.nu = period.copy()
        self.residual_variance = total_squares / self.cells.sum()
        self.cov = np.zeros((m, r + 1, r + 1))
        self.lag = np.zeros((m, r + 1, r + 1))
        cells = self.cells.sum()
        total = (residual ** 2).sum()
        freedom = max(cells - (2 + self.k) * n - m - r * (n + m), 0.2 * cells)
        s2 = max(total - (values[:r] ** 2).sum(), 1e-12 * total) / freedom
        self.s2, self.s2_pooled = np.full(n, s2), s2
        self.rho, self.rho_pooled = np.zeros(n), 0.0
        self.tau2 = 100 * self.variance
        self.spread_scale = s2 / m
        self.a0 = A0
        self.basis = None
        k, e = r + 1, self.effects()
        self.mu = np.zeros(k + self.k * e)
        self.mu[0], self.mu[k::e] = level.mean(), effect.mean(1)
        self.s = np.diag(np.concatenate([
            [np.var(level) + 1e-9 * self.variance + s2 / m],
            values[:r] ** 2 / (n * m) + 1e-12 * self.variance]
            + [np.append(np.var(effect[a]) + s2 / m, np.full(e - 1, 4 * s2 / m)) for a in range(self.k)]))
        self.log_precision = 0.0
        self.bounds = []
        self.passes = 0
        self.measure_periods()

    def averages(self):
        """Unit levels, unit effects and period effects by alternating averages."""
        w, d, period = self.w, self.d, np.zeros(self.m)
        treated, control = d.sum(2), self.control.sum(1)
        both = (treated > 0) & (control > 0)
        weight = np.where(both, treated * control / np.maximum(treated + control, 1), 0.0)
        for _ in range(30):
            rest = w * (self.y - period)
            effect = np.where(both, (rest * d).sum(2) / np.maximum(treated, 1)
                              - (rest * self.control).sum(1) / np.maximum(control, 1), 0.0)
            mean = ((weight * effect).sum(1) / np.maximum(weight.sum(1), 1e-9))[:, None]
            effect = np.where(both, (weight * effect + 3 * mean) / (weight + 3), 0.0)
            level = (rest.sum(1) - (effect * treated).sum(0)) / np.maximum(self.cells, 1)
            fit = level[:, None] + (d * effect[:, :, None]).sum(0)
            period = (w * (self.y - fit)).sum(0) / np.maximum(w.sum(0), 1)
            period -= period.mean()
        return level, effect, period

    def effects(self):
        return 1 if self.constant else self.r + 1

    def exponent(self):
        return min(self.a0, self.n / 3.0, self.m / (3.0 * max(2, self.blocks())))

    def blocks(self):
        return 1 if self.constant else 1 + self.k

    # ---- the units' half

    def grams(self, extended):
        """Augmented second moments and outcomes, in the parts of Q = (1-rho^2) A0 + rho^2 A1 - rho A2."""
        n, m, e, wide = self.n, self.m, self.effects(), self.levels() + 1
        at = np.ix_(range(m), self.latents(), self.latents())
        vv = extended[:, :, None] * extended[:, None, :]
        vv[at] += self.cov
        vl = np.zeros((m, wide, wide))
        vl[1:] = extended[1:, :, None] * extended[:-1, None, :]
        vl[np.ix_(range(1, m), self.latents(), self.latents())] += self.lag[1:]
        count = len(self.series)

        def sums(mask, columns):
            return (mask @ columns.reshape(m, -1)).reshape(n, wide, wide)

        def pack(bb, db, dd):
            """From the blocks of (b, 1) and all of every d_a with it and with each other."""
            g = np.zeros((n, wide + self.k * e + count, wide + self.k * e + count))
            g[:, :wide, :wide] = bb
            for a in range(self.k):
                at = slice(wide + a * e, wide + (a + 1) * e)
                g[:, at, :wide] = db[a][:, :e, :]
                g[:, :wide, at] = transposed(db[a])[:, :, :e]
                for c in range(self.k):
                    g[:, at, wide + c * e:wide + (c + 1) * e] = dd[a][c][:, :e, :e]
            return g

        def within(mask):
            treated = [sums(mask * d, vv) for d in self.d]
            none = np.zeros((n, wide, wide))
            return pack(sums(mask, vv), treated,
                        [[treated[a] if a == c else none for c in range(self.k)] for a in range(self.k)])

        def linear(outcomes):
            return np.concatenate([outcomes @ extended] + [((outcomes * d) @ extended)[:, :e] for d in self.d]
                                  + [(outcomes * z).sum(1)[:, None] for z in self.series], 1)

        def add_series(g, part):
            for h in range(count):
                row = linear(self.series_parts[h][part])
                g[:, wide + self.k * e + h, :] = row
                g[:, :, wide + self.k * e + h] = row
            return g

        moments, outcomes = [add_series(within(self.wu), 0)], [linear(self.yu)]
        if self.ar:
            c = self.neighbours
            moments.append(add_series(within(self.w * c), 1))
            b = sums(self.pu, vl)
            now = [sums(self.pu * d, vl) for d in self.d]
            before = [sums(self.pu * d, vl) for d in self.d_before]
            both = [[sums(self.pu * d * d_before, vl) for d_before in self.d_before] for d in self.d]
            moments.append(pack(b + transposed(b),
                                [now[a] + transposed(before[a]) for a in range(self.k)],
                                [[both[a][c] + transposed(both[c][a]) for c in range(self.k)]
                                 for a in range(self.k)]))
            add_series(moments[-1], 2)
            outcomes += [linear(self.y * c), linear(self.beside)]
        return moments, outcomes

    def combine(self, parts):
        if not self.ar:
            return parts[0]
        rho = self.rho.reshape((-1,) + (1,) * (np.ndim(parts[0]) - 1))
        return (1 - rho ** 2) * parts[0] + rho ** 2 * parts[1] - rho * parts[2]

    def diffuse(self):
        """Prior covariance of units without control cells."""
        s = self.s.copy()
        s[0, 0] += DIFFUSE * self.variance
        return s

    def prior_precision(self):
        control = self.control.sum(1) > 0
        return np.where(control[:, None, None], np.linalg.inv(self.s), np.linalg.inv(self.diffuse()))

    def posterior(self):
        k = self.levels()
        moments, outcomes = self.grams(self.extended())
        g, t = self.combine(moments), self.combine(outcomes)
        self.ix = [i for i in range(g.shape[1]) if i != k]
        inverse = self.prior_precision()
        self.gram = g[:, self.ix][:, :, self.ix]
        self.c = sym(np.linalg.inv(self.gram / self.s2[:, None, None] + inverse))
        right = (t[:, self.ix] - g[:, self.ix, k]) / self.s2[:, None] + inverse @ self.mu
        self.x = np.einsum('nij,nj->ni', self.c, right)
        return moments, outcomes

    def augmented(self):
        z = np.ones((self.n, len(self.ix) + 1))
        z[:, self.ix] = self.x
        return z

    def units(self):
        """Posterior, noise and prior in turn; returns the bound."""
        moments, outcomes = self.posterior()
        z = self.augmented()
        residuals = [
            self.squares[q] - 2 * (outcomes[q] * z).sum(1) + np.einsum('ni,nij,nj->n', z, g, z)
            + (g[:, self.ix][:, :, self.ix] * self.c).sum((1, 2)) for q, g in enumerate(moments)]
        for _ in range(3):
            if self.ar:
                self.rho = self.likeliest((residuals[1] - residuals[0]) / self.s2 + KAPPA,
                                          residuals[2] / self.s2 + 2 * KAPPA * self.rho_pooled)
            self.s2 = (NU0 * self.s2_pooled + self.combine(residuals)) / (NU0 + self.cells)
        self.pool()
        n = self.n
        moment = self.prior_step()
        self.passes += 1
        return self.bound(self.combine(residuals), moment)

    def kl(self, moment):
        """Divergence of the units' posteriors from the prior; of units without treatment, that of levels and trends."""
        control, both = self.groups
        logs = np.linalg.slogdet(self.c)[1]
        z = self.x - self.mu
        lev, eff = list(range(self.levels())), list(range(self.levels(), len(self.mu)))
        total = 0
        for units, at, s in ((both, lev + eff, self.s), (~control, lev + eff, self.diffuse()), (control & ~both, lev, self.s)):
            s = s[np.ix_(at, at)]
            c = self.c[units][:, at][:, :, at]
            m = c.sum(0) + z[units][:, at].T @ z[units][:, at]
            total += 0.5 * ((np.linalg.inv(s) * m).sum() - units.sum() * len(at) + units.sum() * np.linalg.slogdet(s)[1] - np.linalg.slogdet(c)[1].sum())
        return total

    def prior_step(self):
        """Prior mean and covariance: levels from units with control cells, effects given levels from units with both."""
        control = self.control.sum(1) > 0
        both = control & (self.d.sum(2).sum(0) > 0)
        self.groups = control, both
        p = len(self.mu)
        trends = list(range(self.r + 1, self.levels()))
        lev = list(range(self.r + 1))
        eff = list(range(self.levels(), p))
        nh, nt, a = control.sum(), both.sum(), self.exponent()
        at = min(a, nt / 8.0)
        self.former = np.linalg.inv(self.s)
        self.c_control = self.c[control].sum(0)
        mb = self.x[control][:, lev].mean(0)
        z = self.x[control][:, lev] - mb
        a = min(a, nh / 3.0)
        sbb = sym((z.T @ z + self.c[control][:, lev][:, :, lev].sum(0)) / (nh - a)) + 1e-14 * self.variance * np.eye(len(lev))
        je = lev + eff
        x = self.x[both][:, je]
        mean = x.mean(0)
        z = x - mean
        mt = z.T @ z + self.c[both][:, je][:, :, je].sum(0)
        L, E = slice(0, len(lev)), slice(len(lev), None)
        ridge = RIDGE * (self.r + 2)
        inner = mt[L, L] + ridge * sbb
        B = np.linalg.solve(inner, mt[L, E]).T
        res = sym((mt[E, E] - B @ inner @ B.T) / (nt - at)) + 1e-14 * self.variance * np.eye(len(eff))
        penalty = 0.5 * ridge * np.trace(np.linalg.solve(res, B @ sbb @ B.T))
        s = np.zeros((p, p))
        s[np.ix_(lev, lev)] = sbb
        s[np.ix_(eff, lev)] = B @ sbb
        s[np.ix_(lev, eff)] = (B @ sbb).T
        s[np.ix_(eff, eff)] = res + B @ sbb @ B.T
        self.mu = np.zeros(p)
        self.mu[lev] = mb
        self.mu[eff] = mean[E] + B @ (mb - mean[L])
        z = self.x - self.mu
        moment = self.c.sum(0) + z.T @ z
        s[trends, trends] = np.diag(moment)[trends] / self.n + 1e-14 * self.variance
        moment[trends, :], moment[:, trends] = 0, 0
        moment[trends, trends] = s[trends, trends] * self.n
        self.s = s
        self.prior_bound = 0.5 * a * (np.linalg.slogdet(self.s[np.ix_(lev, lev)])[1] - len(lev) * np.log(self.spread_scale))
        self.prior_bound += 0.5 * at * (np.linalg.slogdet(res)[1] - len(eff) * np.log(self.spread_scale)) - penalty
        return moment

    def pool(self):
        seen = self.cells > 0
        self.s2_pooled = 1 / np.mean(1 / self.s2[seen])
        self.rho_pooled = self.rho[seen].mean()

    def likeliest(self, curvature, slope):
        low, high = np.full(self.n, -0.99), np.full(self.n, 0.995)
        for _ in range(40):
            rho = (low + high) / 2
            rising = -self.runs * rho / (1 - rho * rho) - rho * curvature + slope / 2 > 0
            low, high = np.where(rising, rho, low), np.where(rising, high, rho)
        return (low + high) / 2

    def bound(self, residuals, moment):
        n, p = self.n, len(self.mu)
        ratio = self.s2_pooled / self.s2
        value = -0.5 * (self.cells * np.log(2 * np.pi * self.s2 / self.variance) + residuals / self.s2).sum()
        seen = self.cells > 0
        value += 0.5 * NU0 * (np.log(ratio) - ratio)[seen].sum()
        value += 0.5 * (self.w.sum(0) * np.log(self.u)).sum()
        value += 0.5 * self.tau_dof * (np.log(self.u) - self.u + 1).sum()
        if self.ar:
            value += 0.5 * (self.runs * np.log1p(-self.rho ** 2)).sum()
            value -= 0.5 * KAPPA * ((self.rho - self.rho_pooled)[seen] ** 2).sum()
        value -= self.kl(moment)
        return value - self.divergence + self.prior_bound

    # ---- the periods' half

    def extended(self):
        return np.concatenate([np.ones((self.m, 1)), self.f, self.cos, self.nu[:, None]], 1)

    def prior_means(self):
        return np.zeros_like(self.f) if self.basis is None else self.basis @ (self.basis.T @ self.f)

    def measure_periods(self):
        m, g = self.m, self.r + 1
        precision = np.append(np.ones(self.r), 1 / self.tau2)
        total = ((self.f - self.prior_means()) ** 2).sum() + (self.nu ** 2).sum() / self.tau2
        total += (np.einsum('mii->mi', self.cov) * precision).sum()
        self.divergence = 0.5 * (total - m * g + m * np.log(self.tau2) + self.log_precision)

    def periods(self):
        n, m, r, wide, e = self.n, self.m, self.r, self.levels() + 1, self.effects()
        k = self.levels()
        z = np.zeros((n, (1 + self.k) * wide))
        at = np.concatenate([np.arange(k)] + [wide * (1 + a) + np.arange(e) for a in range(self.k)])
        own = len(at)
        z[:, at], z[:, k] = self.x[:, :own], 1
        second = z[:, :, None] * z[:, None, :]
        second[:, at[:, None], at[None, :]] += self.c[:, :own, :own]
        with_series = []
        for h in range(len(self.series)):
            row = z * self.x[:, [own + h]]
            row[:, at] += self.c[:, :own, own + h]
            with_series.append(row)
        block = [[second[:, i * wide:(i + 1) * wide, c * wide:(c + 1) * wide] for c in range(1 + self.k)]
                 for i in range(1 + self.k)]
        bb = block[0][0]
        arms = range(1, 1 + self.k)
        share, near, beside = 1 / self.s2, self.rho ** 2 / self.s2, self.rho / self.s2
        effect = [block[0][a] + block[a][0] + block[a][a] for a in arms]
        first, pair = self.start_of_run, self.pair

        def sums(mask, moment, weight):
            return (mask.T @ (moment * weight[:, None, None]).reshape(n, -1)).reshape(m, wide, wide)

        def within(mask, in_arm, weight):
            return sums(mask, bb, weight) + sum(sums(mask * in_arm[a], effect[a], weight) for a in range(self.k))

        def linear(outcomes, in_arm, weight, z=z):
            return (outcomes.T @ (z[:, :wide] * weight[:, None])
                    + sum((outcomes * in_arm[a - 1]).T @ (z[:, a * wide:(a + 1) * wide] * weight[:, None])
                          for a in arms))

        # A period's innovation squared, in its own vector, in that of the period before, and crossed; all without u.
        past_y = self.y_before * pair
        now = within(self.w, self.d, share) - within(first, self.d, near)
        past = within(pair, self.d_before, near)
        o = sums(pair, bb, beside)
        for a in arms:
            o += sums(pair * self.d[a - 1], block[a][0], beside)
            o += sums(pair * self.d_before[a - 1], block[0][a], beside)
            for i in arms:
                o += sums(pair * self.d[a - 1] * self.d_before[i - 1], block[a][i], beside)
        def lin(y, past, z):
            return (linear(y, self.d, share, z) - linear(y * first, self.d, near, z) - linear(past, self.d, beside, z),
                    linear(past, self.d_before, near, z) - linear(y * pair, self.d_before, beside, z))

        def quad(y, past, other, past_other, weight):
            return ((y * other).T @ (share * weight) - (y * other * first).T @ (near * weight)
                    + (past * past_other).T @ (near * weight)
                    - (past * other + y * past_other).T @ (beside * weight))

        one = np.ones(n)
        lin_now, lin_past = lin(self.y, past_y, z)
        y2 = quad(self.y, past_y, self.y, past_y, one)
        pasts = []
        for h, series in enumerate(self.series):
            before = np.zeros_like(series)
            before[:, 1:] = series[:, :-1]
            pasts.append(before * pair)
        for h, series in enumerate(self.series):
            a, b = lin(series, pasts[h], with_series[h])
            lin_now, lin_past = lin_now - a, lin_past - b
            y2 = y2 - 2 * quad(self.y, past_y, series, pasts[h], self.x[:, own + h])
            for i, other in enumerate(self.series):
                y2 = y2 + quad(series, pasts[h], other, pasts[i],
                               self.x[:, own + h] * self.x[:, own + i] + self.c[:, own + h, own + i])
        sums_without_u = now, past, o, lin_now, lin_past, y2

        def ahead(a):
            return np.concatenate([a[1:], np.zeros_like(a[:1])])

        u = self.u[:, None, None]
        h, o = now * u + ahead(past * u), o * u
        lin = lin_now * u[:, 0] + ahead(lin_past * u[:, 0])
        lat, fix = self.latents(), self.known()
        known = self.extended()[:, fix]
        right = lin[:, lat] - np.einsum('mlf,mf->ml', h[:, lat][:, :, fix], known)
        right[1:] += np.einsum('mlf,mf->ml', o[1:][:, lat][:, :, fix], known[:-1])
        right[:-1] += np.einsum('mfl,mf->ml', o[1:][:, fix][:, :, lat], known[1:])
        right[:, :r] += self.prior_means()
        diagonal = sym(h[:, lat][:, :, lat]) + np.diag(np.append(np.ones(r), 1 / self.tau2))
        mean, self.cov, self.lag, self.log_precision = chain(diagonal, -o[:, lat][:, :, lat], right)
        self.f, self.nu = mean[:, :r], mean[:, r]
        self.scales(*sums_without_u)
        self.rotate()

    def scales(self, now, past, o, lin_now, lin_past, y2):
        ve = self.extended()
        vv = ve[:, :, None] * ve[:, None, :]
        vv[np.ix_(range(self.m), self.latents(), self.latents())] += self.cov
        vl = np.zeros_like(vv)
        vl[1:] = ve[1:, :, None] * ve[:-1, None, :]
        vl[np.ix_(range(1, self.m), self.latents(), self.latents())] += self.lag[1:]
        vb, vvb = np.zeros_like(ve), np.zeros_like(vv)
        vb[1:], vvb[1:] = ve[:-1], vv[:-1]
        total = y2 - 2 * (ve * lin_now).sum(1) - 2 * (vb * lin_past).sum(1)
        total += (now * vv).sum((1, 2)) + (past * vvb).sum((1, 2)) - 2 * (o * vl).sum((1, 2))
        self.weigh((self.tau_dof + self.w.sum(0)) / (self.tau_dof + total))

    def rotate(self, by_strength=False):
        """Parameter expansion: an affine change of the factors that leaves the likelihood as it is."""
        r, m, k, e = self.r, self.m, self.r + 1, self.effects()
        centre = self.f.mean(0)
        f = self.f - centre
        own = f if self.basis is None else f - self.basis @ (self.basis.T @ f)
        second = (own.T @ own + self.cov[:, :r, :r].sum(0)) / m
        second /= 1 - self.exponent() * self.blocks() / m
        values, vectors = np.linalg.eigh(second)
        root = (vectors * np.sqrt(np.maximum(values, 1e-12))) @ vectors.T
        t = np.eye(k)
        t[1:, 0], t[1:, 1:] = centre, root
        if by_strength:
            loadings = (t.T @ self.s[:k, :k] @ t)[1:, 1:]
            root = root @ np.linalg.eigh(sym(loadings))[1][:, ::-1]
            t[1:, 1:] = root
        inverse = np.linalg.inv(root)
        self.f = f @ inverse.T
        self.transform_periods(np.block([[inverse, np.zeros((r, 1))], [np.zeros((1, r)), np.ones((1, 1))]]))
        self.log_precision += 2 * m * np.linalg.slogdet(root)[1]
        both = np.eye(len(self.mu))
        both[:k, :k] = t
        for a in range(self.k):
            at = slice(k + self.q + a * e, k + self.q + (a + 1) * e)
            both[at, at] = t[:e, :e]
        self.mu, self.s = both.T @ self.mu, sym(both.T @ self.s @ both)
        self.x, self.c = self.x @ both, both.T @ self.c @ both
        loading = self.mu[1:k].copy()
        self.nu = self.nu + self.f @ loading
        shear = np.eye(r + 1)
        shear[r, :r] = loading
        self.transform_periods(shear)
        self.mu[1:k] = 0
        self.x[:, 1:k] -= loading
        level = self.nu.mean()
        self.nu = self.nu - level
        self.mu[0] += level
        self.x[:, 0] += level
        self.measure_periods()

    def transform_periods(self, a):
        self.cov, self.lag = a @ self.cov @ a.T, a @ self.lag @ a.T

    def drop(self, dropped):
        k = self.r + 1
        keep = [j for j in range(self.r) if j not in dropped]
        latent = keep + [self.r]
        self.f = self.f[:, keep]
        self.cov, self.lag = self.cov[:, latent][:, :, latent], self.lag[:, latent][:, :, latent]
        at = [0] + [1 + j for j in keep]
        e = self.effects()
        own = [k + self.q + a * e + j for a in range(self.k) for j in ([0] if self.constant else list(at))]
        at += list(range(k, k + self.q)) + own
        at += list(range(k + self.q + self.k * e, len(self.mu)))
        self.mu, self.s = self.mu[at], self.s[np.ix_(at, at)]
        self.x, self.c = self.x[:, at], self.c[:, at][:, :, at]
        self.r = len(keep)
        gain = self.lag[1:] @ np.linalg.inv(self.cov[:-1])
        conditional = sym(self.cov[1:] - gain @ transposed(self.lag[1:]))
        self.log_precision = -(np.linalg.slogdet(self.cov[0])[1] + np.linalg.slogdet(conditional)[1].sum())
        self.measure_periods()

    # ---- the iteration

    STATE = ('u f nu cov lag divergence log_precision s2 s2_pooled rho rho_pooled mu s x c r ix gram prior_bound former c_control').split()

    def save(self):
        return {name: getattr(self, name) for name in self.STATE}

    def load(self, state):
        for name, value in state.items():
            setattr(self, name, value)
        self.weigh(self.u)

    def vector(self):
        at = self.joint()
        root = np.linalg.cholesky(self.s[np.ix_(at, at)])
        d = np.diag(root)
        below = np.tril_indices(len(d), -1)
        n, m = self.n, self.m
        trends = list(range(self.r + 1, self.levels()))
        values = [self.f.ravel(), self.nu, self.mu[at], (root / d)[below], np.log(d), np.log(np.diag(self.s)[trends]) / 2,
                  np.log(self.s2), np.log(self.u)]
        spread = 1 / np.sqrt(np.einsum('mii->mi', self.cov).mean(0))
        scales = [np.tile(spread[:-1], m), np.full(m, spread[-1]), np.sqrt(n / np.diag(self.s)[at]),
                  np.sqrt(n) * (d[None, :] / d[:, None])[below], np.full(len(d), np.sqrt(2.0 * n)), np.full(self.q, np.sqrt(2.0 * n)),
                  np.sqrt(self.cells / 2), np.sqrt(self.w.sum(0) / 2)]
        if self.ar:
            values.append(np.arctanh(self.rho))
            scales.append(np.sqrt(self.cells))
        return np.concatenate(values), np.concatenate(scales)

    def set_vector(self, vector):
        n, m, r = self.n, self.m, self.r
        at = self.joint()
        p = len(at)
        f, nu, mu, lower, log_d, log_w, log_s2, log_u, rho = np.split(
            vector, np.cumsum([m * r, m, p, p * (p - 1) // 2, p, self.q, n, m]))
        self.f, self.nu = f.reshape(m, r).copy(), nu.copy()
        self.mu = np.zeros(len(self.mu))
        self.mu[at] = mu
        unit = np.eye(p)
        unit[np.tril_indices(p, -1)] = lower
        root = unit * np.exp(log_d)
        self.s = np.zeros((len(self.mu), len(self.mu)))
        self.s[np.ix_(at, at)] = sym(root @ root.T)
        trends = list(range(self.r + 1, self.levels()))
        self.s[trends, trends] = np.exp(2 * log_w)
        self.s2 = np.exp(log_s2)
        if self.ar:
            self.rho = np.tanh(rho)
        self.weigh(np.exp(log_u))
        self.pool()
        self.measure_periods()

    def iterate(self, most, structure, tolerance=1e-5, bound=-np.inf):
        still, trial_from = 0, 0
        history, start, back, longest = [], None, None, 4.0
        group = True
        for iteration in range(most):
            reached = self.units()
            if back is not None and reached < bound - 1e-9 * abs(bound):
                self.load(back)
                history, start, longest = [], None, max(longest / 2, 2.0)
                reached = self.units()
            back = None
            self.bounds.append(reached)
            rise, bound = reached - bound, reached
            still = still + 1 if rise < tolerance * max(abs(bound), self.cells.sum()) else 0
            if still >= 2:
                break
            self.periods()
            if not structure:
                continue
            if self.r > 1 and iteration >= trial_from:
                state = self.save()
                self.rotate(by_strength=True)
                strength = (self.f ** 2).sum(0) / np.einsum('mii->i', self.cov)[:self.r]
                weak = 4 * max(1.0, np.sqrt(self.n / self.m))
                if strength.min() <= weak:
                    dead = list(np.flatnonzero(strength <= (weak if group else 0.3)))[-(self.r - 1):]
                    dead = dead or [int(np.argmin(strength))]
                    self.drop(dead)
                    reached = self.units()
                    several = len(dead) > 1
                    if reached - bound >= (0.4 * max(rise, 0.0) if strength.min() > 1 or several else 0.0):
                        bound = reached
                        self.bounds.append(bound)
                        self.periods()
                        history, start = [], None
                        continue
                    trial_from = iteration + (1 if group and several else 5)
                    group = False
                self.load(state)
            end, scales = self.vector()
            former, start = start, end
            if iteration < 4 or iteration + 1 >= most or former is None or len(former) != len(end):
                continue
            history.append((former, end))
            if len(history) == 2:
                (x0, x1), (x2, x3) = history
                first, change = (x1 - x0) * scales, (x3 - x2 - x1 + x0) * scales
                length = min(max(np.linalg.norm(first) / max(np.linalg.norm(change), 1e-300), 1.0), longest)
                longest *= 2 if length == longest else 1
                back = self.save()
                self.set_vector(x0 + 2 * length * (x1 - x0) + length ** 2 * (x3 - x2 - x1 + x0))
                history, start = [], None

    def finish(self, last=2):
        self.drop_factors_of_one_unit()
        self.follow_treatment()
        self.a0 = max(A0, len(self.joint()) + 1.0)
        for _ in range(2):
            self.limit_residuals()
            self.iterate(1, False)
        self.iterate(last, False)
        self.posterior()

    def grow(self, at, variances):
        """Inserts coefficients before index `at`."""
        c = len(variances)
        p = len(self.mu)
        old = [i if i < at else i + c for i in range(p)]
        s, mu = np.zeros((p + c, p + c)), np.zeros(p + c)
        s[np.ix_(old, old)], mu[old] = self.s, self.mu
        s[range(at, at + c), range(at, at + c)] = variances
        self.s, self.mu = s, mu

    def add_trends(self):
        m = self.m
        q = max(1, min(6, m // 6))
        j = np.arange(m) + 0.5
        self.cos = np.stack([np.sqrt(2) * np.cos(np.pi * l * j / m) for l in range(1, q + 1)], 1)
        at = self.levels()
        self.q = q
        self.grow(at, TREND_START * self.residual_variance / np.arange(1, q + 1) ** 2 + self.s2_pooled / m)

    def add_onsets(self):
        count = len(self.all_series[0])
        k, e = self.levels(), self.effects()
        size = [self.s[k + a * e, k + a * e] + self.mu[k + a * e] ** 2 for a in self.all_series[1]]
        self.grow(len(self.mu), np.array(size))
        self.set_series(*self.all_series)

    def drop_trends(self):
        at = [i for i in range(len(self.mu)) if not self.r < i < self.levels()]
        self.mu, self.s = self.mu[at], self.s[np.ix_(at, at)]
        self.q, self.cos = 0, np.zeros((self.m, 0))

    def wald(self):
        """Chi-square statistic of the mean of the onset coefficients, from the last E-step."""
        count = len(self.series)
        at = np.ix_(self.joint(), self.joint())
        p = self.former
        information = sym(self.groups[0].sum() * p - p @ self.c_control @ p)[at]
        information[np.diag_indices(len(information))] *= 1 + 1e-9
        common = np.linalg.inv(information)[-count:, -count:]
        mean = self.mu[-count:]
        return mean @ np.linalg.solve(common, mean)

    def drop_onsets(self):
        count = len(self.series)
        p = len(self.mu) - count
        self.mu, self.s = self.mu[:p], self.s[:p, :p]
        self.set_series([], [])

    def evidence(self):
        """The bound without the prior of S."""
        return self.bounds[-1] - self.prior_bound

    def trial(self, change, penalty, most):
        """Tries a smaller form for a few passes; keeps it if the evidence falls by no more than the penalty."""
        state, full, bounds = self.save(), self.evidence(), list(self.bounds)
        form = self.q, self.cos, self.constant, self.series, self.series_arm
        change()
        self.measure_periods()
        reached = []
        while True:
            self.bounds = [self.units()]
            reached.append(self.evidence())
            tried, fall = len(reached), full - reached[-1]
            kept = fall <= penalty
            if kept or tried >= most or (tried == 1 and fall > 4 * penalty + 50):
                break
            if tried > 1 and reached[-1] + (reached[-1] - reached[-2]) * (most - tried) < full - penalty:
                break
            self.periods()
        if kept:
            self.periods()
            return True
        self.bounds = bounds
        self.q, self.cos, self.constant, series, arms = form
        self.set_series(series, arms)
        self.load(state)
        return False

    def fit(self, most=16, last=2, tolerance=1e-4):
        both = (self.d.sum(2) > 0) & (self.control.sum(1) > 0)
        units = both.sum(1).min()
        self.add_trends()
        if self.form in ('onset', 'auto'):
            self.add_onsets()
        bound = self.units()
        self.periods()
        self.iterate(3, True, tolerance, bound)
        self.try_without_trends()
        self.iterate(most - 3, True, tolerance, self.bounds[-1])
        changed = self.try_without_trends()
        if self.form == 'auto':
            changed |= self.trial(self.make_constant, self.r * self.k * np.log(1 + units), 6)
        if changed:
            self.iterate(4, True, tolerance, self.bounds[-1])
        if self.form == 'auto':
            count = len(self.series)
            if self.wald() < count * np.log(2 + units):
                if self.trial(self.drop_onsets, 2 * count * np.log(1 + units), 6):
                    self.iterate(6, True, tolerance, self.bounds[-1])
        self.first_phase = list(self.bounds)
        self.finish(last)
        return self

    def try_without_trends(self):
        return self.q > 0 and self.trial(self.drop_trends, 0.5 * self.q * np.log(self.n), 1)

    def make_constant(self):
        """Drops the effects on the factors."""
        if self.constant: return
        k, e = self.levels(), self.effects()
        at = list(range(k)) + [k + a * e for a in range(self.k)] + list(range(k + self.k * e, len(self.mu)))
        self.mu, self.s = self.mu[at], self.s[np.ix_(at, at)]
        self.constant = True

    def drop_factors_of_one_unit(self):
        """A factor of which one unit carries more than half, by loadings and by loadings over noise, is its noise."""
        state = self.save()
        self.rotate(by_strength=True)
        squares = self.x[:, 1:self.r + 1] ** 2
        over_noise = squares / self.s2[:, None]
        share = np.minimum(squares / squares.sum(0), over_noise / over_noise.sum(0)).max(0)
        carried = list(np.flatnonzero(share > 0.5))[-(self.r - 1):] if self.r > 1 else []
        if not carried:
            self.load(state)
            return
        self.drop(carried)
        self.units()
        self.periods()

    def follow_treatment(self):
        """Regressors of the factors' prior mean: treatment of the units that load on them."""
        loadings = self.x[:, 1:self.r + 1] / self.s2[:, None]
        share = self.d.sum(2) / np.maximum(self.cells, 1)
        z = np.concatenate([self.d[a].T @ loadings - self.w.T @ (loadings * share[a][:, None])
                            for a in range(self.k)], 1)
        z = z - z.mean(0)
        most = max(1, self.m // 4)
        self.basis = np.linalg.qr(z)[0] if z.shape[1] <= most else np.linalg.svd(z)[0][:, :most]
        self.measure_periods()

    def limit_residuals(self):
        fit = self.w * self.nu + self.regressed(self.x)
        residual = self.raw - fit
        rho = self.rho[:, None]
        precision = (1 - rho ** 2) * self.wu + rho ** 2 * self.neighbours + (1 - self.w)
        most = LIMIT * np.sqrt(self.s2[:, None] / precision)
        y = self.raw
        for _ in range(2):
            near = y - fit
            beside = np.zeros_like(near)
            beside[:, 1:] = near[:, :-1] * self.pu[:, 1:]
            beside[:, :-1] += near[:, 1:] * self.pu[:, 1:]
            surprise = residual - rho * beside / precision
            y = self.raw - self.w * (surprise - np.clip(surprise, -most, most))
        self.set_outcomes(y)

    # ---- what is reported

    def regressed(self, x):
        k, e = self.levels(), self.effects()
        v = self.extended()[:, :k]
        fit = self.w * (x[:, :k] @ v.T)
        for a in range(self.k):
            fit += self.d[a] * (x[:, k + a * e:k + (a + 1) * e] @ v[:, :e].T)
        for h, series in enumerate(self.series):
            fit += series * x[:, [k + self.k * e + h]]
        return fit

    def lagged(self, at, direction):
        """What correlation is left in the innovations, and what it adds to the variance of a direction of an arm's effects."""
        regressed = self.regressed

        def white(q):
            rho = self.rho[:, None]
            out = self.start_of_run * q * np.sqrt(1 - rho ** 2)
            out[:, 1:] += (q[:, 1:] - rho * q[:, :-1]) * self.pair[:, 1:]
            return out * np.sqrt(self.u) / np.sqrt(self.s2)[:, None]

        g = white(regressed(np.einsum('nij,nj->ni', self.c[:, :, at], direction)))
        eps = white(self.y - self.w * self.nu - regressed(self.x))
        power, total = (g * g).sum(1), np.zeros(self.n)
        for lag in range(1, LAGS + 1):
            both = self.w[:, lag:] * self.w[:, :-lag]
            left = (eps[:, lag:] * eps[:, :-lag]).sum()
            left /= max((both * (eps[:, lag:] ** 2 + eps[:, :-lag] ** 2) / 2).sum(), 1e-300)
            left = np.sign(left) * max(abs(left) - NOTICED / self.m, 0)
            total += 2 * left * (g[:, lag:] * g[:, :-lag]).sum(1)
        serial = (np.clip(1 + total / np.maximum(power, 1e-300), 0.25, 4.0) - 1) * power
        return serial + self.noise_by_arm(eps, g)

    def noise_by_arm(self, eps, g):
        """What noise that differs between arms adds to the variance of a direction with the innovations' weights g."""
        arms = np.concatenate([self.control[None], self.d])
        count = arms.sum(2)
        cells = np.maximum(count.sum(0), 1)
        used = (self.gram * self.c).sum(2) / self.s2[:, None]
        k, e = self.levels(), self.effects()
        own = np.array([0] * k + [1 + a for a in range(self.k) for _ in range(e)]
                       + [1 + a for a in (self.series_arm if self.series else [])])
        used = np.stack([used[:, own == a].sum(1) for a in range(self.k + 1)])
        both = (count[0] > 0) & (count[0] < cells)
        share = np.maximum(0, 1 - used[0] / cells)
        used[0] = 0
        expected = np.maximum(0, share * count - used)[:, both].sum(1) + ARM_PRIOR
        squares = (arms * (eps * eps)).sum(2)[:, both].sum(1) + ARM_PRIOR
        ratio = squares / expected / (squares[0] / expected[0])
        error = np.sqrt(2 / expected + 2 / expected[0])
        scale = 1 + np.maximum(0, ratio - 1 - NOTICED * error * ratio)
        scale[0] = 1
        control = cells / np.maximum((scale[:, None] * count).sum(0), 1)
        return (((scale[:, None] * control - 1)[:, :, None]) * arms * (g * g)).sum((0, 2))

    def summary(self):
        """Unit effects of each treatment and their standard errors: ATE, ATT, ATU; degrees of freedom."""
        n, m, k, e, p = self.n, self.m, self.levels(), self.effects(), len(self.mu)
        inverse = np.linalg.inv(self.s)
        joint = np.ix_(self.joint(), self.joint())
        information = sym(((np.eye(p) - inverse @ self.c[self.groups[0]]) @ inverse).sum(0))
        common = np.zeros((p, p))
        common[joint] = np.linalg.pinv(information[joint], rcond=1e-10, hermitian=True)
        p = len(self.joint())
        series, self.series = self.series, []
        moments, _ = self.grams(np.zeros((m, k + 1)))
        self.series = series
        pad = len(series)
        moments = [np.pad(g, ((0, 0), (0, pad), (0, pad))) for g in moments]
        z = self.augmented()
        h = np.einsum('ni,nij,nj->n', z, self.combine(moments), z) / (np.maximum(self.cells, 1) * self.s2)
        h = np.clip(h, 0, 0.5)
        pull = self.c @ inverse
        inflation = 1 + max(min((p + 1) / (n - p - 1 if n > p + 1 else n), 0.5), 1 / (n - 1))
        c = self.c + pull @ common @ transposed(pull)
        c0 = (h * (1 - h))[:, None, None] * (self.c @ (self.gram / self.s2[:, None, None]) @ self.c)
        c = (c + c0) * inflation
        v = self.extended()[:, :e]
        cov, lag = np.zeros((m, e, e)), np.zeros((m, e, e))
        if e > 1:
            cov[:, 1:, 1:], lag[:, 1:, 1:] = self.cov[:, :self.r, :self.r], self.lag[:, :self.r, :self.r]
        arms = []
        for arm in range(self.k):
            own = [h for h, a in enumerate(self.series_arm) if a == arm] if series else []
            at = list(range(k + arm * e, k + (arm + 1) * e)) + [k + self.k * e + h for h in own]
            d, result = self.x[:, at], {}
            treated = np.maximum(self.d[arm].sum(1), 1)
            built = np.stack([self.series[h].sum(1) / treated for h in own], 1) if own else np.zeros((n, 0))
            for name, mask in (('ate', None), ('att', self.d[arm]), ('atu', self.control)):
                if mask is None:
                    direction = np.tile(v.mean(0), (n, 1))
                    own_cov = (cov.sum(0) + lag.sum(0) + lag.sum(0).T) / m ** 2
                    own_cov = np.tile(own_cov, (n, 1, 1))
                else:
                    count = np.maximum(mask.sum(1), 1)[:, None]
                    direction = mask @ v / count
                    own_cov = (mask @ cov.reshape(m, -1) / count ** 2).reshape(n, e, e)
                direction = np.concatenate([direction, built], 1)
                variance = (np.einsum('ni,nij,nj->n', direction, c[:, at][:, :, at], direction)
                            + self.lagged(at, direction) + np.einsum('ni,nij,nj->n', d[:, :e], own_cov, d[:, :e]))
                result[name] = (d * direction).sum(1).tolist()
                result[name + '_se'] = np.sqrt(variance).tolist()
            arms.append(result)
        used = (self.gram * self.c).sum((1, 2)) / self.s2
        freedom = 1 / (1 / max(n - p - 1.0, 1.0) + 1 / np.maximum(NU0 + self.cells - used, 1.0))
        return arms, np.maximum(freedom, 4.0)


def onset_series(y, arm):
    """1 - exp(-(k-1)/tau), k the periods since the current stay in the arm began; one array per arm and tau."""
    n, m = y.shape
    seen = np.isfinite(y)
    since = np.zeros((n, m))
    for i in range(n):
        current, begun = -1, 0
        for j in range(m):
            if seen[i, j]:
                if arm[i, j] != current:
                    current, begun = arm[i, j], j
                since[i, j] = j - begun
    series, arms = [], []
    for a in range(1, int(arm.max()) + 1):
        for share in ONSET_SHARES:
            series.append((1 - np.exp(-since / (share * m))) * (arm == a) * seen)
            arms.append(a - 1)
    return series, arms


def chain(diagonal, below, right):
    """Means, covariances, lagged covariances and log-determinant of a block tridiagonal precision."""
    m, g = right.shape
    inverse, gain, h, logs = np.empty_like(diagonal), np.zeros_like(diagonal), right.copy(), 0.0
    for j in range(m):
        pivot = diagonal[j]
        if j > 0:
            gain[j] = below[j] @ inverse[j - 1]
            pivot = pivot - gain[j] @ below[j].T
            h[j] -= gain[j] @ h[j - 1]
        inverse[j] = np.linalg.inv(pivot)
        logs += np.linalg.slogdet(pivot)[1]
    mean, cov, lag = np.empty_like(right), np.empty_like(diagonal), np.zeros_like(diagonal)
    mean[-1], cov[-1] = inverse[-1] @ h[-1], inverse[-1]
    for j in range(m - 1, 0, -1):
        mean[j - 1] = inverse[j - 1] @ h[j - 1] - gain[j].T @ mean[j]
        lag[j] = -cov[j] @ gain[j]
        cov[j - 1] = inverse[j - 1] + gain[j].T @ cov[j] @ gain[j]
    return mean, sym(cov), lag, logs
