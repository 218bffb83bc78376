package io.github.rowwise.cli.input.database;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.DatabaseException;
import io.github.rowwise.cli.database.Sql;
import io.github.rowwise.cli.input.TableSource;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.internal.text.Quoted;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parquet file. Its columns keep their types. DuckDB's reader can end the process on a damaged file, so another process copies
 * the columns to a temporary DuckDB file, while this one loads DuckDB and checks the file.
 */
public final class ParquetFile implements AutoCloseable {

    private static final Path SHELL = Path.of("/bin/sh");

    /** Java's own options, which might let a debugger wait or print to the streams. */
    private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private final Path file;
    private final Path folder;
    private final Process process;
    private final Thread atExit;

    private ParquetFile(Path file, Path folder, Process process) {
        this.file = file;
        this.folder = folder;
        this.process = process;
        this.atExit = new Thread(process::destroyForcibly, "end-parquet-copy");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Begins to copy the file.
     *
     * @param file the file
     * @param threads number of threads, 0 for one per core
     * @param wanted names of the columns that are used, in lower case, or {@code null} for all
     * @param condition a text with the names of further columns, in lower case
     * @return the file, to be closed once nothing reads it any more
     * @throws UserInputException if no process can be started
     */
    public static ParquetFile open(Path file, int threads, @Nullable Set<String> wanted, String condition) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory(Path.of(System.getProperty("java.io.tmpdir")), "rowwise-parquet");
            ProcessBuilder builder = new ProcessBuilder(command(folder))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().keySet().removeAll(VARIABLES);
            Process process = builder.start();
            ParquetFile started = new ParquetFile(file, folder, process);
            started.send(threads, wanted, condition);
            return started;
        } catch (IOException e) {
            if (folder != null) {
                Database.deleteFolder(folder);
            }
            throw new UserInputException(
                    Quoted.line(file.toString())
                            + ": cannot be read: a second Java, which reads Parquet, does not start: "
                            + Quoted.line(String.valueOf(e.getMessage())),
                    e);
        }
    }

    private static List<String> command(Path folder) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SHELL)) {
            // A crash within the library writes a core file, whatever Java's options are.
            command.addAll(List.of(SHELL.toString(), "-c", "ulimit -c 0; exec \"$0\" \"$@\""));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx128m",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + folder.resolve("crash.log"),
                "-Dfile.encoding=UTF-8",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                ParquetCopier.class.getName()));
        return command;
    }

    private void send(int threads, @Nullable Set<String> wanted, String condition) throws IOException {
        // Not closed: its end would end the process. Not on the command line: names may have any character.
        DataOutputStream out = new DataOutputStream(process.getOutputStream());
        out.writeUTF(file.toAbsolutePath().toString());
        out.writeUTF(copy().toString());
        out.writeUTF(message().toString());
        out.writeInt(threads);
        out.writeBoolean(wanted == null);
        List<String> names = wanted == null ? List.of() : List.copyOf(wanted);
        out.writeInt(names.size());
        for (String name : names) {
            out.writeUTF(name);
        }
        byte[] text = condition.getBytes(StandardCharsets.UTF_8);
        out.writeInt(text.length);
        out.write(text);
        out.flush();
    }

    /**
     * Returns the temporary file that the database reads in place of this one.
     *
     * @return a DuckDB file, which is deleted on close
     */
    public Path copy() {
        return folder.resolve("copy.db").toAbsolutePath();
    }

    private Path message() {
        return folder.resolve("message").toAbsolutePath();
    }

    /**
     * Returns the columns, once all are copied.
     *
     * @param database the database that reads the copy
     * @return the table
     * @throws UserInputException if the file is damaged or has no rows
     */
    public TableSource table(Database database) {
        try {
            ParquetCheck.check(file);
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new IOException(
                        Files.exists(message())
                                ? Files.readString(message())
                                : "the file is damaged: the library that reads it crashed (exit code " + exitCode
                                        + "); write the file again");
            }
        } catch (IOException e) {
            throw rejection(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw rejection("interrupted", e);
        }
        try {
            return attach(database);
        } catch (DatabaseException e) {
            throw rejection(e.firstLine(), e);
        }
    }

    private TableSource attach(Database database) {
        String catalog = Sql.name(folder.getFileName().toString());
        String table = catalog + "." + ParquetCopier.TABLE;
        List<DatabaseTable.Column> columns = new ArrayList<>();
        long[] rows = new long[1];
        database.execute("ATTACH " + Sql.text(copy().toString()) + " AS " + catalog + " (READ_ONLY)");
        database.query(
                "FROM " + catalog + "." + ParquetCopier.COLUMNS + " ORDER BY place",
                row -> columns.add(new DatabaseTable.Column(row.getString(2), "c" + row.getLong(1), row.getString(3))));
        database.query("SELECT count(*) FROM " + table, row -> rows[0] = row.getLong(1));
        if (rows[0] == 0) {
            throw new UserInputException(
                    Quoted.line(file.toString()) + ": columns but no rows; it needs one row for each unit and period");
        }
        return new DatabaseTable(
                Quoted.line(file.toString()),
                database,
                table,
                columns,
                "rowid",
                numbers -> TableSource.enumerate(
                        "row", numbers.stream().map(number -> number + 1).toList()));
    }

    private UserInputException rejection(String reason, Exception cause) {
        return new UserInputException(
                Quoted.line(file.toString()) + ": cannot be read as Parquet: " + Quoted.line(reason), cause);
    }

    /** Ends the process if it still runs, and deletes the copy. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // The program is ending.
        }
        Database.deleteFolder(folder);
    }
}
