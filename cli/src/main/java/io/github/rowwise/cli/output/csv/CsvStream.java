package io.github.rowwise.cli.output.csv;

import io.github.rowwise.cli.database.RowSink;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the rows of a CSV file to a stream as they come. Not safe for use by several threads. */
public final class CsvStream implements RowSink, AutoCloseable {

    private static final int BYTES_AT_ONCE = 1 << 16;

    private final OutputStream out;
    private final CsvRows rows;

    /**
     * Begins a file with its header.
     *
     * @param out the stream, which is not closed
     * @param names names of the columns
     * @param cells how texts are written
     */
    public CsvStream(OutputStream out, List<String> names, TextCells cells) {
        this.out = out;
        this.rows = new CsvRows(cells);
        rows.header(names);
    }

    @Override
    public void text(@Nullable String value) {
        rows.text(value);
    }

    @Override
    public void whole(int value) {
        rows.whole(value);
    }

    @Override
    public void number(double value) {
        rows.number(value);
    }

    @Override
    public void endRow() {
        rows.endRow();
        if (rows.size() > BYTES_AT_ONCE) {
            flush();
        }
    }

    /** Writes the rows that have not been written. The stream stays open. */
    @Override
    public void close() {
        flush();
    }

    private void flush() {
        try {
            rows.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
