package io.github.rowwise.cli.input;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Opens text files, decompressed according to their extension. */
public final class TextFile {

    private static final int BUFFER = 1 << 16;

    private TextFile() {}

    /**
     * Checks a compressed file against the checksums in it, which DuckDB ignores. Reads all of it.
     *
     * @param file any file; one that is not compressed has no checksum, and is not read
     * @throws UserInputException if the file is damaged or incomplete
     */
    public static void check(Path file) {
        String compression = InputFormat.compression(file);
        if (compression.equals("none")) {
            return;
        }
        try (InputStream raw = Files.newInputStream(file)) {
            if (compression.equals("gzip")) {
                GzipCheck.check(raw);
            } else {
                InputStream in = new ZstdInputStream(new BufferedInputStream(raw, BUFFER));
                byte[] buffer = new byte[BUFFER];
                while (in.read(buffer) >= 0) {
                    // The stream compares the checksum of each frame.
                }
            }
        } catch (IOException | RuntimeException e) {
            throw TableSource.unreadable(file, e);
        }
    }

    /**
     * Opens a file.
     *
     * @param file a plain file, or one compressed with gzip or Zstandard
     * @return its decompressed bytes, to be closed
     * @throws IOException if the file cannot be read, or is not compressed as its extension indicates
     */
    public static InputStream open(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        try {
            InputStream buffered = new BufferedInputStream(raw, BUFFER);
            return switch (InputFormat.compression(file)) {
                case "gzip" -> new BufferedInputStream(new GZIPInputStream(buffered, BUFFER), BUFFER);
                case "zstd" -> new BufferedInputStream(new ZstdInputStream(buffered), BUFFER);
                default -> buffered;
            };
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }
}
