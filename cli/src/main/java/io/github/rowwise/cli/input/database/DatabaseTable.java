package io.github.rowwise.cli.input.database;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.DatabaseException;
import io.github.rowwise.cli.database.Sql;
import io.github.rowwise.cli.input.TableSource;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.internal.text.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A table of the DuckDB database, or of a database that is attached to it. */
public final class DatabaseTable implements TableSource {

    private final String name;
    private final String table;
    private final List<Column> columns;
    private final String number;
    private final Place place;

    /**
     * A column.
     *
     * @param name name in the input, unaltered
     * @param sql name in SQL, quoted if necessary
     * @param type DuckDB's type
     */
    public record Column(String name, String sql, String type) {}

    /** Describes where rows are in the input. */
    @FunctionalInterface
    public interface Place {
        /**
         * Describes rows.
         *
         * @param rows numbers of the rows, from 0
         * @return for example {@code row 7}
         */
        String of(List<Long> rows);
    }

    /**
     * Creates the source.
     *
     * @param name name of the origin, for messages
     * @param database the database with the table
     * @param table the table, in SQL
     * @param columns the columns of the table
     * @param number the number of a row, as an SQL expression
     * @param place describes rows for messages
     * @throws UserInputException if the table has no rows, or cannot be read
     */
    public DatabaseTable(
            String name, Database database, String table, List<Column> columns, String number, Place place) {
        this.name = name;
        this.table = table;
        this.columns = List.copyOf(columns);
        this.number = number;
        this.place = place;
        long[] rows = new long[1];
        try {
            database.query("SELECT count(*) FROM (FROM " + table + " LIMIT 1)", row -> rows[0] = row.getLong(1));
        } catch (DatabaseException e) {
            throw explain(e);
        }
        if (rows[0] == 0) {
            throw new UserInputException(name + ": no rows; it needs one row for each unit and period");
        }
    }

    @Override
    public List<String> columns() {
        return columns.stream().map(Column::name).toList();
    }

    @Override
    public String type(int column) {
        return columns.get(column).type();
    }

    @Override
    public boolean countsRows() {
        return false;
    }

    @Override
    public String from(Set<Integer> used) {
        String selected = used.stream()
                .sorted()
                .map(i -> columns.get(i).sql() + " AS " + TableSource.name(i))
                .collect(Collectors.joining(", "));
        return "(SELECT " + selected + ", " + number + " AS " + ROW + " FROM " + table + ")";
    }

    @Override
    public String place(List<Long> rows) {
        return place.of(rows);
    }

    @Override
    public UserInputException explain(DatabaseException rejection) {
        return new UserInputException(name + ": cannot be read: " + Quoted.line(rejection.firstLine()), rejection);
    }

    /** Creates the source for the stored result of a query. */
    static DatabaseTable ofResult(String name, Database database, String table, List<Column> columns) {
        return new DatabaseTable(name, database, table, columns, "rowid", DatabaseTable::queryRows);
    }

    /** Describes rows of a query's result. */
    static String queryRows(List<Long> rows) {
        return TableSource.enumerate("row", rows.stream().map(row -> row + 1).toList()) + " of the query";
    }

    /** Returns the columns of a table or query. */
    static List<Column> describe(Database database, String query) {
        List<Column> columns = new ArrayList<>();
        database.query(
                "DESCRIBE " + query,
                row -> columns.add(new Column(row.getString(1), Sql.name(row.getString(1)), row.getString(2))));
        return columns;
    }
}
