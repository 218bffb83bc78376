package io.github.rowwise.cli.output.table;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.TableWriter;
import io.github.rowwise.cli.database.TextCells;
import io.github.rowwise.cli.input.panel.MissingCellSink;
import io.github.rowwise.cli.output.OutputFile;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes the table of missing cells: unit, time and reason. */
public final class MissingCellFiles {

    /** The formats of the table. */
    public static final List<OutputFile.Format> FORMATS = List.of(OutputFile.Format.CSV, OutputFile.Format.PARQUET);

    private static final String TABLE = "missing_cell";

    private MissingCellFiles() {}

    /**
     * Writes the table during a task. The rows pass through a database on the disk, so that memory does not grow with them.
     *
     * @param <T> type of the task's result
     * @param output the file to write
     * @param cells how texts are written to CSV
     * @param task reads the panel and passes on its missing cells; if it fails, nothing is written
     * @return the task's result
     */
    public static <T> T write(OutputFile output, TextCells cells, Function<MissingCellSink, T> task) {
        AtomicReference<@Nullable T> result = new AtomicReference<>();
        output.write(part -> {
            try (Database database = Database.onDisk()) {
                database.execute("CREATE TABLE " + TABLE + " (unit VARCHAR, time VARCHAR, reason VARCHAR)");
                try (TableWriter writer = database.writer(TABLE)) {
                    result.set(task.apply((unit, time, reason) -> {
                        writer.text(unit);
                        writer.text(time);
                        writer.text(reason);
                        writer.endRow();
                    }));
                }
                if (output.format() == OutputFile.Format.CSV) {
                    database.copyToCsv(TABLE, part, cells);
                } else {
                    database.copyToParquet(TABLE, part);
                }
            }
        });
        return Objects.requireNonNull(result.get());
    }
}
