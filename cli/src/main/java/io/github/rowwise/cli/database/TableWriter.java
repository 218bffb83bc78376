package io.github.rowwise.cli.database;

import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** Appends rows to a table of the database. */
public final class TableWriter implements RowSink, AutoCloseable {

    private final DuckDBAppender appender;
    private boolean inRow;

    TableWriter(DuckDBAppender appender) {
        this.appender = appender;
    }

    @Override
    public void text(@Nullable String value) {
        add(() -> {
            if (value == null) {
                appender.appendNull();
            } else {
                appender.append(value);
            }
        });
    }

    @Override
    public void whole(int value) {
        add(() -> appender.append(value));
    }

    @Override
    public void number(double value) {
        add(() -> {
            if (Double.isNaN(value)) {
                appender.appendNull();
            } else {
                appender.append(value);
            }
        });
    }

    /**
     * Adds a value of any type that the column accepts.
     *
     * @param value a text, number, boolean, date or timestamp, or {@code null} for an empty cell
     */
    public void value(@Nullable Object value) {
        add(() -> {
            if (value == null) {
                appender.appendNull();
            } else if (value instanceof Long whole) {
                appender.append(whole.longValue());
            } else if (value instanceof Double number) {
                appender.append(number.doubleValue());
            } else if (value instanceof Float number) {
                appender.append(number.floatValue());
            } else if (value instanceof Boolean flag) {
                appender.append(flag.booleanValue());
            } else if (value instanceof LocalDate date) {
                appender.append(date);
            } else if (value instanceof LocalDateTime time) {
                appender.append(time);
            } else if (value instanceof OffsetDateTime time) {
                appender.append(time);
            } else {
                appender.append(value.toString());
            }
        });
    }

    @Override
    public void endRow() {
        try {
            appender.endRow();
            inRow = false;
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private void add(Addition addition) {
        try {
            if (!inRow) {
                appender.beginRow();
                inRow = true;
            }
            addition.run();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    @Override
    public void close() {
        try {
            appender.close();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    @FunctionalInterface
    private interface Addition {
        void run() throws SQLException;
    }
}
