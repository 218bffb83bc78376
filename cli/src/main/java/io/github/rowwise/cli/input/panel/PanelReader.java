package io.github.rowwise.cli.input.panel;

import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelCells;
import io.github.rowwise.panel.PanelFile;
import io.github.rowwise.panel.PanelFileWriter;
import io.github.rowwise.panel.PeriodOrder;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a table in long form, one row per unit and period, or a panel file, into a panel. */
public final class PanelReader {

    /** Of the memory, what may hold units that are not complete. */
    private static final int SHARE = 4;

    private PanelReader() {}

    /**
     * Reads a panel.
     *
     * @param source what to read
     * @param threads how many threads to use, 0 for as many as there are cores; the panel is the same for any number
     * @param missingCells receives the cells without an outcome, or {@code null}
     * @return the panel and what is worth knowing of how it was read, to be closed
     * @throws UserInputException where the file is not a panel, with what to do
     */
    public static PanelInput read(PanelSource source, int threads, @Nullable MissingCellSink missingCells) {
        long start = System.nanoTime();
        checkFiles(source);
        if (source.origin().isPanelFile()) {
            return open(source, Objects.requireNonNull(source.origin().file()), start, missingCells);
        }
        try (LongTable table = LongTable.open(source, threads)) {
            checkMemory(source, table.unitNames().size(), table.periodNames().size());
            return rejecting(source, () -> {
                PanelCells cells =
                        Panel.cells(table.unitNames(), table.periodNames(), table.armNames(), source.storage());
                IndexedCells coded = table.cells();
                coded.each(cells::set);
                Panel panel = cells.build();
                if (missingCells != null) {
                    coded.missingCells(panel, missingCells);
                }
                return table.input(panel, coded, seconds(start));
            });
        }
    }

    /**
     * Reads a table and writes a panel file, unit by unit, in memory that does not grow with the table.
     *
     * @param source what to read
     * @param threads how many threads to use, 0 for as many as there are cores; the file is the same for any number
     * @param target where the panel file goes
     * @param missingCells receives the cells without an outcome, or {@code null}
     * @return what is worth knowing of the panel and how it was read; the cells of its panel cannot be read
     * @throws UserInputException where the file is not a panel, with what to do
     * @throws UncheckedIOException where the panel file cannot be written
     */
    public static PanelInput pack(
            PanelSource source, int threads, Path target, @Nullable MissingCellSink missingCells) {
        long start = System.nanoTime();
        checkFiles(source);
        try (LongTable table = LongTable.open(source, threads)) {
            return rejecting(source, () -> {
                List<String> periods = table.periodNames();
                IndexedCells coded = table.cells();
                long unit = (long) periods.size() * UnitRowAssembler.BYTES_PER_CELL;
                long most = Math.max(1, Runtime.getRuntime().maxMemory() / SHARE / unit);
                try (PanelFileWriter writer =
                        PanelFile.writer(target, table.unitNames(), periods, table.armNames(), source.storage())) {
                    coded.byUnit(writer::add, (int) Math.min(most, Integer.MAX_VALUE));
                    writer.finish();
                }
                try (PanelFile file = PanelFile.open(target)) {
                    if (missingCells != null) {
                        coded.missingCells(file.panel(), missingCells);
                    }
                    return table.input(file.panel(), coded, seconds(start));
                }
            });
        }
    }

    private static PanelInput open(PanelSource source, Path path, long start, @Nullable MissingCellSink missingCells) {
        PanelFile file = PanelFile.open(path);
        Panel panel = file.panel();
        PeriodOrder periods = PeriodOrder.of(panel.periodNames());
        boolean isSorted = periods.names().equals(panel.periodNames());
        if (missingCells != null) {
            new MissingCellsWalk(panel, MissingCells.UNEXPLAINED, missingCells, Long.MAX_VALUE).toTheEnd();
        }
        long missing = (long) panel.units() * panel.periods() - panel.observedCells();
        return new PanelInput(
                panel,
                file,
                source,
                panel.observedCells(),
                isSorted ? periods.kind() : "as the file has them",
                MissingCells.unexplained(missing),
                isSorted && !periods.warning().isEmpty() ? List.of(periods.warning()) : List.of(),
                seconds(start));
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void checkFiles(PanelSource source) {
        for (Path file : new Path[] {source.origin().file(), source.origin().treatments()}) {
            if (file != null) {
                checkFile(file);
            }
        }
    }

    private static void checkFile(Path file) {
        String name = Quoted.line(file.toString());
        if (!Files.exists(file)) {
            throw new UserInputException(name + ": no such file; relative names start from "
                    + Path.of("").toAbsolutePath());
        }
        if (Files.isDirectory(file)) {
            throw new UserInputException(name + ": a folder, not a file; name the file that holds the panel");
        }
        if (!Files.isReadable(file)) {
            throw new UserInputException(name + ": may not be read; give yourself the permission");
        }
    }

    private static void checkMemory(PanelSource source, long units, long periods) {
        long need = units * periods * bytesPerCell(source.storage());
        long have = Runtime.getRuntime().maxMemory();
        if (need > have) {
            boolean fitsAsFloat = units * periods * bytesPerCell(OutcomeStorage.FLOAT) <= have;
            throw new UserInputException(String.format(
                    Locale.ROOT,
                    "%s: %,d units and %,d periods make %,d cells, which need %.1f GiB of memory where Java has %.1f; are"
                            + " --unit and --time the right columns? If so, set ROWWISE_JAVA_OPTIONS=-Xmx%dg, or %s",
                    source.name(),
                    units,
                    periods,
                    units * periods,
                    need / 0x1p30,
                    have / 0x1p30,
                    (long) Math.ceil(2 * need / 0x1p30),
                    fitsAsFloat
                            ? "keep outcomes as floats with --storage float"
                            : "make a panel file with rowwise pack and give that instead: it is read piece by piece"));
        }
    }

    /** What a cell takes, with some room for what is made of it. */
    private static long bytesPerCell(OutcomeStorage storage) {
        return storage == OutcomeStorage.FLOAT ? 6 : 10;
    }

    private static PanelInput rejecting(PanelSource source, Supplier<PanelInput> task) {
        try {
            return task.get();
        } catch (InvalidPanelException e) {
            throw new UserInputException(source.name() + ": " + Quoted.line(String.valueOf(e.getMessage())), e);
        }
    }
}
