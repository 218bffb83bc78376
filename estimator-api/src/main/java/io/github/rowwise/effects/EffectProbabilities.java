package io.github.rowwise.effects;

import io.github.rowwise.internal.pass.WorkerThreads;
import io.github.rowwise.internal.stats.BenjaminiHochberg;
import io.github.rowwise.internal.stats.DecileThreshold;
import io.github.rowwise.internal.stats.StudentT;
import io.github.rowwise.internal.stats.TopDecile;
import io.github.rowwise.panel.Grade;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelDiagnostics;
import java.util.Arrays;

/**
 * Statements about the ATEs of many units beyond each one's estimate: q-values, and posterior probabilities for which each
 * unit's posterior is taken as Student's t, independent of the others. NaN where there is none.
 *
 * <p>Source of the top decile: Lin, Louis, Paddock and Ridgeway (2006), doi:10.1214/06-BA130.
 *
 * @param qValues of all entries, those of an arm by Benjamini and Hochberg's procedure
 * @param positive P(effect > 0)
 * @param topDecile P(effect above the threshold that a tenth of the arm's units are expected to exceed)
 */
record EffectProbabilities(double[] qValues, double[] positive, double[] topDecile) {

    /**
     * Computes them.
     *
     * @param ates unit by unit, and within a unit arm by arm
     * @param treatments number of arms besides control
     * @param hasPosterior whether the estimates have a posterior
     * @param isWhole whether all units of the panel are here; if not, only {@code positive} is known
     * @param threads computes tails; the results do not depend on their number
     */
    static EffectProbabilities of(
            Estimate[] ates, int treatments, boolean hasPosterior, boolean isWhole, WorkerThreads threads) {
        EffectProbabilities result = new EffectProbabilities(none(ates.length), none(ates.length), none(ates.length));
        for (int first = 0; first < treatments; first++) {
            new Arm(ates, first, treatments, threads).fill(result, hasPosterior, isWhole);
        }
        return result;
    }

    /** The entry of a unit and arm with its probabilities; {@code estimates} are ATE, ATT and ATU. */
    UnitEffect unitEffect(
            PanelDiagnostics diagnostics, int unit, int arm, Estimate[] estimates, Grade grade, String reason) {
        Panel panel = InternalPanels.panel(diagnostics);
        int entry = unit * (panel.arms() - 1) + arm - 1;
        int observed = 0;
        for (int any = 0; any < panel.arms(); any++) {
            observed += diagnostics.cells(unit, any);
        }
        return new UnitEffect(
                panel.unitNames().get(unit),
                arm,
                diagnostics.cells(unit, arm),
                diagnostics.cells(unit, 0),
                panel.periods() - observed,
                diagnostics.propensity(unit, arm),
                estimates[0],
                estimates[1],
                estimates[2],
                grade,
                reason,
                qValues[entry],
                positive[entry],
                topDecile[entry]);
    }

    private static double[] none(int count) {
        double[] nothing = new double[count];
        Arrays.fill(nothing, Double.NaN);
        return nothing;
    }

    /** The entries of one arm that have a standard error. */
    private static final class Arm {

        /** Where they are among all entries. */
        private final int[] entries;

        private final double[] effects;
        private final double[] errors;
        private final double[] freedom;
        private final double[] logNorms;
        private final double[] scratch;
        private final WorkerThreads threads;

        Arm(Estimate[] ates, int first, int step, WorkerThreads threads) {
            int[] known = new int[ates.length / step];
            int count = 0;
            for (int k = first; k < ates.length; k += step) {
                if (ates[k].hasStandardError()) {
                    known[count++] = k;
                }
            }
            this.threads = threads;
            this.entries = Arrays.copyOf(known, count);
            this.effects = new double[count];
            this.errors = new double[count];
            this.freedom = new double[count];
            this.logNorms = new double[count];
            this.scratch = new double[count];
            threads.forEachSlice(count, (from, to) -> {
                for (int k = from; k < to; k++) {
                    Estimate ate = ates[entries[k]];
                    effects[k] = ate.value();
                    errors[k] = ate.standardError();
                    freedom[k] = ate.degreesOfFreedom();
                    logNorms[k] = StudentT.logNorm(freedom[k]);
                }
            });
        }

        void fill(EffectProbabilities result, boolean hasPosterior, boolean isWhole) {
            int count = entries.length;
            double[] pValues = new double[count];
            threads.forEachSlice(count, (from, to) -> {
                for (int k = from; k < to; k++) {
                    double distance = effects[k] / errors[k];
                    pValues[k] = StudentT.twoSidedTail(distance, freedom[k], logNorms[k]);
                    if (hasPosterior) {
                        result.positive[entries[k]] = distance > 0 ? 1 - pValues[k] / 2 : pValues[k] / 2;
                    }
                }
            });
            if (isWhole) {
                fillQValues(pValues, result.qValues);
            }
            if (isWhole && hasPosterior && count > 0) {
                fillAbove(threshold(), result.topDecile);
            }
        }

        /** Sorts the p-values alone: equal ones have the same q-value, so each entry finds its own again. */
        private void fillQValues(double[] pValues, double[] qValues) {
            int count = pValues.length;
            double[] rising = pValues.clone();
            Arrays.sort(rising);
            double[] byRank = new double[count];
            BenjaminiHochberg stepUp = new BenjaminiHochberg(count, 1);
            for (int k = count - 1; k >= 0; k--) {
                byRank[k] = stepUp.next(rising[k], k + 1);
            }
            threads.forEachSlice(count, (from, to) -> {
                for (int k = from; k < to; k++) {
                    qValues[entries[k]] = byRank[Arrays.binarySearch(rising, pValues[k])];
                }
            });
        }

        private void fillAbove(double threshold, double[] probabilities) {
            threads.forEachSlice(entries.length, (from, to) -> {
                for (int k = from; k < to; k++) {
                    probabilities[entries[k]] = above(k, threshold);
                }
            });
        }

        private double above(int k, double threshold) {
            return TopDecile.above(effects[k], errors[k], freedom[k], logNorms[k], threshold);
        }

        private double threshold() {
            double least = Double.POSITIVE_INFINITY;
            double greatest = Double.NEGATIVE_INFINITY;
            double widest = 0;
            double mostFreedom = 0;
            for (int k = 0; k < entries.length; k++) {
                least = Math.min(least, effects[k]);
                greatest = Math.max(greatest, effects[k]);
                widest = Math.max(widest, errors[k]);
                mostFreedom = Math.max(mostFreedom, freedom[k]);
            }
            return DecileThreshold.find(
                    entries.length, least, greatest, widest, mostFreedom, this::expectedAbove, this::expectedInSample);
        }

        /** The tails are computed on all threads and added up in order, so that the sum does not depend on the threads. */
        private double expectedAbove(double threshold) {
            threads.forEachSlice(entries.length, (from, to) -> {
                for (int k = from; k < to; k++) {
                    scratch[k] = above(k, threshold);
                }
            });
            double expected = 0;
            for (double probability : scratch) {
                expected += probability;
            }
            return expected;
        }

        /** The same from one entry out of {@code step}, times the step. */
        private double expectedInSample(double threshold, int step) {
            double expected = 0;
            int count = 0;
            for (int k = 0; k < entries.length; k += step) {
                expected += above(k, threshold);
                count++;
            }
            return expected / count * entries.length;
        }
    }
}
