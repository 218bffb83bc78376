package io.github.rowwise.cli.output.table;

import io.github.rowwise.cli.input.panel.MissingCellSink;
import io.github.rowwise.cli.output.OutputFile;
import io.github.rowwise.cli.output.csv.TextCells;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the table of missing cells: unit, time and reason. */
public final class MissingCellFiles {

    /** The formats of the table. */
    public static final List<OutputFile.Format> FORMATS = List.of(OutputFile.Format.CSV, OutputFile.Format.PARQUET);

    private MissingCellFiles() {}

    /**
     * Writes the table during a task. Memory does not grow with the rows.
     *
     * @param <T> type of the task's result
     * @param output the file to write
     * @param cells how texts are written to CSV
     * @param task reads the panel and passes on its missing cells; if it fails, nothing is written
     * @return the task's result
     */
    public static <T> T write(OutputFile output, TextCells cells, Function<MissingCellSink, T> task) {
        AtomicReference<@Nullable T> result = new AtomicReference<>();
        List<TableColumn> columns =
                Stream.of("unit", "time", "reason").map(TableColumn::text).toList();
        output.write(part -> new TableFile(output.format(), columns, cells)
                .write(
                        part,
                        rows -> result.set(task.apply((unit, time, reason) -> {
                            rows.text(unit);
                            rows.text(time);
                            rows.text(reason);
                            rows.endRow();
                        }))));
        return Objects.requireNonNull(result.get());
    }
}
