package io.github.rowwise.cli.database;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Receives the rows of a query's result. */
@FunctionalInterface
public interface RowVisitor {

    /**
     * Receives a row.
     *
     * @param row result set positioned on the row; the visitor reads columns and must not move it
     * @throws SQLException if a column cannot be read
     */
    void visit(ResultSet row) throws SQLException;
}
