package io.github.rowwise.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A private folder for the temporary files of this process, deleted on exit.
 *
 * <p>DuckDB unpacks its native library into the temporary directory and loads it from there. The folder is therefore new,
 * has a name that cannot be predicted, and is accessible to its owner only: nobody else can place a library in it. It is
 * also deleted when the program is interrupted; only a killed process leaves it behind.
 */
final class ScratchFolder {

    private static final String TEMPORARY_DIRECTORY = "java.io.tmpdir";
    private static final int ATTEMPTS = 5;

    private ScratchFolder() {}

    /** Creates the folder and directs temporary files to it. Must be called before the first temporary file is created. */
    static void use() {
        Path folder;
        try {
            folder = create();
        } catch (IOException e) {
            return; // Whatever needs a temporary file reports the error.
        }
        System.setProperty(TEMPORARY_DIRECTORY, folder.toString());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), "delete-scratch-folder"));
    }

    private static Path create() throws IOException {
        return Files.createTempDirectory(Path.of(System.getProperty(TEMPORARY_DIRECTORY)), "rowwise-");
    }

    /** Deletes the folder. Repeats the deletion if another thread adds a file in the meantime. */
    private static void delete(Path folder) {
        for (int attempt = 0; attempt < ATTEMPTS && Files.exists(folder); attempt++) {
            try (Stream<Path> files = Files.walk(folder)) {
                List<Path> deepestFirst =
                        files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : deepestFirst) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException | UncheckedIOException e) {
                // The next attempt may succeed.
            }
        }
    }
}
