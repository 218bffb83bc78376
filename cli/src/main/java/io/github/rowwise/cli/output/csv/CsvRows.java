package io.github.rowwise.cli.output.csv;

import io.github.rowwise.cli.database.RowSink;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a CSV file in memory: commas, line feeds, and quotes around texts that need them. An empty cell is empty; an empty text
 * is a pair of quotes. Not safe for use by several threads.
 */
public final class CsvRows implements RowSink {

    private final Bytes bytes = new Bytes();
    private final ShortestDecimal decimal = new ShortestDecimal();
    private final TextCells cells;
    private boolean inRow;

    /**
     * Creates a part of a file without rows.
     *
     * @param cells how texts are written
     */
    public CsvRows(TextCells cells) {
        this.cells = cells;
    }

    /**
     * Adds the header.
     *
     * @param names names of the columns
     */
    public void header(List<String> names) {
        for (String name : names) {
            separate();
            addText(name, false);
        }
        endRow();
    }

    @Override
    public void text(@Nullable String value) {
        separate();
        if (value != null) {
            addText(cells.of(value), cells == TextCells.DEFUSED);
        }
    }

    @Override
    public void whole(int value) {
        separate();
        bytes.whole(value);
    }

    @Override
    public void number(double value) {
        separate();
        if (!Double.isNaN(value)) {
            decimal.append(value, bytes);
        }
    }

    @Override
    public void endRow() {
        bytes.add('\n');
        inRow = false;
    }

    /**
     * Returns how long the rows are that have not been written.
     *
     * @return number of bytes
     */
    public int size() {
        return bytes.size();
    }

    /**
     * Writes the rows and forgets them.
     *
     * @param out where to write
     * @throws IOException if it cannot be written
     */
    public void writeTo(OutputStream out) throws IOException {
        bytes.writeTo(out);
    }

    private void separate() {
        if (inRow) {
            bytes.add(',');
        }
        inRow = true;
    }

    private void addText(String text, boolean isQuoted) {
        if (isQuoted || needsQuotes(text)) {
            bytes.add('"');
            bytes.text(text.indexOf('"') < 0 ? text : text.replace("\"", "\"\""));
            bytes.add('"');
        } else {
            bytes.text(text);
        }
    }

    /** A number sign begins a comment for some readers. */
    private static boolean needsQuotes(String text) {
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            if (c == ',' || c == '"' || c == '\n' || c == '\r' || c == '#') {
                return true;
            }
        }
        return text.isEmpty();
    }
}
