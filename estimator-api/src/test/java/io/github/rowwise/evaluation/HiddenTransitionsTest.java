package io.github.rowwise.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.panel.Panel;
import io.github.rowwise.simulation.PanelSimulation;
import io.github.rowwise.simulation.PanelSimulation.Assignment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HiddenTransitionsTest {

    private static Panel panel(Assignment assignment) {
        return PanelSimulation.withDefaults()
                .withSize(40, 60)
                .withAssignment(assignment)
                .generate()
                .panel();
    }

    private static int control(byte[] arms) {
        int count = 0;
        for (byte arm : arms) {
            count += arm == 0 ? 1 : 0;
        }
        return count;
    }

    @ParameterizedTest
    @EnumSource(Assignment.class)
    void hidesControlCellsOnlyAndLeavesEnough(Assignment assignment) {
        Panel panel = panel(assignment);
        HiddenTransitions hidden = HiddenTransitions.of(panel, 4);
        int[] all = new int[2];

        panel.forEachRow((unit, outcomes, arms) -> {
            byte[] rest = arms.clone();
            hidden.hide(unit, rest);
            byte[] again = arms.clone();
            hidden.hide(unit, again);
            assertThat(again).as("the same at each reading").isEqualTo(rest);
            for (int j = 0; j < rest.length; j++) {
                if (rest[j] != arms[j]) {
                    assertThat(arms[j]).isZero();
                    assertThat(rest[j]).isEqualTo((byte) -1);
                }
            }
            if (control(rest) < control(arms)) {
                assertThat(control(rest)).isGreaterThanOrEqualTo(Math.max(5, control(arms) / 3));
                all[0] += control(arms) - control(rest);
                all[1] += control(arms);
            }
        });

        assertThat(all[0]).isPositive().isLessThanOrEqualTo(2 * all[1] / 3);
    }

    @Test
    void hidesAllPeriodsWhereSpellsAreLong() {
        assertThat(HiddenTransitions.of(panel(Assignment.STAGGERED), 4).horizons())
                .isEqualTo(4);
        assertThat(HiddenTransitions.of(panel(Assignment.BLOCKS), 4).horizons()).isEqualTo(4);
        assertThat(HiddenTransitions.of(panel(Assignment.BY_UNIT), 4).horizons())
                .isEqualTo(1);
    }
}
