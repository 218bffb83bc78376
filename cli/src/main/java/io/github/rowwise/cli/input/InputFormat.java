package io.github.rowwise.cli.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** The format of an input file, told by its ending, or by its first bytes where it is a panel file. */
enum InputFormat {
    CSV,
    TSV,
    PARQUET,
    JSON_LINES,
    PANEL_FILE;

    static final String ENDINGS =
            ".csv, .tsv, .jsonl, .ndjson or .json (each also with .gz or .zst after it), .parquet, .rowwise";

    /** What a panel file starts with. */
    private static final byte[] MAGIC = {'R', 'o', 'w', 'w', 'i', 's', 'e', 0x1A};

    static InputFormat of(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (isPanelFile(file)) {
            return PANEL_FILE;
        }
        if (name.endsWith(".parquet") || name.endsWith(".pq")) {
            return PARQUET;
        }
        String plain = name.replaceFirst("\\.(gz|zst)$", "");
        if (plain.endsWith(".csv")) {
            return CSV;
        }
        if (plain.endsWith(".tsv")) {
            return TSV;
        }
        if (plain.endsWith(".jsonl") || plain.endsWith(".ndjson") || plain.endsWith(".json")) {
            return JSON_LINES;
        }
        throw new RefusedException(Shown.line(file.toString())
                + ": the ending does not tell the format; rename the file to end in " + ENDINGS);
    }

    static boolean isPanelFile(Path file) {
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".rowwise")) {
            return true;
        }
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        } catch (IOException e) {
            return false; // who reads it says why it cannot be read
        }
    }

    /** DuckDB's name for how the file is compressed. */
    static String compression(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".gz") ? "gzip" : name.endsWith(".zst") ? "zstd" : "none";
    }
}
