package io.github.rowwise.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.RankRule;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.simulation.PanelSimulation;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ReportUnitSelectionTest {

    private static UnitEffects fit(int units, int periods) {
        Panel panel = PanelSimulation.withDefaults()
                .withSize(units, periods)
                .generate()
                .panel();
        return SpectralEstimator.withDefaults().withRank(RankRule.fixed(1)).fit(panel);
    }

    @Test
    void allUnitsWhereThereIsRoom() {
        ReportUnitSelection selection = new ReportUnitSelection(fit(30, 20));

        assertThat(selection.listed(1_250_000, 22))
                .isEqualTo(IntStream.range(0, 30).toArray());
        assertThat(selection.observed(selection.listed(1_250_000, 22), 1_000_000))
                .isEqualTo(selection.listed(1_250_000, 22));
    }

    @Test
    void moreUnitsThanATableHolds() {
        UnitEffects effects = fit(25_000, 12);
        ReportUnitSelection selection = new ReportUnitSelection(effects);

        int[] listed = selection.listed(1_250_000, 22);
        int[] observed = selection.observed(listed, 5_500_000);

        assertThat(listed)
                .hasSizeBetween(15_000, 24_000)
                .isSorted()
                .doesNotHaveDuplicates()
                .contains(observed);
        assertThat(observed)
                .hasSizeBetween(2_500, 40_000 / 12)
                .isSorted()
                .doesNotHaveDuplicates()
                .contains(extremes(effects));
    }

    /** The hundred highest and the hundred lowest units. */
    private static int[] extremes(UnitEffects effects) {
        double[] ates = effects.effects().stream()
                .mapToDouble(unit -> unit.ate().isAvailable() ? unit.ate().value() : Double.NaN)
                .toArray();
        double[] known =
                Arrays.stream(ates).filter(ate -> !Double.isNaN(ate)).sorted().toArray();
        return IntStream.range(0, ates.length)
                .filter(unit -> ates[unit] <= known[99] || ates[unit] >= known[known.length - 100])
                .toArray();
    }
}
