package io.github.rowwise.cli;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/** A temporary PostgreSQL server from the machine's packages, on a free local port. */
final class PostgresServer implements AutoCloseable {

    static final String PASSWORD = "kept secret";

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    /** Unprivileged users of Debian. The server does not run as root. */
    private static final List<String> UNPRIVILEGED = List.of("postgres", "nobody");

    private final Path programs;
    private final Path folder;
    private final int port;

    private PostgresServer(Path programs, Path folder, int port) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
    }

    /** Returns the folder with the programs of the newest version, or {@code null} if there is none. */
    static @Nullable Path programs() {
        try (Stream<Path> found = Files.isDirectory(DEBIAN) ? Files.list(DEBIAN) : Stream.empty()) {
            return found.sorted(
                            Comparator.comparing(version -> -Double.parseDouble(String.valueOf(version.getFileName()))))
                    .map(version -> version.resolve("bin"))
                    .filter(bin ->
                            Files.isExecutable(bin.resolve("initdb")) && Files.isExecutable(bin.resolve("pg_ctl")))
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    /** Starts a server with an empty database. The user ann needs no password; bob has one. */
    static PostgresServer start(Path programs) throws IOException, SQLException {
        // JUnit's temporary folders are not accessible to other users.
        Path folder = Files.createTempDirectory(Path.of("/tmp"), "rowwise-pg");
        if (isRoot()) {
            run("chown", user(), folder.toString());
        }
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        PostgresServer server = new PostgresServer(programs, folder, port);
        try {
            server.runProgram(
                    "initdb", "-D", server.data(), "-U", "ann", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N");
            server.runProgram(
                    "pg_ctl",
                    "-D",
                    server.data(),
                    "-w",
                    "-t",
                    "60",
                    "-l",
                    folder.resolve("log").toString(),
                    "-o",
                    "-c listen_addresses=127.0.0.1 -c fsync=off -c timezone=Asia/Tokyo -p " + port + " -k " + folder,
                    "start");
            server.execute("CREATE USER bob PASSWORD '" + PASSWORD + "'", "GRANT pg_read_all_data TO bob");
            server.run(List.of(
                    "sh",
                    "-c",
                    "printf 'host all ann 127.0.0.1/32 trust\\nhost all all 127.0.0.1/32 scram-sha-256\\n' > "
                            + server.data() + "/pg_hba.conf"));
            server.runProgram("pg_ctl", "-D", server.data(), "reload");
            return server;
        } catch (IOException | SQLException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    String url(String user) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + user;
    }

    int port() {
        return port;
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("ann"));
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Adds rows, written as CSV without a header, to a table. */
    void copyIn(String table, String rows) throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection(url("ann"))) {
            new CopyManager(connection.unwrap(BaseConnection.class))
                    .copyIn("COPY " + table + " FROM STDIN (FORMAT csv)", new StringReader(rows));
        }
    }

    /** A table as PostgreSQL writes it as CSV. */
    String copyOut(String table) throws IOException, SQLException {
        StringWriter rows = new StringWriter();
        try (Connection connection = DriverManager.getConnection(url("ann"));
                Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'UTC'");
            new CopyManager(connection.unwrap(BaseConnection.class))
                    .copyOut("COPY " + table + " TO STDOUT (FORMAT csv, HEADER)", rows);
        }
        return rows.toString();
    }

    @Override
    public void close() throws IOException {
        try {
            if (Files.exists(folder.resolve("log"))) {
                runProgram("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
            }
        } finally {
            run("rm", "-rf", folder.toString());
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static String user() throws IOException {
        List<String> known = Files.readAllLines(Path.of("/etc/passwd"));
        return UNPRIVILEGED.stream()
                .filter(name -> known.stream().anyMatch(line -> line.startsWith(name + ":")))
                .findFirst()
                .orElseThrow(() -> new IOException("no user without rights to run PostgreSQL as"));
    }

    private void runProgram(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(programs.resolve(program).toString()));
        command.addAll(Arrays.asList(arguments));
        run(command);
    }

    private void run(List<String> asUser) throws IOException {
        List<String> command = new ArrayList<>(isRoot() ? List.of("runuser", "-u", user(), "--") : List.of());
        command.addAll(asUser);
        run(command.toArray(String[]::new));
    }

    private static void run(String... command) throws IOException {
        Path output = Files.createTempFile("rowwise-pg", ".log");
        try {
            // The server keeps the output of pg_ctl open, so a pipe would never end.
            Process process = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException("too slow: " + String.join(" ", command));
            }
            if (process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + Files.readString(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
