package io.github.rowwise.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.internal.pass.WorkerThreads;
import io.github.rowwise.internal.stats.TopDecile;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class EffectProbabilitiesTest {

    private static final WorkerThreads ALONE = new WorkerThreads(1, null);

    /** The least rate, among those at which anything changes, at which the step-up procedure rejects the hypothesis. */
    private static double bruteForce(double[] pValues, int k) {
        double least = Double.POSITIVE_INFINITY;
        int count = pValues.length;
        for (double p : pValues) {
            for (int rank = 1; rank <= count; rank++) {
                double rate = p * count / rank;
                // Rejects the r smallest, with r the largest number of p-values at or below their own bound.
                int r = 0;
                double[] sorted = Arrays.stream(pValues).sorted().toArray();
                for (int s = 1; s <= count; s++) {
                    r = sorted[s - 1] <= rate * s / count * (1 + 1e-14) ? s : r;
                }
                if (r > 0 && pValues[k] <= sorted[r - 1]) {
                    least = Math.min(least, rate);
                }
            }
        }
        return Math.min(1, least);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void qValuesAreTheLeastRateAtWhichTheProcedureRejects(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Estimate[] ates = new Estimate[24];
        // Few different values, so that there are ties.
        Arrays.setAll(ates, k -> {
            double value = random.nextInt(12) * 0.5;
            int kind = random.nextInt(6);
            return kind == 0
                    ? Estimate.unavailable("never treated")
                    : kind == 1 ? Estimate.withoutStandardError(value) : Estimate.of(value, 1, 9);
        });
        double[] qValues = EffectProbabilities.of(ates, 2, false, true, ALONE).qValues();

        for (int arm = 0; arm < 2; arm++) {
            int first = arm;
            int[] tested = IntStream.range(0, ates.length)
                    .filter(k -> k % 2 == first && ates[k].hasStandardError())
                    .toArray();
            double[] pValues =
                    Arrays.stream(tested).mapToDouble(k -> ates[k].pValue()).toArray();
            for (int k = 0; k < tested.length; k++) {
                assertThat(qValues[tested[k]]).isCloseTo(bruteForce(pValues, k), within(1e-12));
            }
        }
        for (int k = 0; k < qValues.length; k++) {
            assertThat(Double.isNaN(qValues[k])).isEqualTo(!ates[k].hasStandardError());
        }
    }

    /** Large enough for the shortcut, with all that could upset it: ties, no spread, a few units far out, wide errors. */
    @ParameterizedTest
    @CsvSource({
        "1,2,normal,30",
        "5000,1,normal,30",
        "5000,3,normal,7.3",
        "9001,2,tied,12",
        "20000,1,equal,50",
        "20000,1,outliers,20",
        "6000,1,wide,3",
        "6000,1,exact,40",
        "6000,1,normal,3e7"
    })
    void allEqualTheStraightforwardComputationToTheLastBit(int units, int treatments, String kind, double freedom) {
        Estimate[] ates = draw(units * treatments, kind, freedom, 1);
        for (int threads : new int[] {1, 3}) {
            try (WorkerThreads workers = new WorkerThreads(threads, null)) {
                EffectProbabilities result = EffectProbabilities.of(ates, treatments, true, true, workers);
                for (int arm = 0; arm < treatments; arm++) {
                    List<Estimate> own = every(ates, arm, treatments);
                    assertThat(every(result.qValues(), arm, treatments)).isEqualTo(slowQValues(own));
                    assertThat(every(result.positive(), arm, treatments)).isEqualTo(slowAbove(own, 0));
                    assertThat(every(result.topDecile(), arm, treatments))
                            .isEqualTo(slowAbove(own, slowThreshold(own)));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void theTopDecileEqualsThatOfAllHalvings(long seed) {
        Estimate[] ates = draw(5000, seed % 2 == 0 ? "normal" : "tied", (double) (5 + 10 * seed), seed);
        double[] topDecile = EffectProbabilities.of(ates, 1, true, true, ALONE).topDecile();

        assertThat(topDecile).isEqualTo(slowAbove(List.of(ates), slowThreshold(List.of(ates))));
    }

    @Test
    void withoutAPosteriorOrInAShardThereIsNone() {
        Estimate[] ates = draw(100, "normal", 20, 1);

        EffectProbabilities spectral = EffectProbabilities.of(ates, 1, false, true, ALONE);
        assertThat(spectral.positive()).containsOnly(Double.NaN);
        assertThat(spectral.topDecile()).containsOnly(Double.NaN);
        EffectProbabilities shard = EffectProbabilities.of(ates, 1, true, false, ALONE);
        assertThat(shard.positive()).isEqualTo(slowAbove(List.of(ates), 0));
        assertThat(shard.qValues()).containsOnly(Double.NaN);
        assertThat(shard.topDecile()).containsOnly(Double.NaN);
    }

    private static Estimate[] draw(int count, String kind, double freedom, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Estimate[] ates = new Estimate[count];
        Arrays.setAll(ates, k -> {
            double value = 1 + random.nextGaussian();
            if (random.nextInt(20) == 0) {
                return random.nextBoolean()
                        ? Estimate.unavailable("never treated")
                        : Estimate.withoutStandardError(value);
            }
            double error = 0.2 + random.nextDouble();
            return switch (kind) {
                case "tied" -> Estimate.of(Math.rint(value), 0.5, freedom);
                case "equal" -> Estimate.of(3, 1, freedom);
                case "outliers" -> Estimate.of(k % 1000 == 0 ? 1e9 * value : value, error, freedom);
                case "wide" -> Estimate.of(value, k % 100 == 0 ? 1e6 : error, freedom);
                case "exact" -> Estimate.of(value, 1e-9, freedom);
                default -> Estimate.of(value, error, freedom + 5 * random.nextDouble());
            };
        });
        return ates;
    }

    private static List<Estimate> every(Estimate[] all, int first, int step) {
        return IntStream.iterate(first, k -> k < all.length, k -> k + step)
                .mapToObj(k -> all[k])
                .toList();
    }

    private static double[] every(double[] all, int first, int step) {
        return IntStream.iterate(first, k -> k < all.length, k -> k + step)
                .mapToDouble(k -> all[k])
                .toArray();
    }

    private static double[] slowQValues(List<Estimate> ates) {
        double[] qValues = new double[ates.size()];
        Arrays.fill(qValues, Double.NaN);
        List<Integer> falling = IntStream.range(0, ates.size())
                .filter(k -> ates.get(k).hasStandardError())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer k) -> -ates.get(k).pValue()))
                .toList();
        double least = 1;
        for (int k = 0; k < falling.size(); k++) {
            least = Math.min(least, ates.get(falling.get(k)).pValue() * falling.size() / (falling.size() - k));
            qValues[falling.get(k)] = least;
        }
        return qValues;
    }

    private static double[] slowAbove(List<Estimate> ates, double threshold) {
        return ates.stream()
                .mapToDouble(ate -> ate.hasStandardError() ? above(ate, threshold) : Double.NaN)
                .toArray();
    }

    private static double slowThreshold(List<Estimate> ates) {
        List<Estimate> known = ates.stream().filter(Estimate::hasStandardError).toList();
        double widest =
                known.stream().mapToDouble(Estimate::standardError).max().orElse(0);
        double least = known.stream().mapToDouble(Estimate::value).min().orElse(0);
        double greatest = known.stream().mapToDouble(Estimate::value).max().orElse(0);
        TopDecile decile = new TopDecile(known.size(), least, greatest, widest);
        while (!decile.isDone()) {
            double[] threshold = decile.thresholds(1);
            double expected = 0;
            for (Estimate ate : known) {
                expected += above(ate, threshold[0]);
            }
            decile.narrow(threshold, new double[] {expected});
        }
        return decile.threshold();
    }

    private static double above(Estimate ate, double threshold) {
        return TopDecile.above(ate.value(), ate.standardError(), ate.degreesOfFreedom(), threshold);
    }
}
