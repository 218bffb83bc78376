package io.github.rowwise.spark.panel;

import io.github.rowwise.engine.ShardRows;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Packs consecutive cells of one unit into one row of bytes, so that Spark moves and sorts units instead of cells if the table
 * has them together.
 */
final class CellRuns implements Iterator<Row> {

    /** Column {@code unit}, and column {@code cells} with period, arm and outcome of each cell. */
    static final StructType SCHEMA =
            new StructType().add("unit", DataTypes.StringType, false).add("cells", DataTypes.BinaryType, false);

    static final int BYTES = Integer.BYTES + 1 + Double.BYTES;
    private static final int MOST_CELLS = 4096;

    private final Iterator<Row> rows;
    private final boolean isText;
    private final Map<String, Integer> periods;
    private final Map<String, Integer> arms;
    private final ByteBuffer cells = ByteBuffer.allocate(MOST_CELLS * BYTES);
    private @Nullable Row ahead;

    CellRuns(Iterator<Row> rows, boolean isText, Map<String, Integer> periods, Map<String, Integer> arms) {
        this.rows = rows;
        this.isText = isText;
        this.periods = periods;
        this.arms = arms;
        advance();
    }

    @Override
    public boolean hasNext() {
        return ahead != null;
    }

    @Override
    public Row next() {
        Row row = ahead;
        if (row == null) {
            throw new NoSuchElementException();
        }
        String unit = row.getString(0);
        cells.clear();
        while (row != null && cells.hasRemaining() && known(row.getString(0)).equals(unit)) {
            put(row);
            advance();
            row = ahead;
        }
        return RowFactory.create(unit, Arrays.copyOf(cells.array(), cells.position()));
    }

    private void advance() {
        ahead = rows.hasNext() ? rows.next() : null;
    }

    private void put(Row row) {
        cells.putInt(known(periods.get(known(row.getString(1)))));
        if (OutcomeStatus.of(row, 2, isText) == OutcomeStatus.NUMBER) {
            cells.put(known(arms.get(known(row.getString(3)))).byteValue())
                    .putDouble(OutcomeStatus.number(row, 2, isText));
        } else {
            cells.put(ShardRows.MISSING).putDouble(0);
        }
    }

    /** Returns a value that the first pass has seen; otherwise the rows changed between the passes. */
    private static <T> T known(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the table had other rows the second time it was read than the first;"
                    + " let it rest meanwhile, and write it out first where it is not the same each time");
        }
        return value;
    }
}
