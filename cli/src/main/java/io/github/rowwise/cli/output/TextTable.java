package io.github.rowwise.cli.output;

import java.util.ArrayList;
import java.util.List;

/** A table of texts with aligned columns. */
public final class TextTable {

    private final List<String[]> rows = new ArrayList<>();

    /**
     * Creates a table.
     *
     * @param header the columns' names
     */
    public TextTable(String... header) {
        rows.add(header.clone());
    }

    /**
     * Adds a row.
     *
     * @param cells one text per column
     */
    public void add(String... cells) {
        rows.add(cells.clone());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.length; column++) {
                int index = column;
                int width = rows.stream()
                        .mapToInt(r -> TextWidth.width(r[index]))
                        .max()
                        .orElse(0);
                line.append(TextWidth.fit(row[column], width)).append("  ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
