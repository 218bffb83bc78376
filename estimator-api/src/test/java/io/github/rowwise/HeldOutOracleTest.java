package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.internal.pass.CellHash;
import io.github.rowwise.panel.Panel;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The held-out rule against its definition: every fold hidden in turn, every rank fitted anew. */
@Tag("slow")
class HeldOutOracleTest {

    private static final int HIGHEST = 4;
    private static final int FOLDS = 3;
    private static final long SEED = 9;

    @Test
    void ranksAreThoseOfTheDefinition() {
        Set<Integer> seen = new HashSet<>();
        for (long draw = 0; draw < 25; draw++) {
            Panel panel = Draws.random(draw, 16 + (int) draw % 5, 14 + (int) draw % 7, 2, 0.05);
            for (Centring centring : Centring.values()) {
                SpectralEstimator estimator = SpectralEstimator.withDefaults()
                        .withBackend("ejml")
                        .withSeed(SEED)
                        .withCentring(centring)
                        .withRank(new RankRule.HeldOut(HIGHEST, FOLDS));
                for (int arm = 0; arm < 2; arm++) {
                    int rank = estimator.spectra(panel).get(arm).rank();
                    assertThat(rank).isEqualTo(rank(errors(panel, centring, arm)));
                    seen.add(rank);
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(2);
    }

    private static double[][] errors(Panel panel, Centring centring, int arm) {
        CellHash hash = new CellHash(SEED, panel.unitNames(), panel.periodNames());
        double[][] errors = new double[FOLDS][HIGHEST + 1];
        for (int f = 0; f < FOLDS; f++) {
            int fold = f;
            Panel visible = Draws.with(panel, (i, j, a, y) -> hash.fold(i, j, FOLDS) == fold ? Double.NaN : y);
            for (int rank = 0; rank <= HIGHEST; rank++) {
                SlowSpectralAlgorithm fit = new SlowSpectralAlgorithm(visible, centring, rank, rank);
                int count = 0;
                for (int i = 0; i < panel.units(); i++) {
                    for (int j = 0; j < panel.periods(); j++) {
                        if (panel.arm(i, j) == arm && !visible.isObserved(i, j) && fit.cells(i, arm) > 0) {
                            errors[f][rank] += Math.pow(panel.outcome(i, j) - fit.outcome(arm, i, j), 2);
                            count++;
                        }
                    }
                }
                errors[f][rank] /= Math.max(1, count);
            }
        }
        return errors;
    }

    private static int rank(double[][] errors) {
        double[] means = new double[HIGHEST + 1];
        for (int rank = 0; rank <= HIGHEST; rank++) {
            int column = rank;
            means[rank] = Arrays.stream(errors)
                    .mapToDouble(fold -> fold[column])
                    .average()
                    .orElseThrow();
        }
        int best = 0;
        for (int rank = 1; rank <= HIGHEST; rank++) {
            best = means[rank] < means[best] ? rank : best;
        }
        int lowest = best;
        double variance = Arrays.stream(errors)
                        .mapToDouble(fold -> Math.pow(fold[lowest] - means[lowest], 2))
                        .sum()
                / (FOLDS - 1);
        int rank = 0;
        while (means[rank] > means[best] + Math.sqrt(variance / FOLDS)) {
            rank++;
        }
        return rank;
    }
}
