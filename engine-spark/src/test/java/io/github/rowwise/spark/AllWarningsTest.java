package io.github.rowwise.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.RankRule;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.diagnostics.FitDiagnostics;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelBuilder;
import io.github.rowwise.panel.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A model over partitions has all warnings that the library has in one process. */
@Tag("slow")
@ExtendWith(LocalSession.class)
class AllWarningsTest {

    /** Random walks with propensities that move; one outcome of one unit is far from all others. */
    private static List<Object[]> rows(boolean isSpiked) {
        SplittableRandom random = new SplittableRandom(4);
        List<Object[]> rows = new ArrayList<>();
        for (int unit = 0; unit < 40; unit++) {
            double walk = 0;
            for (int period = 0; period < 150; period++) {
                walk += random.nextGaussian();
                int arm = random.nextDouble() < (period / 10 % 2 == 0 ? 0.8 : 0.2) ? 1 : 0;
                double outcome = isSpiked && unit == 17 && period == 23 ? 1e4 : walk;
                rows.add(new Object[] {"u" + unit, period, outcome, arm});
            }
        }
        return rows;
    }

    private static RowwiseModel fit(RowwiseEstimator estimator, boolean isSpiked) {
        return estimator
                .setNumPartitions(3)
                .fit(LocalSession.numbers(rows(isSpiked).toArray(Object[][]::new)));
    }

    private static Panel panel(boolean isSpiked) {
        PanelBuilder builder = Panel.builder();
        for (Object[] row : rows(isSpiked)) {
            builder.add((String) row[0], row[1].toString(), (Integer) row[3], (Double) row[2]);
        }
        return builder.build();
    }

    private static List<Warning.Kind> requireSame(RowwiseModel model, UnitEffects effects) {
        List<Warning> expected = FitDiagnostics.of(effects).warnings();
        assertThat(model.warnings())
                .isEqualTo(expected.stream().map(Warning::message).toList());
        assertThat(expected.size()).isGreaterThan(effects.warnings().size());
        return expected.stream().map(Warning::kind).toList();
    }

    @Test
    void spectralMethod() {
        assertThat(requireSame(
                        fit(new RowwiseEstimator().setMethod("spectral").setRank("1"), false),
                        SpectralEstimator.withDefaults()
                                .withRank(RankRule.fixed(1))
                                .fit(panel(false))))
                .contains(Warning.Kind.MOVING_PROPENSITIES, Warning.Kind.CORRELATED_RESIDUALS);
    }

    @Test
    void factorModel() {
        assertThat(requireSame(
                        fit(new RowwiseEstimator().setRank("1"), false),
                        FactorModelEstimator.withDefaults().withRankLimit(1).fit(panel(false))))
                .contains(Warning.Kind.NEAR_RANDOM_WALK);
    }

    @Test
    void unitAndPeriodThatCarryAFactor() {
        assertThat(requireSame(
                        fit(new RowwiseEstimator().setMethod("spectral").setRank("1"), true),
                        SpectralEstimator.withDefaults()
                                .withRank(RankRule.fixed(1))
                                .fit(panel(true))))
                .contains(Warning.Kind.FACTOR_OF_ONE_UNIT, Warning.Kind.FACTOR_OF_ONE_PERIOD);
    }
}
