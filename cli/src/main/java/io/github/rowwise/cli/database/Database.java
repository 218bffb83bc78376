package io.github.rowwise.cli.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Properties;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/** A DuckDB database that never reaches for the network. Not safe for use by several threads at once. */
public final class Database implements AutoCloseable {

    /** Of a database on the disk, which keeps no more than this in memory. */
    private static final String MEMORY_LIMIT = "512MB";

    private final Connection connection;
    private final int threads;
    private @Nullable Path folder;

    private Database(Connection connection, int threads, @Nullable Path folder) {
        this.connection = connection;
        this.threads = threads;
        this.folder = folder;
    }

    /**
     * Opens an empty database in memory. It keeps to 256 MiB a thread, which is what reading a file takes, and 512 MiB for
     * what a question has to remember; what is more goes to temporary files.
     *
     * @param threads how many threads it may use, 0 for as many as there are cores
     * @return the database
     */
    public static Database open(int threads) {
        int used = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        Database database = open(used, null);
        database.execute("SET memory_limit = '" + (512 + 256L * used) + "MiB'");
        return database;
    }

    /**
     * Opens an empty database on the disk, among the temporary files, for a table that may be larger than memory. It goes
     * when it is closed.
     *
     * @return the database, which uses one thread
     */
    public static Database onDisk() {
        try {
            Database database = open(1, newFolder());
            database.execute("SET memory_limit = " + Sql.text(MEMORY_LIMIT));
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Database open(int threads, @Nullable Path folder) {
        Properties settings = new Properties();
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        // Rows come while the question is at work; the whole answer might not fit into memory.
        settings.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
        settings.setProperty("threads", Integer.toString(threads));
        try {
            String file = folder == null ? "" : folder.resolve("table.db").toString();
            Database database =
                    new Database(DriverManager.getConnection("jdbc:duckdb:" + file, settings), threads, folder);
            // Rows keep the file's order whatever the threads; what does not fit into memory goes to the folder of
            // other
            // temporary files and not into the folder that the program is run from.
            database.execute("SET preserve_insertion_order = true");
            database.execute("SET TimeZone = 'UTC'");
            // DuckDB cannot tell how long a text file is and might keep its rows instead of the short table they are
            // joined with: joins are done as they are written, and keep their right side.
            database.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'");
            database.execute("SET temp_directory = "
                    + Sql.text(temporary().resolve("rowwise-spill").toString()));
            return database;
        } catch (SQLException e) {
            throw new DatabaseException(e);
        } catch (LinkageError e) {
            throw new DatabaseException(e);
        }
    }

    /**
     * Carries out a statement that has no answer.
     *
     * @param sql the statement
     */
    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /**
     * Carries out a statement that more threads would not speed up: while one works, the others take their time waiting.
     *
     * @param sql the statement
     */
    public void executeOnOneThread(String sql) {
        execute("SET threads = 1");
        execute(sql);
        execute("SET threads = " + threads);
    }

    /**
     * Makes a table of an answer on the disk, among the temporary files; once in the life of a database in memory. It goes
     * when the database is closed.
     *
     * @param table the table's name, which must not need quotes and must not be taken
     * @param sql the question
     */
    public void createOnDisk(String table, String sql) {
        if (folder != null) {
            throw new IllegalStateException("this database has a folder already");
        }
        try {
            Path made = newFolder();
            folder = made;
            execute("ATTACH " + Sql.text(made.resolve("disk.db").toString()) + " AS disk");
            execute("CREATE TABLE disk." + table + " AS " + sql);
            execute("CREATE VIEW " + table + " AS SELECT * FROM disk." + table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Asks a question and visits each row of the answer.
     *
     * @param sql the question
     * @param visitor what to do with a row; it asks no other question
     */
    public void query(String sql, RowVisitor visitor) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                visitor.visit(rows);
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /**
     * Opens a fast way to add rows to a table.
     *
     * @param table the table's name, which must not need quotes
     * @return the writer, to be closed
     */
    public TableWriter writer(String table) {
        try {
            return new TableWriter(
                    connection.unwrap(DuckDBConnection.class).createAppender(DuckDBConnection.DEFAULT_SCHEMA, table));
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /**
     * Copies a table to a CSV file with a header.
     *
     * @param table the table's name, which must not need quotes, or a question in brackets
     * @param file the file, written over if it is there
     */
    public void copyToCsv(String table, Path file) {
        copy(table, file, "FORMAT csv, HEADER");
    }

    /**
     * Copies a table to a Parquet file.
     *
     * @param table the table's name, which must not need quotes, or a question in brackets
     * @param file the file, written over if it is there
     */
    public void copyToParquet(String table, Path file) {
        copy(table, file, "FORMAT parquet");
    }

    /**
     * Copies a table of texts, doubles and whole numbers to a file of Arrow's IPC format.
     *
     * @param table the table's name, which must not need quotes, or a question in brackets
     * @param file the file, written over if it is there
     */
    public void copyToArrow(String table, Path file) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
            ArrowFile.write(rows, file);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copy(String table, Path file, String options) {
        // A temporary file of DuckDB's own would not be deleted on an interrupt.
        execute("COPY " + table + " TO " + Sql.text(file.toAbsolutePath().toString()) + " (" + options
                + ", USE_TMP_FILE false)");
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        } finally {
            deleteFolder();
        }
    }

    /** Where temporary files go now; Java by itself goes by what the property was when it started. */
    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static Path newFolder() throws IOException {
        return Files.createTempDirectory(temporary(), "rowwise-table");
    }

    private void deleteFolder() {
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
