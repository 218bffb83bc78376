package io.github.rowwise.cli.output.table;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.RowSink;
import io.github.rowwise.cli.database.Sql;
import io.github.rowwise.cli.database.TableWriter;
import io.github.rowwise.cli.output.OutputFile;
import io.github.rowwise.cli.output.csv.CsvRows;
import io.github.rowwise.cli.output.csv.CsvStream;
import io.github.rowwise.cli.output.csv.TextCells;
import io.github.rowwise.internal.pass.WorkerThreads;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes a table to a file in the format of its ending. Memory does not grow with the number of rows: CSV is written as the rows
 * come, and the rows of other formats pass through a database on the disk.
 */
final class TableFile {

    private static final int PARTS_PER_THREAD = 4;

    private final OutputFile.Format format;
    private final List<TableColumn> columns;
    private final TextCells cells;

    /**
     * Describes a table.
     *
     * @param format CSV, Parquet or Arrow
     * @param columns the columns in their order
     * @param cells how texts are written to CSV
     */
    TableFile(OutputFile.Format format, List<TableColumn> columns, TextCells cells) {
        this.format = format;
        this.columns = columns;
        this.cells = cells;
    }

    /** Writes rows one after another. */
    void write(Path file, Consumer<RowSink> rows) {
        if (format != OutputFile.Format.CSV) {
            writeByDatabase(file, rows);
            return;
        }
        try (OutputStream out = Files.newOutputStream(file);
                CsvStream stream = new CsvStream(out, names(), cells)) {
            rows.accept(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes rows on several threads, 0 for one per core. The bytes do not depend on their number. */
    void write(Path file, TableParts parts, int threads) {
        if (format != OutputFile.Format.CSV) {
            writeByDatabase(file, rows -> IntStream.range(0, parts.count()).forEach(part -> parts.write(part, rows)));
            return;
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            writeCsv(out, parts, threads);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the table as CSV to a stream, which stays open, on several threads, 0 for one per core. */
    void writeCsv(OutputStream out, TableParts parts, int threads) throws IOException {
        int used = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        CsvRows header = new CsvRows(cells);
        header.header(names());
        header.writeTo(out);
        CsvRows[] round = new CsvRows[Math.max(1, Math.min(parts.count(), used * PARTS_PER_THREAD))];
        for (int k = 0; k < round.length; k++) {
            round[k] = new CsvRows(cells);
        }
        try (WorkerThreads workers = new WorkerThreads(Math.min(used, round.length), null)) {
            for (int first = 0; first < parts.count(); first += round.length) {
                int from = first;
                int count = Math.min(round.length, parts.count() - first);
                AtomicInteger next = new AtomicInteger();
                workers.run(
                        () -> {
                            for (int k = next.getAndIncrement(); k < count; k = next.getAndIncrement()) {
                                parts.write(from + k, round[k]);
                            }
                        },
                        () -> next.set(count));
                for (int k = 0; k < count; k++) {
                    round[k].writeTo(out);
                }
            }
        }
        out.flush();
    }

    private List<String> names() {
        return columns.stream().map(TableColumn::name).toList();
    }

    /** The columns have other names in the database, because names of columns may differ in case alone. */
    private void writeByDatabase(Path file, Consumer<RowSink> rows) {
        String definitions = IntStream.range(0, columns.size())
                .mapToObj(k -> "c" + k + " " + columns.get(k).type())
                .collect(Collectors.joining(", "));
        String query = IntStream.range(0, columns.size())
                .mapToObj(k -> "c" + k + " AS " + Sql.name(columns.get(k).name()))
                .collect(Collectors.joining(", ", "(SELECT ", " FROM written)"));
        // One thread, because the layout of a Parquet file depends on their number.
        try (Database database = Database.onDisk()) {
            database.execute("CREATE TABLE written (" + definitions + ")");
            try (TableWriter writer = database.writer("written")) {
                rows.accept(writer);
            }
            switch (format) {
                case PARQUET -> database.copyToParquet(query, file);
                case ARROW -> database.copyToArrow(query, file);
                default -> throw new IllegalArgumentException("no table is written as " + format);
            }
        }
    }
}
