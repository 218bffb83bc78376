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
