package io.github.rowwise.cli.input.database;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.DatabaseException;
import io.github.rowwise.cli.database.Sql;
import io.github.rowwise.cli.input.TableSource;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.internal.text.Quoted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Parquet file. Its columns keep their types. */
public final class ParquetSource implements TableSource {

    private static final String NUMBER = "file_row_number";

    private final Path file;
    private final List<String> columns = new ArrayList<>();
    private final List<String> types = new ArrayList<>();
    private long rows;

    /**
     * Finds the columns.
     *
     * @param file the file
     * @param database the database that reads it
     * @throws UserInputException if the file cannot be read, or has no rows
     */
    public ParquetSource(Path file, Database database) {
        this.file = file;
        try {
            database.query("SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM " + scan() + ")", row -> {
                columns.add(row.getString(1));
                types.add(row.getString(2));
            });
            database.query("SELECT count(*) FROM " + scan(), row -> rows = row.getLong(1));
        } catch (DatabaseException e) {
            throw explain(e);
        }
        if (rows == 0) {
            throw new UserInputException(
                    Quoted.line(file.toString()) + ": columns but no rows; it needs one row for each unit and period");
        }
    }

    @Override
    public List<String> columns() {
        return List.copyOf(columns);
    }

    @Override
    public String type(int column) {
        return types.get(column);
    }

    /** Returns false if DuckDB provides the row number, which a column of the same name would hide. */
    @Override
    public boolean countsRows() {
        return columns.stream().anyMatch(NUMBER::equalsIgnoreCase);
    }

    @Override
    public String from(Set<Integer> used) {
        String selected = used.stream()
                .sorted()
                .map(i -> Sql.name(columns.get(i)) + " AS " + TableSource.name(i))
                .collect(Collectors.joining(", "));
        String row = countsRows() ? "row_number() OVER () - 1" : NUMBER;
        return "(SELECT " + selected + ", " + row + " AS " + ROW + " FROM " + scan() + ")";
    }

    private String scan() {
        return "read_parquet(" + Sql.pattern(file) + ", binary_as_string = true, hive_partitioning = false)";
    }

    @Override
    public String place(List<Long> rows) {
        return TableSource.enumerate("row", rows.stream().map(row -> row + 1).toList());
    }

    @Override
    public UserInputException explain(DatabaseException rejection) {
        return new UserInputException(
                Quoted.line(file.toString()) + ": cannot be read as Parquet: " + Quoted.line(rejection.firstLine()),
                rejection);
    }
}
