package io.github.rowwise.totals;

import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Computes totals by unit and in all. The definitions are in {@link EffectTotals}. */
final class TotalsComputation {

    private static final double PERCENT = 100;

    private final UnitEffects effects;
    private final @Nullable OutcomeScale scale;
    private final double @Nullable [] values;
    private final double @Nullable [] costs;
    private final WeightedUnits averages;
    private final int units;
    private final double level;

    /** {@code null} without a scale. */
    private final @Nullable OutcomeSums outcomes;

    TotalsComputation(
            UnitEffects effects,
            @Nullable OutcomeScale scale,
            double @Nullable [] values,
            double @Nullable [] costs,
            WeightedUnits averages) {
        this.effects = effects;
        this.scale = scale;
        this.values = values;
        this.costs = costs;
        this.averages = averages;
        this.units = effects.panel().units();
        this.level = effects.confidenceLevel();
        this.outcomes = scale == null ? null : OutcomeSums.of(effects.panel(), scale);
    }

    TotalEffects compute() {
        int treatments = effects.panel().arms() - 1;
        List<UnitTotals> each = new ArrayList<>();
        for (int k = 0; k < effects.effects().size(); k++) {
            each.add(unit(k / treatments, effects.effects().get(k)));
        }
        List<ArmTotals> arms = IntStream.rangeClosed(1, treatments)
                .mapToObj(arm -> new InAll(arm).totals())
                .toList();
        return new TotalEffects(Optional.ofNullable(scale), values != null, costs != null, each, arms);
    }

    private UnitTotals unit(int unit, UnitEffect effect) {
        Amount total = total(unit, effect);
        Optional<Amount> worth = values == null ? Optional.empty() : Optional.of(times(total, values[unit]));
        Optional<Double> cost = costs == null ? Optional.empty() : Optional.of(costs[unit] * effect.treatedPeriods());
        return new UnitTotals(
                effect.unit(),
                effect.arm(),
                atePercent(unit, effect),
                attPercent(unit, effect),
                total,
                worth,
                cost,
                net(worth, cost),
                onCost(worth, cost));
    }

    private static Amount times(Amount amount, double value) {
        return amount.map(x -> value * x);
    }

    private static Optional<Amount> net(Optional<Amount> worth, Optional<Double> cost) {
        return worth.flatMap(of -> cost.map(paid -> of.map(x -> x - paid)));
    }

    private static Optional<Amount> onCost(Optional<Amount> worth, Optional<Double> cost) {
        return worth.flatMap(of -> cost.map(paid -> {
            boolean isFree = paid == 0 && of.isAvailable();
            return isFree ? Amount.unavailable("nothing is paid") : of.map(x -> (x - paid) / paid);
        }));
    }

    private Amount total(int unit, UnitEffect effect) {
        int arm = effect.arm();
        if (scale == OutcomeScale.LOG && outcomes != null) {
            double observed = outcomes.sums()[arm][unit];
            return Amount.of(effect.att(), level, x -> -observed * Math.expm1(-x));
        }
        return Amount.of(effect.att(), level, x -> effect.treatedPeriods() * x);
    }

    private Optional<Amount> attPercent(int unit, UnitEffect effect) {
        OutcomeSums of = outcomes;
        if (of == null) {
            return Optional.empty();
        }
        if (scale == OutcomeScale.LOG) {
            return Optional.of(ofLogarithm(effect.att()));
        }
        int arm = effect.arm();
        return Optional.of(ofLevel(effect.att(), of.sums()[arm][unit] / of.cells()[arm][unit], 1));
    }

    private Optional<Amount> atePercent(int unit, UnitEffect effect) {
        OutcomeSums of = outcomes;
        if (of == null) {
            return Optional.empty();
        }
        if (scale == OutcomeScale.LOG) {
            return Optional.of(ofLogarithm(effect.ate()));
        }
        int arm = effect.arm();
        double cells = of.cells()[arm][unit] + of.cells()[0][unit];
        double mean = (of.sums()[arm][unit] + of.sums()[0][unit]) / cells;
        return Optional.of(ofLevel(effect.ate(), mean, of.cells()[arm][unit] / cells));
    }

    private Amount ofLogarithm(Estimate estimate) {
        return Amount.of(estimate, level, x -> PERCENT * Math.expm1(x));
    }

    /**
     * Returns an effect as a percentage of the mean under control, {@code mean - share x} for an effect of x. It has to be above 0
     * for all effects of the interval.
     *
     * @param mean of the observed outcomes
     * @param share of them that are under treatment
     */
    private Amount ofLevel(Estimate effect, double mean, double share) {
        if (!effect.isAvailable()) {
            return Amount.unavailable(effect.reason());
        }
        double highest = effect.hasStandardError() ? effect.interval(level).upper() : effect.value();
        if (!(mean - share * highest > 0)) {
            return Amount.unavailable(EffectTotals.NO_BASE);
        }
        return Amount.of(effect, level, x -> PERCENT * x / (mean - share * x));
    }

    /** What is summed over the units of one arm. */
    private final class InAll {

        private final int arm;

        /** NaN where there is none. */
        private final double[] att;

        private final double[] ate;
        private final int[] cells;
        private int counted;
        private long countedCells;
        private long otherCells;

        InAll(int arm) {
            this.arm = arm;
            this.att = new double[units];
            this.ate = new double[units];
            this.cells = new int[units];
            for (int unit = 0; unit < units; unit++) {
                UnitEffect effect = effects.effect(unit, arm);
                boolean isCounted = effect.att().isAvailable();
                att[unit] = isCounted ? effect.att().value() : Double.NaN;
                ate[unit] = effect.ate().isAvailable() ? effect.ate().value() : Double.NaN;
                cells[unit] = effect.treatedPeriods();
                counted += isCounted ? 1 : 0;
                countedCells += isCounted ? cells[unit] : 0;
                otherCells += isCounted ? 0 : cells[unit];
            }
        }

        ArmTotals totals() {
            double[] ones = new double[units];
            Arrays.fill(ones, 1);
            Amount total = total(ones);
            Optional<Amount> worth = values == null ? Optional.empty() : Optional.of(worth(total, values));
            Optional<Double> cost = costs == null ? Optional.empty() : Optional.of(cost(costs));
            return new ArmTotals(
                    arm,
                    counted,
                    countedCells,
                    otherCells,
                    Optional.ofNullable(outcomes).map(of -> percentOverTreatedCells(of, ones)),
                    Optional.ofNullable(outcomes).map(this::percentOverAllCells),
                    total,
                    worth,
                    cost,
                    net(worth, cost),
                    onCost(worth, cost));
        }

        private double cost(double[] each) {
            double sum = 0;
            for (int unit = 0; unit < units; unit++) {
                sum += Double.isNaN(att[unit]) ? 0 : each[unit] * cells[unit];
            }
            return sum;
        }

        private Amount worth(Amount total, double[] each) {
            if (Arrays.stream(each).distinct().count() == 1) {
                return times(total, each[0]);
            }
            double[] sizes = Arrays.stream(each).map(Math::abs).toArray();
            return times(total(sizes), Arrays.stream(each).anyMatch(value -> value < 0) ? -1 : 1);
        }

        /** Returns the sum of the effects over the treated cells, each times a factor of 0 or more. */
        private Amount total(double[] factors) {
            OutcomeSums of = outcomes;
            if (scale != OutcomeScale.LOG || of == null) {
                return Amount.of(sum(factors), level, x -> x);
            }
            double observed = sumCounted(of.sums()[arm], factors);
            return Amount.of(logRatio(of, factors), level, x -> -observed * Math.expm1(-x));
        }

        private double sumCounted(double[] each, double[] factors) {
            double sum = 0;
            for (int unit = 0; unit < units; unit++) {
                sum += Double.isNaN(att[unit]) ? 0 : factors[unit] * each[unit];
            }
            return sum;
        }

        /** The sum of the effects over treated cells. */
        private Estimate sum(double[] factors) {
            double weight = sumCounted(IntStream.of(cells).asDoubleStream().toArray(), factors);
            if (counted > 0 && weight == 0) {
                return Estimate.withoutStandardError(0);
            }
            Estimate average = averages.average(arm, factors, AverageEffects::attOverCells);
            if (!average.isAvailable() || !Double.isFinite(weight * average.value())) {
                return average;
            }
            return average.hasStandardError()
                    ? Estimate.of(
                            weight * average.value(), weight * average.standardError(), average.degreesOfFreedom())
                    : Estimate.withoutStandardError(weight * average.value());
        }

        private Estimate logRatio(OutcomeSums of, double[] factors) {
            double[] sums = IntStream.range(0, units)
                    .mapToDouble(unit -> factors[unit] * of.sums()[arm][unit])
                    .toArray();
            if (counted > 0 && sumCounted(of.sums()[arm], factors) == 0) {
                return Estimate.withoutStandardError(0);
            }
            return LogRatio.overTreatedCells(sums, att, weights -> overCells(weights));
        }

        /** Averages the ATT; the average over cells counts a unit with its number of cells, which is divided out. */
        private Estimate overCells(double[] weights) {
            double[] ofCells = IntStream.range(0, units)
                    .mapToDouble(unit -> weights[unit] == 0 ? 0 : weights[unit] / cells[unit])
                    .toArray();
            return averages.average(arm, ofCells, AverageEffects::attOverCells);
        }

        private Amount percentOverTreatedCells(OutcomeSums of, double[] ones) {
            return scale == OutcomeScale.LOG
                    ? ofLogarithm(logRatio(of, ones))
                    : ofLevel(sum(ones), sumCounted(of.sums()[arm], ones), 1);
        }

        private Amount percentOverAllCells(OutcomeSums of) {
            Function<AverageEffects, Estimate> which = AverageEffects::ate;
            LogRatio.Averager averager = weights -> averages.average(arm, weights, which);
            if (scale == OutcomeScale.LOG) {
                return ofLogarithm(LogRatio.overLogarithms(of.sums()[arm], of.sums()[0], ate, averager));
            }
            double[] sums = IntStream.range(0, units)
                    .mapToDouble(unit -> of.sums()[arm][unit] + of.sums()[0][unit])
                    .toArray();
            Estimate ratio = LogRatio.overLevels(sums, of.cells()[arm], of.cells()[0], ate, averager);
            // The logarithm of a sum that may be 0 varies by more than 1.
            boolean isClear = !ratio.hasStandardError() || ratio.quantile(level) * ratio.standardError() < 1;
            return isClear ? ofLogarithm(ratio) : Amount.unavailable(EffectTotals.NO_BASE);
        }
    }
}
