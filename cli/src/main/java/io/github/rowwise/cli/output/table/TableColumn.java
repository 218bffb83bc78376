package io.github.rowwise.cli.output.table;

import io.github.rowwise.tables.EffectColumn;

/**
 * A column of a table.
 *
 * @param name the name
 * @param kind the type of its values
 */
public record TableColumn(String name, EffectColumn.Kind kind) {

    static TableColumn text(String name) {
        return new TableColumn(name, EffectColumn.Kind.TEXT);
    }

    static TableColumn whole(String name) {
        return new TableColumn(name, EffectColumn.Kind.WHOLE);
    }

    static TableColumn number(String name) {
        return new TableColumn(name, EffectColumn.Kind.NUMBER);
    }

    /** The type of the column in a database. */
    String type() {
        return switch (kind) {
            case TEXT -> "VARCHAR";
            case WHOLE -> "INTEGER";
            case NUMBER -> "DOUBLE";
        };
    }
}
