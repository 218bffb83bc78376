package io.github.rowwise.cli.output.table;

import io.github.rowwise.cli.database.RowSink;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.tables.AddedColumns;
import io.github.rowwise.tables.EffectColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of the effects table. */
final class EffectTable implements TableParts {

    private static final int ROWS_PER_PART = 1 << 10;

    private final List<EffectColumn> columns;
    private final List<EffectColumn.Row> rows;

    EffectTable(UnitEffects effects, AddedColumns added) {
        this.columns = EffectColumn.of(effects, added);
        this.rows = EffectColumn.rows(effects, added);
    }

    List<TableColumn> columns() {
        return columns.stream()
                .map(column -> new TableColumn(column.name(), column.kind()))
                .toList();
    }

    @Override
    public int count() {
        return (rows.size() + ROWS_PER_PART - 1) / ROWS_PER_PART;
    }

    @Override
    public void write(int part, RowSink sink) {
        int first = part * ROWS_PER_PART;
        for (int k = first; k < Math.min(rows.size(), first + ROWS_PER_PART); k++) {
            EffectColumn.Row row = rows.get(k);
            for (EffectColumn column : columns) {
                add(sink, column.kind(), column.value().apply(row));
            }
            sink.endRow();
        }
    }

    private static void add(RowSink sink, EffectColumn.Kind kind, @Nullable Object value) {
        if (value == null) {
            sink.text(null);
            return;
        }
        switch (kind) {
            case TEXT -> sink.text((String) value);
            case WHOLE -> sink.whole((Integer) value);
            case NUMBER -> sink.number((Double) value);
        }
    }
}
