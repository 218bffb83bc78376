package io.github.rowwise.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for this process's temporary files. DuckDB unpacks its native library among them, which would stay behind
 * on an interrupt; the folder goes whatever ends the program.
 */
final class ScratchFolder {

    private static final int ATTEMPTS = 5;

    private ScratchFolder() {}

    /** Makes the folder and has temporary files put there; to be called before the first of them. */
    static void use() {
        Path folder = Path.of(
                System.getProperty("java.io.tmpdir"),
                "rowwise-" + ProcessHandle.current().pid());
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            return; // what needs temporary files will say so
        }
        System.setProperty("java.io.tmpdir", folder.toString());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), "delete-scratch-folder"));
    }

    /** Deletes the folder, again where another thread put something there meanwhile. */
    private static void delete(Path folder) {
        for (int attempt = 0; attempt < ATTEMPTS && Files.exists(folder); attempt++) {
            try (Stream<Path> files = Files.walk(folder)) {
                List<Path> deepestFirst =
                        files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : deepestFirst) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException | UncheckedIOException e) {
                // tried again
            }
        }
    }
}
