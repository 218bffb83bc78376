package io.github.rowwise.bindings;

import io.github.rowwise.cli.database.RowSink;
import io.github.rowwise.cli.output.table.TableColumn;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.Interval;
import io.github.rowwise.tables.EffectColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the rows of a table as columns. */
final class FrameTableBuilder implements RowSink {

    /** Names of the columns of an estimate after the first, which has its bare name. */
    private static final List<String> SUFFIXES = List.of("_se", "_ci_lo", "_ci_hi");

    private static final int INITIAL_ROWS = 64;

    private final List<TableColumn> columns;
    private final double[][] numbers;
    private final int[][] wholes;
    private final List<Map<String, Integer>> texts = new ArrayList<>();
    private int column;
    private int rows;
    private int capacity = INITIAL_ROWS;

    FrameTableBuilder(List<TableColumn> columns) {
        this.columns = columns;
        this.numbers = new double[columns.size()][];
        this.wholes = new int[columns.size()][];
        for (int k = 0; k < columns.size(); k++) {
            texts.add(new HashMap<>());
            if (isNumber(k)) {
                numbers[k] = new double[capacity];
            } else {
                wholes[k] = new int[capacity];
            }
        }
    }

    /** Adds the columns of an estimate, named as in the effects table. */
    static void addColumns(List<TableColumn> columns, String name) {
        columns.add(new TableColumn(name, EffectColumn.Kind.NUMBER));
        SUFFIXES.forEach(suffix -> columns.add(new TableColumn(name + suffix, EffectColumn.Kind.NUMBER)));
    }

    private boolean isNumber(int k) {
        return columns.get(k).kind() == EffectColumn.Kind.NUMBER;
    }

    @Override
    public void text(@Nullable String value) {
        switch (columns.get(column).kind()) {
            case NUMBER -> number(Double.NaN);
            case WHOLE -> whole(Integer.MIN_VALUE);
            case TEXT -> {
                Map<String, Integer> known = texts.get(column);
                whole(value == null ? Codes.NONE : known.computeIfAbsent(value, text -> known.size()));
            }
        }
    }

    @Override
    public void whole(int value) {
        wholes[column++][rows] = value;
    }

    @Override
    public void number(double value) {
        numbers[column++][rows] = value;
    }

    /** Adds the four values of an estimate. */
    void estimate(Estimate estimate, double confidenceLevel) {
        boolean known = estimate.hasStandardError();
        Interval interval = known ? estimate.interval(confidenceLevel) : null;
        number(estimate.isAvailable() ? estimate.value() : Double.NaN);
        number(known ? estimate.standardError() : Double.NaN);
        number(interval == null ? Double.NaN : interval.lower());
        number(interval == null ? Double.NaN : interval.upper());
    }

    /** Adds a value of the effects table. */
    void value(EffectColumn.Kind kind, @Nullable Object value) {
        if (value == null) {
            text(null);
            return;
        }
        switch (kind) {
            case TEXT -> text((String) value);
            case WHOLE -> whole((Integer) value);
            case NUMBER -> number((Double) value);
        }
    }

    @Override
    public void endRow() {
        column = 0;
        rows++;
        if (rows == capacity) {
            resize(capacity + (capacity >> 1));
        }
    }

    private void resize(int to) {
        capacity = to;
        for (int k = 0; k < columns.size(); k++) {
            if (isNumber(k)) {
                numbers[k] = Arrays.copyOf(numbers[k], to);
            } else {
                wholes[k] = Arrays.copyOf(wholes[k], to);
            }
        }
    }

    FrameTable build() {
        resize(rows);
        List<Object> values = new ArrayList<>();
        List<String[]> levels = new ArrayList<>();
        for (int k = 0; k < columns.size(); k++) {
            values.add(isNumber(k) ? numbers[k] : wholes[k]);
            String[] ofColumn = new String[texts.get(k).size()];
            texts.get(k).forEach((text, code) -> ofColumn[code] = text);
            levels.add(ofColumn);
        }
        return new FrameTable(columns, values, levels, rows);
    }
}
