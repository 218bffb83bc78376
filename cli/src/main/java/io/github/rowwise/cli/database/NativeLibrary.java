package io.github.rowwise.cli.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * DuckDB's native library. Its driver unpacks it to the temporary directory that Java started with, and deletes it on exit: a
 * killed process leaves 70 MB.
 */
final class NativeLibrary {

    private static final Pattern MAPPED = Pattern.compile("/.*/libduckdb_java[0-9]+\\.so$");

    private static boolean isDone;

    private NativeLibrary() {}

    /** Deletes the file once the library is loaded. Linux keeps what is loaded; elsewhere nothing happens. */
    static synchronized void deleteFile() {
        if (isDone) {
            return;
        }
        isDone = true;
        try {
            List<String> mapped = Files.readAllLines(Path.of("/proc/self/maps"));
            for (String line : mapped) {
                Matcher matcher = MAPPED.matcher(line);
                if (matcher.find()) {
                    Files.deleteIfExists(Path.of(matcher.group()));
                }
            }
        } catch (IOException | RuntimeException e) {
            // The driver deletes it on exit.
        }
    }
}
