package io.github.rowwise.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for this process's temporary files, deleted whenever the program ends. DuckDB unpacks its native library there, which
 * would otherwise stay behind after an interrupt.
 */
final class ScratchFolder {

    private static final int ATTEMPTS = 5;

    private ScratchFolder() {}

    /** Creates the folder and makes temporary files go there; call it before the first one. */
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

    /** Deletes the folder, and tries again if another thread added a file. */
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
