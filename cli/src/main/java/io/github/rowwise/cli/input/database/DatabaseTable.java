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

/** A table in the database itself, or in one that is attached to it. */
public final class DatabaseTable implements TableSource {

    private final String name;
    private final String table;
    private final List<Column> columns;
    private final String number;
    private final Place place;

    /** A column's name to the byte, and how SQL calls it, and its type. */
    public record Column(String name, String sql, String type) {}

    /** Where rows are, in words; rows count from 0. */
    @FunctionalInterface
    public interface Place {
        String of(List<Long> rows);
    }

    /**
     * Takes a table.
     *
     * @param name what messages call the origin
     * @param database where the table is
     * @param table the table, as SQL writes it
     * @param columns its columns
     * @param number the number of a row as SQL writes it
     * @param place where its rows are for the user
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

    /** The answer to a question, in the order of its rows. */
    static DatabaseTable answer(String name, Database database, String table, List<Column> columns) {
        return new DatabaseTable(name, database, table, columns, "rowid", DatabaseTable::ofTheQuery);
    }

    /** The place of rows in the answer to a question. */
    static String ofTheQuery(List<Long> rows) {
        return TableSource.words("row", rows.stream().map(row -> row + 1).toList()) + " of the query";
    }

    /** The columns of a table or a question, as SQL calls them. */
    static List<Column> describe(Database database, String question) {
        List<Column> columns = new ArrayList<>();
        database.query(
                "DESCRIBE " + question,
                row -> columns.add(new Column(row.getString(1), Sql.name(row.getString(1)), row.getString(2))));
        return columns;
    }
}
