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
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * A DuckDB database that never accesses the network. What does not fit into memory goes to a private temporary folder, which
 * is deleted on close. Not safe for use by several threads.
 */
public final class Database implements AutoCloseable {

    /** Limit for a database on the disk. */
    private static final String MEMORY_LIMIT = "512MB";

    private final Connection connection;
    private final int threads;
    private final Path folder;

    private Database(Connection connection, int threads, Path folder) {
        this.connection = connection;
        this.threads = threads;
        this.folder = folder;
    }

    /**
     * Opens an empty database in memory. Its memory is limited to 256 MiB per thread, which reading a file requires, plus
     * 512 MiB for the state of a query. Data beyond the limit go to temporary files.
     *
     * @param threads number of threads, 0 for one per core
     * @return the database
     */
    public static Database open(int threads) {
        int used = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        Database database = open(used, false);
        database.execute("SET memory_limit = '" + (512 + 256L * used) + "MiB'");
        return database;
    }

    /**
     * Opens an empty database in its temporary folder, for a table that may exceed memory.
     *
     * @return the database, which uses one thread
     */
    public static Database onDisk() {
        Database database = open(1, true);
        database.execute("SET memory_limit = " + Sql.text(MEMORY_LIMIT));
        return database;
    }

    private static Database open(int threads, boolean isOnDisk) {
        Properties settings = new Properties();
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        // Results are streamed, because they may exceed memory.
        settings.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
        settings.setProperty("threads", Integer.toString(threads));
        try {
            Path folder = newFolder();
            String file = isOnDisk ? folder.resolve("table.db").toString() : "";
            Database database =
                    new Database(DriverManager.getConnection("jdbc:duckdb:" + file, settings), threads, folder);
            NativeLibrary.deleteFile();
            // Rows keep the order of the file for any number of threads. Data that exceed memory go to the temporary
            // directory instead of DuckDB's default, the current directory.
            database.execute("SET preserve_insertion_order = true");
            database.execute("SET TimeZone = 'UTC'");
            // DuckDB does not know the length of a text file and could hold its rows in memory instead of the short
            // table
            // that they are joined with. Without these optimizers, the right side of a join is the one held in memory.
            database.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'");
            database.execute(
                    "SET temp_directory = " + Sql.text(folder.resolve("spill").toString()));
            return database;
        } catch (IOException e) {
            throw new DatabaseException(e);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        } catch (LinkageError e) {
            throw new DatabaseException(e);
        }
    }

    /**
     * Forbids everything but reading these files and using the database's temporary folder, until it is closed.
     *
     * @param files the files, which may be none
     */
    public void readOnly(Collection<Path> files) {
        List<String> allowed = new ArrayList<>();
        for (Path file : files) {
            String name = file.toAbsolutePath().toString();
            // A file is known by its name and by the pattern for it. A DuckDB file has a log beside it, whose ending
            // comes
            // before a question mark, as if that began the parameters of an address.
            String log = name.replaceFirst("(?s)^([^?]*)", "$1.wal");
            allowed.addAll(List.of(Sql.text(name), Sql.pattern(file), Sql.text(log)));
        }
        execute("SET allowed_paths = [" + String.join(", ", allowed) + "]");
        execute("SET allowed_directories = [" + Sql.text(folder.toString()) + "]");
        execute("SET enable_external_access = false");
    }

    /**
     * Executes a statement without a result.
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
     * Executes a statement on one thread, for statements that do not run in parallel. Waiting threads would slow them down.
     *
     * @param sql the statement
     */
    public void executeOnOneThread(String sql) {
        execute("SET threads = 1");
        execute(sql);
        execute("SET threads = " + threads);
    }

    /**
     * Stores the result of a query as a table in the temporary folder. Can be called once, and only for a database in memory.
     *
     * @param table name of the new table, which must not need quotes
     * @param sql the query
     */
    public void createOnDisk(String table, String sql) {
        execute("ATTACH " + Sql.text(folder.resolve("disk.db").toString()) + " AS disk");
        execute("CREATE TABLE disk." + table + " AS " + sql);
        execute("CREATE VIEW " + table + " AS SELECT * FROM disk." + table);
    }

    /**
     * Runs a query and visits each row of its result.
     *
     * @param sql the query
     * @param visitor called for each row; it must not use this database
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
     * Opens a writer that appends rows to a table.
     *
     * @param table name of the table, which must not need quotes
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
     * Writes a table to a Parquet file.
     *
     * @param table name of the table, which must not need quotes, or a query in parentheses
     * @param file the file, which is overwritten if it exists
     */
    public void copyToParquet(String table, Path file) {
        copy(table, file, "FORMAT parquet");
    }

    /**
     * Writes a table of texts, doubles and integers to a file in Arrow's IPC format.
     *
     * @param table name of the table, which must not need quotes, or a query in parentheses
     * @param file the file, which is overwritten if it exists
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
        // DuckDB's own temporary file would remain after an interrupt.
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
            deleteFolder(folder);
        }
    }

    /** Returns the current temporary directory. {@code Files} alone would use the value at the start of the JVM. */
    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static Path newFolder() throws IOException {
        return Files.createTempDirectory(temporary(), "rowwise-table");
    }

    /**
     * Deletes a folder with all that is in it.
     *
     * @param folder the folder
     */
    public static void deleteFolder(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
