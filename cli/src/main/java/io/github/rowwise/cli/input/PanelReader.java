package io.github.rowwise.cli.input;

import io.github.rowwise.InvalidPanelException;
import io.github.rowwise.Panel;
import io.github.rowwise.PanelCells;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Reads a file in long form, one row a unit and period, into a panel. */
public final class PanelReader {

    private static final long BYTES_PER_CELL = 10;

    private PanelReader() {}

    /**
     * Reads a panel.
     *
     * @param source what to read
     * @param threads how many threads to use, 0 for as many as there are cores; the panel is the same for any number
     * @return the panel and what is worth knowing of how it was read
     * @throws RefusedException where the file is not a panel, with what to do
     */
    public static PanelInput read(PanelSource source, int threads) {
        long start = System.nanoTime();
        checkFile(source);
        try (LongTable table = LongTable.open(source, threads)) {
            checkMemory(source, table.unitNames().size(), table.periodNames().size());
            Panel panel = fill(source, table);
            String warning = table.periods().warning();
            double seconds = (System.nanoTime() - start) / 1e9;
            return new PanelInput(
                    panel,
                    source,
                    table.rows(),
                    table.periods().kind(),
                    table.leftOut(),
                    warning.isEmpty() ? List.of() : List.of(warning),
                    seconds);
        }
    }

    private static void checkFile(PanelSource source) {
        Path file = source.file();
        if (!Files.exists(file)) {
            throw new RefusedException(source.name() + ": no such file; relative names start from "
                    + Path.of("").toAbsolutePath());
        }
        if (Files.isDirectory(file)) {
            throw new RefusedException(source.name() + ": a folder, not a file; name the file that holds the panel");
        }
        if (!Files.isReadable(file)) {
            throw new RefusedException(source.name() + ": may not be read; give yourself the permission");
        }
    }

    private static void checkMemory(PanelSource source, long units, long periods) {
        long need = units * periods * BYTES_PER_CELL;
        long have = Runtime.getRuntime().maxMemory();
        if (need > have) {
            throw new RefusedException(String.format(
                    Locale.ROOT,
                    "%s: %,d units and %,d periods make %,d cells, which need %.1f GiB of memory where Java has %.1f; are"
                            + " --unit and --time the right columns? If so, set ROWWISE_JAVA_OPTIONS=-Xmx%dg",
                    source.name(),
                    units,
                    periods,
                    units * periods,
                    need / 0x1p30,
                    have / 0x1p30,
                    (long) Math.ceil(2 * need / 0x1p30)));
        }
    }

    private static Panel fill(PanelSource source, LongTable table) {
        try {
            PanelCells cells = Panel.cells(table.unitNames(), table.periodNames(), table.armNames());
            table.cells().each(cells::set);
            return cells.build();
        } catch (InvalidPanelException e) {
            throw new RefusedException(source.name() + ": " + Shown.line(String.valueOf(e.getMessage())), e);
        }
    }
}
