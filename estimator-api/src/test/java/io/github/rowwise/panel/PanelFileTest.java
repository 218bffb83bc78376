package io.github.rowwise.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowwise.internal.pass.RowBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PanelFileTest {

    private static final double NONE = Double.NaN;

    @TempDir
    private Path folder;

    private Path path() {
        return folder.resolve("panel.rowwise");
    }

    @ParameterizedTest
    @CsvSource({"2,2,DOUBLE", "3,500,FLOAT", "97,61,DOUBLE", "5000,40,DOUBLE", "6553,41,FLOAT", "33,9000,FLOAT"})
    void givesBackThePanelThatWasWritten(int units, int periods, OutcomeStorage storage) {
        Panel panel = inMemory(Panels.random(new SplittableRandom(units), units, periods, 3, 0.2), storage);
        PanelFile.write(panel, path(), storage);

        try (PanelFile file = PanelFile.open(path())) {
            Panel read = file.panel();
            assertThat(read.unitNames()).isEqualTo(panel.unitNames());
            assertThat(read.periodNames()).isEqualTo(panel.periodNames());
            assertThat(read.armNames()).isEqualTo(panel.armNames());
            assertThat(read.storage()).isEqualTo(storage);
            assertThat(Arrays.deepToString(Panels.outcomes(read)))
                    .isEqualTo(Arrays.deepToString(Panels.outcomes(panel)));
            assertThat(Panels.arms(read)).isDeepEqualTo(Panels.arms(panel));
            assertThat(read.largestOutcome()).isEqualTo(panel.largestOutcome());
            assertThat(read.observedCells()).isEqualTo(panel.observedCells());
            assertThat(read.cellsInArm(2)).isEqualTo(panel.cellsInArm(2));
            assertThat(read.fingerprint()).isEqualTo(panel.fingerprint());
            assertThat(read.blocks()).hasSize(panel.blocks().count());
            assertThat(file.path()).isEqualTo(path());
        }
    }

    @Test
    void keepsNamesInAnyScript() {
        List<String> units = List.of("", "Köln, \"Süd\"", "東京\n駅", "\uD83C\uDFEA\0", "x".repeat(100_000));
        PanelCells cells = Panel.cells(units, List.of("1", "é"), List.of("keine", "жар"));
        Panel panel = cells.set(0, 0, 0, 1).set(4, 1, 1, 2).build();
        PanelFile.write(panel, path(), OutcomeStorage.DOUBLE);

        try (PanelFile file = PanelFile.open(path())) {
            assertThat(file.panel().unitNames()).isEqualTo(units);
            assertThat(file.panel().armNames()).containsExactly("keine", "жар");
        }
    }

    /** The format as PanelFile describes it, byte by byte, should another program write it. */
    @ParameterizedTest
    @EnumSource
    void readsTheFormatAsItIsDescribed(OutcomeStorage storage) throws IOException {
        Files.write(path(), described(storage, 1.5, (byte) 1));

        try (PanelFile file = PanelFile.open(path())) {
            assertThat(Arrays.deepToString(Panels.outcomes(file.panel())))
                    .isEqualTo("[[1.5, NaN], [-2.0, 0.25], [4.0, 8.0]]");
            assertThat(Panels.arms(file.panel())).isDeepEqualTo(new int[][] {{1, -1}, {0, 1}, {1, 0}});
            assertThat(file.panel().unitNames()).containsExactly("a", "b", "ü");
            assertThat(file.panel().fingerprint()).isEqualTo("07".repeat(32));
        }
    }

    @ParameterizedTest
    @CsvSource({"NaN,1", "Infinity,1", "1.5,2", "1.5,-2", "1.5,-1"})
    void rejectsCellsThatNoPanelHas(double outcome, byte arm) throws IOException {
        Files.write(path(), described(OutcomeStorage.DOUBLE, outcome, arm));

        try (PanelFile file = PanelFile.open(path())) {
            assertThatThrownBy(() -> file.panel().outcome(1, 1))
                    .isInstanceOf(InvalidPanelException.class)
                    .hasMessageContaining(path() + ": the block of units 1 to 2 holds an arm that there is not");
        }
    }

    /** Three units in blocks of two; the first cell has this outcome and arm. */
    private static byte[] described(OutcomeStorage storage, double outcome, byte arm) {
        ByteBuffer file = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
        file.put("Rowwise".getBytes(StandardCharsets.US_ASCII)).put((byte) 0x1A);
        file.putInt(1).putInt(storage == OutcomeStorage.FLOAT ? 4 : 8);
        file.putInt(3).putInt(2).putInt(2).putInt(2).putLong(128);
        file.position(60);
        checksum(file, 0);
        for (String name : List.of("a", "b", "ü", "1", "2", "0", "1")) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            file.putInt(bytes.length).put(bytes);
        }
        checksum(file, 64);
        file.position(128);
        block(file, storage, new double[] {outcome, 0, -2, 0.25}, new byte[] {arm, -1, 0, 1});
        block(file, storage, new double[] {4, 8}, new byte[] {1, 0});
        int footer = file.position();
        byte[] fingerprint = new byte[32];
        Arrays.fill(fingerprint, (byte) 7);
        file.putLong(2).putLong(3).putDouble(8).put(fingerprint);
        checksum(file, footer);
        return Arrays.copyOf(file.array(), file.position());
    }

    private static void block(ByteBuffer file, OutcomeStorage storage, double[] outcomes, byte[] arms) {
        int start = file.position();
        for (double outcome : outcomes) {
            if (storage == OutcomeStorage.FLOAT) {
                file.putFloat((float) outcome);
            } else {
                file.putDouble(outcome);
            }
        }
        file.put(arms);
        checksum(file, start);
    }

    private static void checksum(ByteBuffer file, int from) {
        CRC32C checksum = new CRC32C();
        checksum.update(file.duplicate().flip().position(from));
        file.putInt((int) checksum.getValue());
    }

    @Test
    void noDamagedByteGoesUnnoticed() throws IOException {
        Panel panel = Panels.random(new SplittableRandom(3), 5, 4, 2, 0.2);
        PanelFile.write(panel, path(), OutcomeStorage.DOUBLE);
        byte[] right = Files.readAllBytes(path());
        long firstBlock = ByteBuffer.wrap(right).order(ByteOrder.LITTLE_ENDIAN).getLong(32);
        int afterNames = Math.toIntExact(firstBlock);
        while (right[afterNames - 1] == 0) {
            afterNames--;
        }
        for (int at = 0; at < right.length; at++) {
            byte[] damaged = right.clone();
            damaged[at] = (byte) (damaged[at] ^ 1 << at % 8);
            Files.write(path(), damaged);
            if (at >= afterNames && at < firstBlock) {
                assertThatCode(this::readAll).doesNotThrowAnyException();
            } else {
                assertThatThrownBy(this::readAll)
                        .as("byte %d", at)
                        .isInstanceOf(InvalidPanelException.class)
                        .hasMessageStartingWith(path() + ": ");
            }
        }
    }

    @Test
    void noMissingEndGoesUnnoticed() throws IOException {
        PanelFile.write(Panels.random(new SplittableRandom(3), 5, 4, 2, 0.2), path(), OutcomeStorage.FLOAT);
        byte[] right = Files.readAllBytes(path());
        for (int length = 0; length < right.length; length++) {
            Files.write(path(), Arrays.copyOf(right, length));
            assertThatThrownBy(this::readAll).as("%d bytes", length).isInstanceOf(InvalidPanelException.class);
        }
        Files.write(path(), Arrays.copyOf(right, right.length + 1));
        assertThatThrownBy(this::readAll)
                .hasMessage(path() + ": has " + (right.length + 1) + " bytes instead of " + right.length
                        + ": it was not written or not copied whole");
    }

    private void readAll() {
        try (PanelFile file = PanelFile.open(path())) {
            file.panel().blocks().forEach(block -> assertThat(block.rows()).isPositive());
        }
    }

    @Test
    void rejectsAnotherKindOfFile() throws IOException {
        Files.writeString(path(), "unit,time,outcome,treatment\n" + "a,1,2,0\n".repeat(20));
        assertThatThrownBy(() -> PanelFile.open(path()))
                .isInstanceOf(InvalidPanelException.class)
                .hasMessage(path() + ": not a panel file");
        assertThatThrownBy(() -> PanelFile.open(folder.resolve("absent")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("absent: cannot be read");
    }

    @Test
    void anInterruptedReaderDoesNotCloseTheFileForOthers() {
        PanelFile.write(Panels.random(new SplittableRandom(3), 5, 4, 2, 0), path(), OutcomeStorage.DOUBLE);
        try (PanelFile file = PanelFile.open(path())) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> file.panel().outcome(0, 0))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();

            assertThat(file.panel().isObserved(0, 0)).isTrue();
        }
    }

    @Test
    void aClosedFileIsNotReadAgain() {
        PanelFile.write(Panels.random(new SplittableRandom(3), 5, 4, 2, 0), path(), OutcomeStorage.DOUBLE);
        PanelFile file = PanelFile.open(path());
        file.close();
        file.close();

        assertThatThrownBy(() -> file.panel().outcome(0, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("keep the panel file open while its panel is used");
    }

    @Test
    void aWriterThatIsNotFinishedLeavesWhatWasThere() throws IOException {
        Files.writeString(path(), "former");
        byte[] arms = {0, 1};
        double[] outcomes = {1, 2};
        try (PanelFileWriter writer = writer(OutcomeStorage.DOUBLE)) {
            writer.add(arms, outcomes);
            assertThatThrownBy(writer::finish)
                    .isInstanceOf(InvalidPanelException.class)
                    .hasMessageContaining("1 rows for 2 units, none for 'b'");
        }
        assertThat(path()).hasContent("former");
        assertThat(folder).isDirectoryContaining("glob:**panel.rowwise").isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aWriterTellsWhatItRejects() {
        try (PanelFileWriter writer = writer(OutcomeStorage.FLOAT)) {
            assertRejected(
                    writer, new byte[] {0, 1}, new double[] {1}, "unit 'a' has 1 outcomes and 2 arms for 2 periods");
            assertRejected(writer, new byte[] {0, 2}, new double[] {1, 2}, "unit 'a', period 'y' has the arm 2");
            assertRejected(writer, new byte[] {-1, 0}, new double[] {1, 2}, "unit 'a', period 'x' has the arm -1");
            for (double outcome : new double[] {1e39, -1e39, 1e-40, Double.NEGATIVE_INFINITY}) {
                assertRejected(
                        writer,
                        new byte[] {0, 1},
                        new double[] {outcome, 1},
                        "unit 'a', period 'x' has the outcome " + outcome);
            }
            writer.add(new byte[] {0, 9}, new double[] {1, NONE});
            writer.add(new byte[] {0, 0}, new double[] {0, -0.0});
            assertRejected(writer, new byte[] {0, 1}, new double[] {1, 2}, "after that of the last unit, 'b'");
            assertThatThrownBy(writer::finish)
                    .isInstanceOf(InvalidPanelException.class)
                    .hasMessageContaining("arm '1' has no observed cell");
        }
        assertThat(path()).doesNotExist();
    }

    private static void assertRejected(PanelFileWriter writer, byte[] arms, double[] outcomes, String message) {
        assertThatThrownBy(() -> writer.add(arms, outcomes))
                .isInstanceOf(InvalidPanelException.class)
                .hasMessageContaining(message);
    }

    @Test
    void namesAFolderThatTakesNoFile() {
        assertThatThrownBy(() -> PanelFile.writer(
                        folder.resolve("no/such/panel.rowwise"),
                        List.of("a", "b"),
                        List.of("x", "y"),
                        List.of("0", "1"),
                        OutcomeStorage.DOUBLE))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("no/such/panel.rowwise.part: cannot be written");
    }

    private PanelFileWriter writer(OutcomeStorage storage) {
        return PanelFile.writer(path(), List.of("a", "b"), List.of("x", "y"), List.of("0", "1"), storage);
    }

    @Test
    void floatsInMemoryAreThoseOfTheFile() {
        Panel panel = inMemory(Panels.random(new SplittableRandom(1), 7, 5, 2, 0.1), OutcomeStorage.FLOAT);

        for (RowBlock block : panel.blocks()) {
            for (double outcome : block.outcomes()) {
                assertThat(outcome).isEqualTo((float) outcome);
            }
        }
        assertThat(panel.largestOutcome()).isEqualTo((float) panel.largestOutcome());
        assertThatThrownBy(() -> Panel.cells(
                                panel.unitNames(), panel.periodNames(), panel.armNames(), OutcomeStorage.FLOAT)
                        .set(0, 0, 1, 1e-300))
                .isInstanceOf(InvalidPanelException.class)
                .hasMessage("unit 'u0', period 't0' has the outcome 1.0E-300, which float storage cannot keep (0, or"
                        + " 1.2e-38 to 3.4e38 in size): keep outcomes as doubles, or give them in another unit");
    }

    private static Panel inMemory(Panel panel, OutcomeStorage storage) {
        PanelCells cells = Panel.cells(panel.unitNames(), panel.periodNames(), panel.armNames(), storage);
        for (int unit = 0; unit < panel.units(); unit++) {
            for (int period = 0; period < panel.periods(); period++) {
                cells.set(unit, period, panel.arm(unit, period), panel.outcome(unit, period));
            }
        }
        return cells.build();
    }
}
