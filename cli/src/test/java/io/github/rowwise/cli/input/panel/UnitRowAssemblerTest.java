package io.github.rowwise.cli.input.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowwise.panel.InvalidPanelException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnitRowAssemblerTest {

    /** Complete units as texts, in the order in which they were passed on. */
    private final List<String> units = new ArrayList<>();

    private UnitRowAssembler assembler(int... cells) {
        return new UnitRowAssembler(
                cells,
                3,
                0,
                (arms, outcomes, covariates) -> {
                    StringBuilder unit = new StringBuilder();
                    for (int period = 0; period < arms.length; period++) {
                        unit.append(arms[period])
                                .append(':')
                                .append(outcomes[period])
                                .append(' ');
                    }
                    units.add(unit.toString().strip());
                },
                null);
    }

    @Test
    void unitsArePassedOnCompleteAndInOrder() {
        UnitRowAssembler assembler = assembler(1, 2, 1);
        assembler.set(1, 2, 1, 1.5, new double[0]);
        assembler.set(2, 0, -1, Double.NaN, new double[0]);
        assembler.set(1, 0, 0, -2, new double[0]);
        assertThat(units).isEmpty();
        assertThat(assembler.isComplete()).isFalse();
        assembler.set(0, 1, 1, 7, new double[0]);
        assertThat(units).containsExactly("-1:NaN 1:7.0 -1:NaN", "0:-2.0 -1:NaN 1:1.5", "-1:NaN -1:NaN -1:NaN");
        assertThat(assembler.isComplete()).isTrue();
    }

    @Test
    void aRepeatedCellIsRejected() {
        assertThatThrownBy(() -> {
                    UnitRowAssembler assembler = assembler(2, 1);
                    assembler.set(0, 1, -1, Double.NaN, new double[0]);
                    assembler.set(0, 1, 0, 1, new double[0]);
                })
                .isInstanceOf(InvalidPanelException.class);
        assertThatThrownBy(() -> {
                    UnitRowAssembler assembler = assembler(1, 1);
                    assembler.set(0, 1, 0, 1, new double[0]);
                    assembler.set(0, 2, 0, 1, new double[0]);
                })
                .isInstanceOf(InvalidPanelException.class);
    }

    @Test
    void maxOpenUnitsIsTheSimulatedMaximum() {
        Random random = new Random(3);
        for (int round = 0; round < 300; round++) {
            int n = 1 + random.nextInt(8);
            List<Integer> rows = new ArrayList<>();
            int[] cells = new int[n];
            for (int unit = 0; unit < n; unit++) {
                cells[unit] = 1 + random.nextInt(3);
                rows.addAll(Collections.nCopies(cells[unit], unit));
            }
            for (int swaps = random.nextInt(6); swaps > 0; swaps--) {
                Collections.swap(rows, random.nextInt(rows.size()), random.nextInt(rows.size()));
            }
            List<Integer> order = rows.stream().distinct().toList();
            long[] first = new long[n];
            long[] last = new long[n];
            for (int unit = 0; unit < n; unit++) {
                first[unit] = rows.indexOf(order.get(unit));
                last[unit] = rows.lastIndexOf(order.get(unit));
            }
            assertThat(UnitRowAssembler.maxOpenUnits(first, last)).isEqualTo(simulated(rows, order));
        }
        assertThat(UnitRowAssembler.maxOpenUnits(new long[0], new long[0])).isZero();
    }

    /** Simulates the rows. Open units are those with a row so far, from the first incomplete unit on. */
    private static int simulated(List<Integer> rows, List<Integer> order) {
        int max = 0;
        for (int row = 0; row < rows.size(); row++) {
            int passedOn = 0;
            while (passedOn < order.size() && rows.lastIndexOf(order.get(passedOn)) < row) {
                passedOn++;
            }
            int from = passedOn;
            int now = row;
            max = Math.max(max, (int) order.stream()
                    .skip(from)
                    .filter(unit -> rows.indexOf(unit) <= now)
                    .count());
        }
        return max;
    }
}
