package io.github.rowwise.cli.input.database;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * DuckDB type for a column of another database, chosen such that the same data in a file give the same texts and numbers.
 * All other types, including decimal numbers, become the driver's text.
 */
enum JdbcType {
    WHOLE("BIGINT"),
    SINGLE("FLOAT"),
    DOUBLE("DOUBLE"),
    FLAG("BOOLEAN"),
    DATE("DATE"),
    TIMESTAMP("TIMESTAMP"),
    TIMESTAMP_WITH_OFFSET("TIMESTAMPTZ"),
    TEXT("VARCHAR");

    private final String sql;

    JdbcType(String sql) {
        this.sql = sql;
    }

    /** Returns the type for a column, from 1. */
    static JdbcType of(ResultSetMetaData header, int column) throws SQLException {
        String name = String.valueOf(header.getColumnTypeName(column)).toLowerCase(Locale.ROOT);
        return switch (header.getColumnType(column)) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> WHOLE;
            case Types.REAL -> SINGLE;
            case Types.FLOAT, Types.DOUBLE -> DOUBLE;
            case Types.BOOLEAN -> FLAG;
            // Several bits are a text of zeros and ones.
            case Types.BIT -> header.getPrecision(column) <= 1 ? FLAG : TEXT;
            case Types.DATE -> DATE;
            case Types.TIMESTAMP -> name.contains("tz") || name.contains("with") ? TIMESTAMP_WITH_OFFSET : TIMESTAMP;
            case Types.TIMESTAMP_WITH_TIMEZONE -> TIMESTAMP_WITH_OFFSET;
            default -> TEXT;
        };
    }

    /** Returns DuckDB's name of the type. */
    String sql() {
        return sql;
    }

    /** Returns the value of a column, from 1, in the current row, or {@code null} if it is empty. */
    @Nullable
    Object value(ResultSet row, int column) throws SQLException {
        Object value = switch (this) {
            case WHOLE -> row.getLong(column);
            case SINGLE -> row.getFloat(column);
            case DOUBLE -> row.getDouble(column);
            case FLAG -> row.getBoolean(column);
            case DATE -> row.getObject(column, LocalDate.class);
            case TIMESTAMP -> row.getObject(column, LocalDateTime.class);
            case TIMESTAMP_WITH_OFFSET -> row.getObject(column, OffsetDateTime.class);
            case TEXT -> row.getString(column);
        };
        return row.wasNull() ? null : value;
    }
}
