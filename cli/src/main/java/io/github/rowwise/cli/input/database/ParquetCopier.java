package io.github.rowwise.cli.input.database;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.DatabaseException;
import io.github.rowwise.cli.database.Sql;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A program that copies columns of a Parquet file to a DuckDB file, for {@link ParquetFile}. It is a process of its own, because
 * a damaged file may end the process that reads it.
 */
public final class ParquetCopier {

    /** The table of the copied columns, which are named by their indexes. */
    static final String TABLE = "panel";

    /** The table of the names and types of all columns. */
    static final String COLUMNS = "panel_columns";

    private ParquetCopier() {}

    /**
     * Runs the program. It reads the names of the Parquet file, of the file to write, and of one for a message, the number
     * of threads, and the names of the columns from standard input, and ends early if that ends.
     *
     * @param arguments none
     * @throws IOException if standard input ends too early or the message cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        DataInputStream in = new DataInputStream(System.in);
        Path file = Path.of(in.readUTF());
        Path copy = Path.of(in.readUTF());
        Path message = Path.of(in.readUTF());
        int threads = in.readInt();
        boolean isAll = in.readBoolean();
        Set<String> wanted = new HashSet<>();
        for (int i = in.readInt(); i > 0; i--) {
            wanted.add(in.readUTF());
        }
        String condition = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
        endWith(in);
        try (Database database = Database.open(threads)) {
            copy(
                    file,
                    copy,
                    name -> isAll || wanted.contains(name) || condition.contains(name.replace("\"", "\"\"")),
                    database);
        } catch (DatabaseException e) {
            Files.writeString(message, e.firstLine());
            Runtime.getRuntime().halt(2);
        }
        // The library's thread at the end would only delete what the caller deletes.
        Runtime.getRuntime().halt(0);
    }

    /** Ends the process once its caller is gone. */
    private static void endWith(DataInputStream in) {
        Thread watch = new Thread(
                () -> {
                    try {
                        in.readByte();
                    } catch (IOException e) {
                        Runtime.getRuntime().halt(3);
                    }
                },
                "caller");
        watch.setDaemon(true);
        watch.start();
    }

    private static void copy(Path file, Path copy, Predicate<String> isWanted, Database database) {
        String scan = "read_parquet(" + Sql.pattern(file) + ", binary_as_string = true, hive_partitioning = false)";
        List<String> selected = new ArrayList<>();
        database.execute("ATTACH " + Sql.text(copy.toString()) + " AS copy");
        database.execute("CREATE TABLE copy." + COLUMNS
                + " AS SELECT row_number() OVER () - 1 AS place, column_name, column_type FROM (DESCRIBE FROM " + scan
                + ")");
        database.query("FROM copy." + COLUMNS + " ORDER BY place", row -> {
            String name = row.getString(2);
            if (isWanted.test(name.toLowerCase(Locale.ROOT))) {
                selected.add(Sql.name(name) + " AS c" + row.getLong(1));
            }
        });
        database.execute("CREATE TABLE copy." + TABLE + " AS SELECT "
                + (selected.isEmpty() ? "0 AS none" : String.join(", ", selected)) + " FROM " + scan);
        checkStatistics(file, database);
        database.execute("DETACH copy");
    }

    /** Compares the copied columns with what the file says of them: DuckDB trusts that, and may crash if it is wrong. */
    private static void checkStatistics(Path file, Database database) {
        List<String> checks = new ArrayList<>();
        database.query(
                "SELECT column_name, column_type, 'c' || place FROM copy." + COLUMNS
                        + " WHERE regexp_matches(column_type, '^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL.*|FLOAT|DOUBLE"
                        + "|DATE|TIMESTAMP)$') AND 'c' || place IN (SELECT column_name FROM (DESCRIBE copy." + TABLE
                        + "))",
                row -> checks.add(check(row.getString(1), row.getString(2), row.getString(3), file)));
        for (String check : checks) {
            database.query(check, row -> {
                String column = row.getString(1);
                if (column != null) {
                    throw new DatabaseException("the file is damaged: the values of column " + column
                            + " are not those that its statistics describe; write the file again");
                }
            });
        }
    }

    /** Returns a query for the name of the column if its values are outside of its range, or NULL. */
    private static String check(String name, String type, String copied, Path file) {
        String number = type.equals("FLOAT") || type.equals("DOUBLE") ? " FILTER (NOT isnan(" + copied + "))" : "";
        return "SELECT CASE WHEN (groups = lows AND least < low) OR (groups = highs AND most > high) OR (groups = counted"
                + " AND missing <> nulls) THEN " + Sql.text(name) + " END FROM (SELECT count(*) AS groups,"
                + " count(TRY_CAST(stats_min_value AS " + type + ")) AS lows, min(TRY_CAST(stats_min_value AS " + type
                + ")) AS low, count(TRY_CAST(stats_max_value AS " + type
                + ")) AS highs, max(TRY_CAST(stats_max_value AS " + type
                + ")) AS high, count(stats_null_count) AS counted, sum(stats_null_count) AS nulls FROM parquet_metadata("
                + Sql.pattern(file) + ") WHERE path_in_schema = " + Sql.text(name) + ") CROSS JOIN (SELECT min("
                + copied + ")" + number + " AS least, max(" + copied + ")" + number + " AS most, count(*) - count("
                + copied + ") AS missing FROM copy." + TABLE + ")";
    }
}
