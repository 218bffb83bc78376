package io.github.rowwise.cli.output.table;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.TableWriter;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.tables.EffectColumn;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fills the effects table in the database, from which it is copied to a file. */
final class EffectTable {

    static final String NAME = "effect";

    private EffectTable() {}

    static void fill(Database database, UnitEffects effects, boolean predict) {
        List<EffectColumn> columns = EffectColumn.of(effects, predict);
        database.execute("CREATE TABLE " + NAME + " ("
                + columns.stream().map(c -> c.name() + " " + type(c.kind())).collect(Collectors.joining(", ")) + ")");
        try (TableWriter writer = database.writer(NAME)) {
            for (EffectColumn.Row row : EffectColumn.rows(effects)) {
                for (EffectColumn column : columns) {
                    add(writer, column.kind(), column.value().apply(row));
                }
                writer.endRow();
            }
        }
    }

    private static String type(EffectColumn.Kind kind) {
        return switch (kind) {
            case TEXT -> "VARCHAR";
            case WHOLE -> "INTEGER";
            case NUMBER -> "DOUBLE";
        };
    }

    private static void add(TableWriter writer, EffectColumn.Kind kind, @Nullable Object value) {
        if (value == null) {
            writer.text(null);
            return;
        }
        switch (kind) {
            case TEXT -> writer.text((String) value);
            case WHOLE -> writer.whole((Integer) value);
            case NUMBER -> writer.number((Double) value);
        }
    }
}
