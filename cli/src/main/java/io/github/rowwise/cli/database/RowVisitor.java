package io.github.rowwise.cli.database;

import java.sql.ResultSet;
import java.sql.SQLException;

/** What is done with each row of an answer. */
@FunctionalInterface
public interface RowVisitor {

    /**
     * Takes the current row.
     *
     * @param row positioned on the row; the visitor reads columns and does not move it
     * @throws SQLException where a column cannot be read
     */
    void visit(ResultSet row) throws SQLException;
}
