package io.github.rowwise.cli;

import io.github.rowwise.cli.output.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A private folder for the temporary files of this process, deleted on exit.
 *
 * <p>The folder is new, has a name that cannot be predicted, and is accessible to its owner only: nobody else can place a file
 * in it. It is also deleted when the program is interrupted. A killed process leaves it behind, and the next run deletes it.
 */
final class ScratchFolder {

    private static final String TEMPORARY_DIRECTORY = "java.io.tmpdir";
    private static final String NAME = "rowwise-";

    private ScratchFolder() {}

    /** Creates the folder and directs temporary files to it. Must be called before the first temporary file is created. */
    static void use() {
        Path folder;
        try {
            folder =
                    Files.createTempDirectory(Path.of(System.getProperty(TEMPORARY_DIRECTORY)), NAME + RunFiles.PREFIX);
        } catch (IOException e) {
            return; // Whatever needs a temporary file reports the error.
        }
        System.setProperty(TEMPORARY_DIRECTORY, folder.toString());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RunFiles.delete(folder), "delete-scratch-folder"));
        RunFiles.deleteLeftovers(folder, NAME, true);
        // DuckDB's driver unpacks it there whatever the property says. It is loaded within seconds.
        RunFiles.deleteOld(folder, "libduckdb_java*.so");
    }
}
