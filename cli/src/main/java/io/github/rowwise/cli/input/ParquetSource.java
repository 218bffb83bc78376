package io.github.rowwise.cli.input;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.DatabaseException;
import io.github.rowwise.cli.database.Sql;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A Parquet file, whose columns have types of their own. */
final class ParquetSource implements TableSource {

    private final Path file;
    private final List<String> columns = new ArrayList<>();
    private long rows;

    ParquetSource(Path file, Database database) {
        this.file = file;
        try {
            database.query(
                    "SELECT column_name FROM (DESCRIBE SELECT * FROM " + scan() + ")",
                    row -> columns.add(row.getString(1)));
            database.query("SELECT count(*) FROM " + scan(), row -> rows = row.getLong(1));
        } catch (DatabaseException e) {
            throw explain(e);
        }
        if (rows == 0) {
            throw new RefusedException(
                    Shown.line(file.toString()) + ": columns but no rows; it needs one row for each unit and period");
        }
    }

    @Override
    public List<String> columns() {
        return List.copyOf(columns);
    }

    @Override
    public String from(Set<Integer> used) {
        String selected = used.stream()
                .sorted()
                .map(i -> Sql.name(columns.get(i)) + " AS " + TableSource.name(i))
                .collect(Collectors.joining(", "));
        return "(SELECT " + selected + " FROM " + scan() + ")";
    }

    private String scan() {
        return "read_parquet(" + Sql.text(file.toAbsolutePath().toString())
                + ", binary_as_string = true, hive_partitioning = false)";
    }

    @Override
    public String place(List<Long> rows) {
        return TableSource.words("row", rows.stream().map(row -> row + 1).toList());
    }

    @Override
    public RefusedException explain(DatabaseException refusal) {
        return new RefusedException(
                Shown.line(file.toString()) + ": cannot be read as Parquet: " + Shown.line(refusal.firstLine()),
                refusal);
    }
}
