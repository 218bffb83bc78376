package io.github.rowwise.internal.factor.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.internal.factor.EvidenceBound;
import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.PanelCounts;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Units with few cells give the same sums in the sparse layout as in the full one. */
class SparseUnitsTest {

    private static final Offset<Double> CLOSE = within(1e-9);

    private final SparsePanels panels = new SparsePanels(11);

    @ParameterizedTest
    @CsvSource({
        "1, true, 0, true, false",
        "1, false, 2, true, true",
        "2, true, 2, true, true",
        "3, false, 0, true, true",
        "2, false, 2, false, true",
        "1, true, 0, false, false"
    })
    void equalUnitsOfTheFullLayout(
            int treatments, boolean constantEffects, int onsets, boolean correlated, boolean clipped) {
        PanelCounts panel = panels.panel(treatments, correlated);
        FactorState state = panels.state(new Dimensions(2, 3, constantEffects, treatments, onsets), correlated);
        EvidenceBound.updatePooledNoise(state, panel);
        HuberClipping clipping = clipped ? HuberClipping.around(state) : HuberClipping.none();
        int[] slots = UnitCells.sparseSlots(panel);
        assertThat(slots).containsExactly(8, 32, 96);
        assertThat(units(panel, 0, 32)).isGreaterThan(50);
        assertThat(units(panel, 32, 96)).isGreaterThan(5);
        assertThat(units(panel, 96, 2 * SparsePanels.PERIODS)).isGreaterThan(5);

        // The second pass reads the clipped outcomes that the first has stored, in either layout.
        EStep.Result first = EStep.run(panel, state, clipping, slots);
        EStep.Result full = EStep.run(panel, state, clipping, new int[0]);
        EStep.Result again = EStep.run(panel, state, clipping, slots);

        for (EStep.Result pass : new EStep.Result[] {first, again}) {
            assertThat(pass.coefficients).containsExactly(full.coefficients, CLOSE);
            assertThat(pass.noise).containsExactly(full.noise, CLOSE);
            assertThat(pass.correlation).containsExactly(full.correlation, CLOSE);
            assertThat(pass.residuals).containsExactly(full.residuals, CLOSE);
            for (int group = 0; group < full.moments.length; group++) {
                assertThat(pass.moments[group].products).containsExactly(full.moments[group].products, CLOSE);
                assertThat(pass.moments[group].covariances).containsExactly(full.moments[group].covariances, CLOSE);
                assertThat(pass.moments[group].logDeterminants).isCloseTo(full.moments[group].logDeterminants, CLOSE);
            }
            assertThat(pass.periods.squares).containsExactly(full.periods.squares, CLOSE);
            for (int a = 0; a < state.size.extended(); a++) {
                assertThat(pass.periods.linear[a]).containsExactly(full.periods.linear[a], CLOSE);
                for (int j = 0; j < SparsePanels.PERIODS; j++) {
                    assertThat(pass.periods.previousLinear(a, j)).isCloseTo(full.periods.previousLinear(a, j), CLOSE);
                    for (int c = 0; c < state.size.extended(); c++) {
                        assertThat(pass.periods.cross(a, c, j)).isCloseTo(full.periods.cross(a, c, j), CLOSE);
                        assertThat(pass.periods.current(a, c, j)).isCloseTo(full.periods.current(a, c, j), CLOSE);
                        assertThat(pass.periods.previous(a, c, j)).isCloseTo(full.periods.previous(a, c, j), CLOSE);
                    }
                }
            }
        }
    }

    private static long units(PanelCounts panel, int above, int most) {
        return IntStream.range(0, SparsePanels.UNITS)
                .map(unit -> panel.cells()[unit] + panel.runs()[unit])
                .filter(needed -> needed > above && needed <= most)
                .count();
    }
}
