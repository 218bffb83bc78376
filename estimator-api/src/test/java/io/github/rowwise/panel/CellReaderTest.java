package io.github.rowwise.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CellReaderTest {

    /** Several blocks, the last of which is lower. */
    private static final int UNITS = 1100;

    private static final int PERIODS = 300;

    private static final Panel MADE = Panels.random(new SplittableRandom(5), UNITS, PERIODS, 3, 0.2);

    @TempDir
    private Path folder;

    private PanelFile file(OutcomeStorage storage) {
        Path path = folder.resolve("panel.rowwise");
        PanelFile.write(MADE, path, storage);
        return PanelFile.open(path);
    }

    private static Panel inMemory(OutcomeStorage storage) {
        PanelCells cells = Panel.cells(MADE.unitNames(), MADE.periodNames(), MADE.armNames(), storage);
        for (int unit = 0; unit < UNITS; unit++) {
            for (int period = 0; period < PERIODS; period++) {
                cells.set(unit, period, MADE.arm(unit, period), MADE.outcome(unit, period));
            }
        }
        return cells.build();
    }

    private static Double expected(int unit, int period, OutcomeStorage storage) {
        return storage.round(MADE.outcome(unit, period));
    }

    @ParameterizedTest
    @EnumSource
    void rowsAreReadFromMemoryAndFiles(OutcomeStorage storage) {
        try (PanelFile file = file(storage)) {
            for (Panel panel : List.of(inMemory(storage), file.panel())) {
                double[] outcomes = new double[PERIODS];
                byte[] arms = new byte[PERIODS];
                for (int unit : new int[] {0, 1099, 436, 437, 3}) {
                    panel.readRow(unit, outcomes, arms);
                    for (int period = 0; period < PERIODS; period++) {
                        assertThat(outcomes[period]).isEqualTo(expected(unit, period, storage));
                        assertThat((int) arms[period]).isEqualTo(MADE.arm(unit, period));
                    }
                }
                // Across blocks.
                int count = 900;
                double[] many = new double[count * PERIODS];
                byte[] manyArms = new byte[count * PERIODS];
                panel.readRows(150, count, many, manyArms);
                for (int cell = 0; cell < many.length; cell++) {
                    int unit = 150 + cell / PERIODS;
                    assertThat(many[cell]).isEqualTo(expected(unit, cell % PERIODS, storage));
                    assertThat((int) manyArms[cell]).isEqualTo(MADE.arm(unit, cell % PERIODS));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void allRowsAreVisitedInOrder(OutcomeStorage storage) {
        try (PanelFile file = file(storage)) {
            for (Panel panel : List.of(inMemory(storage), file.panel())) {
                List<Integer> units = new ArrayList<>();
                panel.forEachRow((unit, outcomes, arms) -> {
                    units.add(unit);
                    for (int period = 0; period < PERIODS; period++) {
                        assertThat(outcomes[period]).isEqualTo(expected(unit, period, storage));
                        assertThat((int) arms[period]).isEqualTo(MADE.arm(unit, period));
                    }
                });
                assertThat(units).hasSize(UNITS).isSorted().startsWith(0).endsWith(UNITS - 1);
            }
        }
    }

    @Test
    void arraysOfTheWrongLengthAreRejected() {
        assertThatThrownBy(() -> MADE.readRow(0, new double[PERIODS], new byte[PERIODS - 1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "300 places for outcomes and 299 for arms, to read 1 x 300 cells: give arrays of that length");
        assertThatThrownBy(() -> MADE.readRows(UNITS - 1, 2, new double[2 * PERIODS], new byte[2 * PERIODS]))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** Period by period, so that each cell is in another row than the one before. */
    @ParameterizedTest
    @EnumSource
    void aScanByColumnsAllocatesNextToNothing(OutcomeStorage storage) {
        try (PanelFile file = file(storage)) {
            for (Panel panel : List.of(inMemory(storage), file.panel())) {
                scan(panel, 2);
                ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
                long before = threads.getCurrentThreadAllocatedBytes();
                scan(panel, 5);
                long perCell = (threads.getCurrentThreadAllocatedBytes() - before) / (5L * UNITS);
                // A row has 2,700 bytes and a block more than a million.
                assertThat(perCell).isLessThan(700);
            }
        }
    }

    private static long scan(Panel panel, int periods) {
        long treated = 0;
        for (int period = 0; period < periods; period++) {
            for (int unit = 0; unit < UNITS; unit++) {
                treated += panel.arm(unit, period);
            }
        }
        return treated;
    }

    @Test
    void severalThreadsReadEachItsOwnRows() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try (PanelFile file = file(OutcomeStorage.DOUBLE)) {
            List<Future<Integer>> wrong = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int thread = t;
                wrong.add(pool.submit(() -> {
                    int count = 0;
                    SplittableRandom random = new SplittableRandom(thread);
                    for (int k = 0; k < 20_000; k++) {
                        int unit = random.nextInt(UNITS);
                        int period = random.nextInt(PERIODS);
                        boolean isRight = file.panel().arm(unit, period) == MADE.arm(unit, period)
                                && Double.compare(file.panel().outcome(unit, period), MADE.outcome(unit, period)) == 0;
                        count += isRight ? 0 : 1;
                    }
                    return count;
                }));
            }
            for (Future<Integer> count : wrong) {
                assertThat(count.get()).isZero();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
