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
 * Measures the rate of Corollary 3.3 of arXiv:2605.30319. Algorithm 1, exactly as in the paper, is applied to panels simulated
 * from the paper's model over a grid of sizes, with the true ranks and with one more factor in the treated arm.
 *
 * @param sizes the sizes of the panels
 * @param draws number of panels of the largest sizes; smaller sizes have up to 16 times as many
 * @param seed seed of the simulation
 * @param threads number of threads per fit; it does not affect the result
 */
public record RateStudy(List<Size> sizes, int draws, long seed, int threads) {

    private static final int MIN_SIDE = 100;
    private static final int MIN_UNEQUAL_SIDE = 200;
    private static final int SIDE_RATIO = 4;
    private static final int MAX_REPEATS = 16;
    private static final double FULL_SIZE = 3200;

    /** Copies the sizes. */
    public RateStudy {
        sizes = List.copyOf(sizes);
    }

    /**
     * Size of a panel.
     *
     * @param units number of units n
     * @param periods number of periods m
     */
    public record Size(int units, int periods) {}

    /**
     * Returns the grid of sizes: n = m doubling from 100, then n and m that differ by a factor of 4.
     *
     * @param largest upper bound of n and m
     * @return the sizes, in increasing order within each kind
     */
    public static List<Size> grid(int largest) {
        List<Size> sizes = new ArrayList<>();
        for (int side = MIN_SIDE; side <= largest; side *= 2) {
            sizes.add(new Size(side, side));
        }
        for (int side = MIN_UNEQUAL_SIDE; SIDE_RATIO * side <= largest; side *= 2) {
            sizes.add(new Size(side, SIDE_RATIO * side));
            sizes.add(new Size(SIDE_RATIO * side, side));
        }
        return sizes;
    }

    /**
     * Runs the study.
     *
     * @param listener receives a description of each draw before it begins
     * @return one point per size
     */
    public List<RatePoint> run(Consumer<String> listener) {
        List<RatePoint> points = new ArrayList<>();
        for (Size size : sizes) {
            // Each size has its own random stream, so its panels do not depend on the other sizes.
            SplittableRandom random = new SplittableRandom(seed + 1_000_003L * size.units() + size.periods());
            int count = draws(size);
            AccuracySum trueRanks = new AccuracySum();
            AccuracySum oneMore = new AccuracySum();
            for (int draw = 1; draw <= count; draw++) {
                listener.accept(
                        size.units() + " units x " + size.periods() + " periods, draw " + draw + " of " + count);
                RateModel.Draw drawn = RateModel.draw(size.units(), size.periods(), random.split());
                trueRanks.add(drawn, fit(drawn, RateModel.TREATED_RANK));
                oneMore.add(drawn, fit(drawn, RateModel.TREATED_RANK + 1));
            }
            points.add(new RatePoint(size.units(), size.periods(), count, trueRanks.errors(), oneMore.errors()));
        }
        return points;
    }

    /**
     * Returns the least-squares slope of the logarithm of an error on the logarithm of n, over the sizes with n = m.
     *
     * @param points the measurements, of which those with n = m are used
     * @param error the error of a point
     * @return the slope, which is -0.5 at the rate of the guarantee; NaN for fewer than two sizes
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
        return (int) Math.round(draws * Math.max(1, Math.min(MAX_REPEATS, times)));
    }

    private UnitEffects fit(RateModel.Draw drawn, int treatedRank) {
        return SpectralEstimator.withDefaults()
                .withCentring(Centring.NONE)
                .withRank(RankRule.fixed(RateModel.CONTROL_RANK, treatedRank))
                .withSeed(seed)
                .withThreads(threads)
                .fit(drawn.panel());
    }

    /** Sum of the accuracy over the draws of a size. */
    private static final class AccuracySum {

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
