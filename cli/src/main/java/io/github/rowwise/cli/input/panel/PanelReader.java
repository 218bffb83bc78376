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

/** Reads a panel from a table or a panel file. */
public final class PanelReader {

    /** The inverse of the share of the heap that incomplete units may occupy. */
    private static final int INVERSE_HEAP_SHARE = 4;

    private PanelReader() {}

    /**
     * Reads a panel.
     *
     * @param source the input
     * @param threads number of threads, 0 for one per core; it does not affect the panel
     * @param missing receives the cells without an outcome, or {@code null} if they are not needed
     * @return the panel and how it was read, to be closed
     * @throws UserInputException if the input is not a panel
     */
    public static PanelInput read(PanelSource source, int threads, @Nullable MissingCellSink missing) {
        long start = System.nanoTime();
        checkFiles(source);
        if (source.origin().isPanelFile()) {
            return open(source, Objects.requireNonNull(source.origin().file()), start, missing);
        }
        return FileStamps.unchanged(source, () -> readTable(source, threads, start, missing));
    }

    private static PanelInput readTable(
            PanelSource source, int threads, long start, @Nullable MissingCellSink missing) {
        try (LongTable table = LongTable.open(source, threads)) {
            checkMemory(source, table.unitNames().size(), table.periodNames().size());
            return rejecting(source, () -> {
                PanelCells cells = Panel.cells(
                        table.unitNames(),
                        table.periodNames(),
                        table.armNames(),
                        source.covariates(),
                        source.storage());
                IndexedCells indexed = table.cells();
                indexed.forEachCell(cells::set);
                Panel panel = cells.build();
                if (missing != null) {
                    indexed.listMissing(panel, missing);
                }
                return table.input(panel, indexed, seconds(start));
            });
        }
    }

    /**
     * Converts a table to a panel file, unit by unit. The memory needed does not grow with the table.
     *
     * @param source the input
     * @param threads number of threads, 0 for one per core; it does not affect the file
     * @param target the panel file to write
     * @param missing receives the cells without an outcome, or {@code null} if they are not needed
     * @return the panel and how it was read; the cells of the panel cannot be accessed
     * @throws UserInputException if the input is not a panel
     * @throws UncheckedIOException if the panel file cannot be written
     */
    public static PanelInput pack(PanelSource source, int threads, Path target, @Nullable MissingCellSink missing) {
        long start = System.nanoTime();
        checkFiles(source);
        return FileStamps.unchanged(source, () -> packTable(source, threads, start, target, missing));
    }

    private static PanelInput packTable(
            PanelSource source, int threads, long start, Path target, @Nullable MissingCellSink missing) {
        try (LongTable table = LongTable.open(source, threads)) {
            return rejecting(source, () -> {
                List<String> periods = table.periodNames();
                IndexedCells indexed = table.cells();
                long bytesPerUnit = periods.size()
                        * (UnitRowAssembler.BYTES_PER_CELL
                                + (long) Double.BYTES * source.covariates().size());
                long maxUnits = Math.max(1, Runtime.getRuntime().maxMemory() / INVERSE_HEAP_SHARE / bytesPerUnit);
                try (PanelFileWriter writer = PanelFile.writer(
                        target, table.unitNames(), periods, table.armNames(), source.covariates(), source.storage())) {
                    indexed.forEachUnit(writer::add, (int) Math.min(maxUnits, Integer.MAX_VALUE));
                    writer.finish();
                }
                try (PanelFile file = PanelFile.open(target)) {
                    if (missing != null) {
                        indexed.listMissing(file.panel(), missing);
                    }
                    return table.input(file.panel(), indexed, seconds(start));
                }
            });
        }
    }

    private static PanelInput open(PanelSource source, Path path, long start, @Nullable MissingCellSink missing) {
        PanelFile file = PanelFile.open(path);
        Panel panel = file.panel();
        PeriodOrder periods = order(panel.periodNames());
        boolean isSorted = periods != null && periods.names().equals(panel.periodNames());
        if (missing != null) {
            new MissingCellLister(panel, MissingCells.UNEXPLAINED, missing, Long.MAX_VALUE).finish();
        }
        long missingCells = (long) panel.units() * panel.periods() - panel.observedCells();
        return new PanelInput(
                panel,
                file,
                source,
                panel.observedCells(),
                periods != null && isSorted ? periods.kind() : "as the file has them",
                MissingCells.unexplained(missingCells),
                periods != null && isSorted ? periods.warnings() : List.of(),
                List.of(),
                List.of(),
                seconds(start));
    }

    /** Returns the order that the names of a file's periods say, or {@code null} if they leave it open. */
    private static @Nullable PeriodOrder order(List<String> names) {
        try {
            return PeriodOrder.of(names);
        } catch (InvalidPanelException e) {
            return null; // The order of the file was decided when it was made.
        }
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
            throw new UserInputException(name + ": no such file; relative paths start from "
                    + Path.of("").toAbsolutePath());
        }
        if (Files.isDirectory(file)) {
            throw new UserInputException(name + ": a folder, not a file; name the file that holds the panel");
        }
        if (!Files.isReadable(file)) {
            throw new UserInputException(name + ": no permission to read; change its permissions");
        }
    }

    private static void checkMemory(PanelSource source, long units, long periods) {
        long need = units * periods * bytesPerCell(source, source.storage());
        long have = Runtime.getRuntime().maxMemory();
        if (need > have) {
            boolean fitsAsFloat = units * periods * bytesPerCell(source, OutcomeStorage.FLOAT) <= have;
            throw new UserInputException(String.format(
                    Locale.ROOT,
                    "%s: %,d units and %,d periods make %,d cells, which need %.1f GiB of memory; Java has %.1f. Are"
                            + " --unit and --time the right columns? If so, set ROWWISE_JAVA_OPTIONS=-Xmx%dg, or %s",
                    source.name(),
                    units,
                    periods,
                    units * periods,
                    need / 0x1p30,
                    have / 0x1p30,
                    (long) Math.ceil(2 * need / 0x1p30),
                    fitsAsFloat
                            ? "store outcomes as floats with --storage float"
                            : "create a panel file with rowwise pack and use that instead: it is read block by block"));
        }
    }

    /** Returns the memory per cell, with a margin for derived data. */
    private static long bytesPerCell(PanelSource source, OutcomeStorage storage) {
        return (storage == OutcomeStorage.FLOAT ? 6 : 10)
                + (long) Double.BYTES * source.covariates().size();
    }

    private static PanelInput rejecting(PanelSource source, Supplier<PanelInput> task) {
        try {
            return task.get();
        } catch (InvalidPanelException e) {
            throw new UserInputException(source.name() + ": " + Quoted.line(String.valueOf(e.getMessage())), e);
        }
    }
}
