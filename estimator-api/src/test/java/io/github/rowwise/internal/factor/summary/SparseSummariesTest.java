package io.github.rowwise.internal.factor.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.internal.factor.EvidenceBound;
import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.factor.pass.HuberClipping;
import io.github.rowwise.internal.factor.pass.SparsePanels;
import io.github.rowwise.internal.factor.pass.UnitLayouts;
import io.github.rowwise.linalg.SlowLinearAlgebra;
import java.util.BitSet;
import java.util.Collections;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Units with few cells have the same effects and variances whether their cells are listed or all periods are gone through. */
class SparseSummariesTest {

    private final SparsePanels panels = new SparsePanels(5);

    @ParameterizedTest
    @CsvSource({"1, true, 0, true", "1, false, 2, true", "2, false, 0, true", "2, true, 2, false"})
    void equalThoseOfTheFullLayout(int treatments, boolean constantEffects, int onsets, boolean correlated) {
        PanelCounts panel = panels.panel(treatments, correlated);
        FactorState state = panels.state(new Dimensions(2, 3, constantEffects, treatments, onsets), correlated);
        EvidenceBound.updatePooledNoise(state, panel);

        FactorEffects.Contents few = effects(panel, state, () -> UnitLayouts.ofFewCells(panel));
        double[] coefficients = state.coefficients;
        FactorEffects.Contents full = effects(panel, state, () -> UnitLayouts.full(panel));

        assertThat(coefficients).containsExactly(state.coefficients, within(1e-9));
        for (int treatment = 0; treatment < treatments; treatment++) {
            for (int estimand = 0; estimand < full.values()[treatment].length; estimand++) {
                assertClose(few.values()[treatment][estimand], full.values()[treatment][estimand]);
                assertClose(few.variances()[treatment][estimand], full.variances()[treatment][estimand]);
                assertClose(few.degreesOfFreedom()[treatment][estimand], full.degreesOfFreedom()[treatment][estimand]);
            }
            assertClose(few.periodVariances()[treatment], full.periodVariances()[treatment]);
            assertClose(few.eventTimeVariances()[treatment], full.eventTimeVariances()[treatment]);
            assertClose(few.averages()[treatment], full.averages()[treatment]);
            assertClose(few.averageVariances()[treatment], full.averageVariances()[treatment]);
        }
    }

    private static FactorEffects.Contents effects(PanelCounts panel, FactorState state, Supplier<UnitLayouts> layouts) {
        BitSet all = new BitSet();
        all.set(0, panel.units());
        SummaryOptions options = new SummaryOptions(Collections.nCopies(panel.treatments(), all), true, false);
        return UnitSummaries.of(panel, new SlowLinearAlgebra(), state, HuberClipping.none(), options, layouts)
                .effects()
                .contents();
    }

    private static void assertClose(double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int k = 0; k < expected.length; k++) {
            if (Double.isNaN(expected[k])) {
                assertThat(actual[k]).isNaN();
            } else {
                assertThat(actual[k]).isCloseTo(expected[k], within(1e-9 * Math.max(1, Math.abs(expected[k]))));
            }
        }
    }
}
