package io.github.rowwise.cli.input.database;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.DatabaseException;
import io.github.rowwise.cli.database.TableWriter;
import io.github.rowwise.cli.input.ColumnNames;
import io.github.rowwise.cli.input.JdbcUrl;
import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.cli.input.TableSource;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.internal.text.Quoted;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Copies the result of a query to another database into a DuckDB table. It copies row by row and only the columns that are
 * needed, so its memory does not grow with the number of rows. The connection is set to read-only if its driver permits.
 */
public final class JdbcQuery {

    /** Environment variable for a password that is not part of the URL. */
    static final String PASSWORD_VARIABLE = "ROWWISE_JDBC_PASSWORD";

    private static final String RESULT = "query_result";
    private static final int FETCHED_ROWS = 10_000;

    private final PanelSource source;
    private final JdbcUrl url;
    private final String query;
    private final @Nullable String password;

    private JdbcQuery(PanelSource source) {
        this.source = source;
        this.url = Objects.requireNonNull(source.origin().jdbc());
        this.query = Objects.requireNonNull(source.origin().query());
        this.password = System.getenv(PASSWORD_VARIABLE);
    }

    /**
     * Runs the query and copies its result.
     *
     * @param source the database, query and columns
     * @param database the database to copy to
     * @return the copy
     * @throws UserInputException if there is no connection, or the query fails
     */
    public static TableSource copy(PanelSource source, Database database) {
        return new JdbcQuery(source).copy(database);
    }

    private TableSource copy(Database database) {
        OneQuery.check(source.name() + ": " + source.origin().shownQuery(), query);
        try (Connection connection = connect()) {
            try {
                requestReadOnly(connection);
                connection.setAutoCommit(false); // PostgreSQL streams rows only within a transaction.
                try (Statement statement = connection.createStatement()) {
                    statement.setFetchSize(FETCHED_ROWS);
                    try (ResultSet rows = statement.executeQuery(query)) {
                        return copy(rows, database);
                    }
                } finally {
                    endTransaction(connection);
                }
            } catch (SQLException e) {
                throw rejection(source.origin().shownQuery(), e, "");
            }
        } catch (SQLException e) {
            throw rejection("the connection was lost", e, "");
        }
    }

    private Connection connect() {
        Driver driver;
        try {
            driver = DriverManager.getDriver(url.url());
        } catch (SQLException e) {
            throw new UserInputException(
                    source.name() + ": no JDBC driver accepts this URL; the drivers on the class path are "
                            + drivers() + ". Check its form, such as"
                            + " jdbc:postgresql://localhost:5432/sales?user=ann, or add the jar of another driver with"
                            + " ROWWISE_CLASS_PATH");
        }
        Properties properties = new Properties();
        if (password != null) {
            properties.setProperty("password", password);
        }
        try {
            Connection connection = driver.connect(url.url(), properties);
            if (connection == null) {
                throw new SQLException("the driver does not accept this URL");
            }
            return connection;
        } catch (SQLException e) {
            throw rejection(
                    "no connection",
                    e,
                    "; check that the server is running, and that host, port, database, user and password are correct (the"
                            + " password may also be given in " + PASSWORD_VARIABLE + ")");
        }
    }

    private static void requestReadOnly(Connection connection) {
        try {
            connection.setReadOnly(true);
        } catch (SQLException e) {
            // The drivers of DuckDB and SQLite accept this only as part of the URL.
        }
    }

    /** Rolls back, because some drivers commit on close. An error of a lost connection was reported before. */
    private static void endTransaction(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // Nothing was written.
        }
    }

    private static String drivers() {
        return DriverManager.drivers()
                .map(driver -> driver.getClass().getName())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private TableSource copy(ResultSet rows, Database database) throws SQLException {
        ResultSetMetaData header = rows.getMetaData();
        List<DatabaseTable.Column> columns = new ArrayList<>();
        List<JdbcType> types = new ArrayList<>();
        for (int i = 0; i < header.getColumnCount(); i++) {
            JdbcType type = JdbcType.of(header, i + 1);
            types.add(type);
            String name = header.getColumnLabel(i + 1);
            columns.add(new DatabaseTable.Column(name, TableSource.name(i), type.sql()));
        }
        // Checked before the rows are fetched, which may take a long time.
        ColumnNames found = ColumnNames.find(
                source, columns.stream().map(DatabaseTable.Column::name).toList());
        Set<Integer> used = new TreeSet<>(Set.of(found.unit(), found.time(), found.outcome(), found.treatment()));
        if (source.where() != null) {
            used.addAll(IntStream.range(0, columns.size()).boxed().toList());
        }
        database.execute(used.stream()
                .map(i -> TableSource.name(i) + " " + types.get(i).sql())
                .collect(Collectors.joining(", ", "CREATE TABLE " + RESULT + " (", ")")));
        try (TableWriter writer = database.writer(RESULT)) {
            for (long row = 0; rows.next(); row++) {
                for (int column : used) {
                    copyValue(rows, row, column, columns.get(column).name(), types.get(column), writer);
                }
                writer.endRow();
            }
        } catch (DatabaseException e) {
            throw e.isDiskFull()
                    ? TableSource.noSpace(source.name(), e)
                    : new UserInputException(source.name() + ": " + Quoted.line(e.firstLine()), e);
        }
        return DatabaseTable.ofResult(source.name(), database, RESULT, columns);
    }

    private void copyValue(ResultSet rows, long row, int column, String name, JdbcType type, TableWriter writer)
            throws SQLException {
        try {
            writer.value(type.value(rows, column + 1));
        } catch (ArithmeticException | DateTimeException | DatabaseException e) {
            if (e instanceof DatabaseException full && full.isDiskFull()) {
                throw e;
            }
            throw new UserInputException(
                    source.name() + ", " + DatabaseTable.queryRows(List.of(row)) + ", column " + Quoted.value(name)
                            + ": the date or time is out of range; exclude such rows in the query",
                    e);
        }
    }

    private UserInputException rejection(String what, SQLException e, String remedy) {
        String message =
                String.valueOf(e.getMessage()).lines().map(String::strip).collect(Collectors.joining(" "));
        String line = source.name() + ": " + what + ": " + Quoted.line(clean(message)) + remedy;
        // The cause is printed with --verbose, and could reveal the password.
        StringWriter printed = new StringWriter();
        e.printStackTrace(new PrintWriter(printed));
        boolean isClean = clean(printed.toString()).equals(printed.toString());
        return isClean ? new UserInputException(line, e) : new UserInputException(line);
    }

    private String clean(String text) {
        String clean = url.clean(text);
        return password == null || password.isEmpty() ? clean : clean.replace(password, "***");
    }
}
