package io.github.rowwise.cli.study;

import io.github.rowwise.Centring;
import io.github.rowwise.RankRule;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.effects.LowRankMatrix;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.evaluation.Accuracy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * The rate of Corollary 3.3 of arXiv:2605.30319, measured: Algorithm 1 to the letter on panels drawn from the paper's model,
 * with the true ranks and with one factor more in the treated arm, over a grid of sizes.
 *
 * @param sizes units and periods of each size
 * @param draws panels drawn of the largest sizes; smaller sizes get up to 16 times as many
 * @param seed seed of the draws
 * @param threads threads of a fit, which change nothing but the time
 */
public record RateStudy(List<Size> sizes, int draws, long seed, int threads) {

    private static final int SMALLEST = 100;
    private static final int SMALLEST_UNEQUAL = 200;
    private static final int UNEQUAL = 4;
    private static final int MOST_TIMES = 16;
    private static final double FULL_SIZE = 3200;

    /** Keeps a copy of the sizes. */
    public RateStudy {
        sizes = List.copyOf(sizes);
    }

    /**
     * Units by periods.
     *
     * @param units n
     * @param periods m
     */
    public record Size(int units, int periods) {}

    /**
     * Returns the grid: n = m doubling from 100, then n and m that differ by a factor of 4.
     *
     * @param largest no side is above this
     * @return the sizes, smaller ones first
     */
    public static List<Size> grid(int largest) {
        List<Size> sizes = new ArrayList<>();
        for (int side = SMALLEST; side <= largest; side *= 2) {
            sizes.add(new Size(side, side));
        }
        for (int side = SMALLEST_UNEQUAL; UNEQUAL * side <= largest; side *= 2) {
            sizes.add(new Size(side, UNEQUAL * side));
            sizes.add(new Size(UNEQUAL * side, side));
        }
        return sizes;
    }

    /**
     * Draws, fits and measures.
     *
     * @param watcher told of each draw before it begins
     * @return one point a size
     */
    public List<RatePoint> run(Consumer<String> watcher) {
        List<RatePoint> points = new ArrayList<>();
        for (Size size : sizes) {
            // A stream of its own, so that a size has the same panels whatever other sizes there are.
            SplittableRandom own = new SplittableRandom(seed + 1_000_003L * size.units() + size.periods());
            int count = draws(size);
            Sum trueRanks = new Sum();
            Sum oneMore = new Sum();
            for (int draw = 1; draw <= count; draw++) {
                watcher.accept(size.units() + " units x " + size.periods() + " periods, draw " + draw + " of " + count);
                RateModel.Draw drawn = RateModel.draw(size.units(), size.periods(), own.split());
                trueRanks.add(drawn, fit(drawn, RateModel.TREATED_RANK));
                oneMore.add(drawn, fit(drawn, RateModel.TREATED_RANK + 1));
            }
            points.add(new RatePoint(size.units(), size.periods(), count, trueRanks.errors(), oneMore.errors()));
        }
        return points;
    }

    /**
     * Returns how an error falls with the size where n = m: the slope of its logarithm on that of n, by least squares.
     *
     * @param points what was measured; those with n = m count
     * @param error the error of a point
     * @return -0.5 is the rate of the guarantee; NaN with fewer than two sizes
     */
    public static double slope(List<RatePoint> points, ToDoubleFunction<RatePoint> error) {
        List<RatePoint> square =
                points.stream().filter(p -> p.units() == p.periods()).toList();
        double[] x = square.stream().mapToDouble(p -> Math.log(p.units())).toArray();
        double[] y = square.stream()
                .mapToDouble(p -> Math.log(error.applyAsDouble(p)))
                .toArray();
        double middle = Arrays.stream(x).average().orElse(Double.NaN);
        double products = 0;
        double squares = 0;
        for (int k = 0; k < x.length; k++) {
            products += (x[k] - middle) * y[k];
            squares += (x[k] - middle) * (x[k] - middle);
        }
        return products / squares;
    }

    private int draws(Size size) {
        double times = FULL_SIZE / Math.sqrt((double) size.units() * size.periods());
        return (int) Math.round(draws * Math.max(1, Math.min(MOST_TIMES, times)));
    }

    private UnitEffects fit(RateModel.Draw drawn, int treatedRank) {
        return SpectralEstimator.withDefaults()
                .withCentring(Centring.NONE)
                .withRank(RankRule.fixed(RateModel.CONTROL_RANK, treatedRank))
                .withSeed(seed)
                .withThreads(threads)
                .fit(drawn.panel());
    }

    /** Accuracy over the draws of a size. */
    private static final class Sum {

        private final List<Accuracy> draws = new ArrayList<>();

        void add(RateModel.Draw drawn, UnitEffects effects) {
            LowRankMatrix truth = drawn.effects();
            double[] averages = new double[truth.units()];
            for (int unit = 0; unit < averages.length; unit++) {
                averages[unit] = Arrays.stream(truth.row(unit)).average().orElseThrow();
            }
            draws.add(Accuracy.of(
                            effects.effects().stream().map(UnitEffect::ate).toList(),
                            averages,
                            effects.confidenceLevel())
                    .withWorstRow(effects.effectMatrix().worstRowError(truth)));
        }

        RatePoint.Errors errors() {
            Accuracy all = draws.stream().reduce(Accuracy::plus).orElseThrow();
            return new RatePoint.Errors(all.worstRow(), all.rmse());
        }
    }
}
