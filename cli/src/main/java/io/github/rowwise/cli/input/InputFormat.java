package io.github.rowwise.cli.input;

import io.github.rowwise.internal.text.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * Format of an input file. Panel files and DuckDB files are recognised by their first bytes or their extension, all others by
 * their extension.
 */
public enum InputFormat {
    CSV,
    TSV,
    PARQUET,
    JSON_LINES,
    DUCKDB,
    PANEL_FILE;

    static final String ENDINGS =
            ".csv, .tsv, .jsonl, .ndjson or .json (each also with .gz or .zst after it), .parquet, .duckdb, .db, .ddb, .rowwise";

    /** The first bytes of a panel file. */
    private static final byte[] MAGIC = {'R', 'o', 'w', 'w', 'i', 's', 'e', 0x1A};

    /** The bytes of a DuckDB file after the checksum of its first block. */
    private static final byte[] DUCKDB_MAGIC = {'D', 'U', 'C', 'K'};

    private static final int DUCKDB_MAGIC_AT = 8;

    /** First bytes of binary formats, each with its message for the user. */
    private static final Map<String, String> BINARY_FORMATS = Map.of(
            "\u001f\u008b", "compressed with gzip; rename the file to end in .gz too",
            "(\u00b5/\u00fd", "compressed with Zstandard; rename the file to end in .zst too",
            "PK\u0003\u0004", "a ZIP archive or an Excel file; unpack it, or save the table as CSV",
            "PAR1", "a Parquet file; rename it to end in .parquet",
            "\u00ff\u00fe", "UTF-16; save the file as UTF-8",
            "\u00fe\u00ff", "UTF-16; save the file as UTF-8");

    /**
     * Determines the format of a file.
     *
     * @param file the file
     * @return its format
     * @throws UserInputException if the extension is unknown, or if it does not fit the first bytes
     */
    public static InputFormat of(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (isPanelFile(file)) {
            return PANEL_FILE;
        }
        if (name.endsWith(".duckdb") || name.endsWith(".db") || name.endsWith(".ddb") || startsAsDuckDb(file)) {
            return DUCKDB;
        }
        if (name.endsWith(".parquet") || name.endsWith(".pq")) {
            return PARQUET;
        }
        String plain = name.replaceFirst("\\.(gz|zst)$", "");
        if (plain.equals(name)) {
            rejectBinaryFormats(file);
        }
        if (plain.endsWith(".csv")) {
            return CSV;
        }
        if (plain.endsWith(".tsv")) {
            return TSV;
        }
        if (plain.endsWith(".jsonl") || plain.endsWith(".ndjson") || plain.endsWith(".json")) {
            return JSON_LINES;
        }
        throw new UserInputException(Quoted.line(file.toString())
                + ": the format cannot be determined from the extension; rename the file to end in " + ENDINGS);
    }

    static boolean isPanelFile(Path file) {
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".rowwise")) {
            return true;
        }
        return Arrays.equals(start(file, MAGIC.length), MAGIC);
    }

    /** Rejects a compressed or binary file under the name of a text file, as downloads and exports often produce. */
    private static void rejectBinaryFormats(Path file) {
        String start = new String(start(file, 4), StandardCharsets.ISO_8859_1);
        BINARY_FORMATS.forEach((bytes, what) -> {
            if (start.startsWith(bytes)) {
                throw new UserInputException(Quoted.line(file.toString()) + ": by its first bytes, " + what);
            }
        });
    }

    private static boolean startsAsDuckDb(Path file) {
        byte[] start = start(file, DUCKDB_MAGIC_AT + DUCKDB_MAGIC.length);
        return start.length == DUCKDB_MAGIC_AT + DUCKDB_MAGIC.length
                && Arrays.equals(DUCKDB_MAGIC, 0, DUCKDB_MAGIC.length, start, DUCKDB_MAGIC_AT, start.length);
    }

    private static byte[] start(Path file, int bytes) {
        if (!Files.isRegularFile(file)) {
            return new byte[0];
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(bytes);
        } catch (IOException e) {
            return new byte[0]; // The reader of the file reports the error.
        }
    }

    /**
     * Returns the compression of a file by its extension.
     *
     * @param file the file
     * @return DuckDB's name for it: {@code gzip}, {@code zstd} or {@code none}
     */
    public static String compression(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".gz") ? "gzip" : name.endsWith(".zst") ? "zstd" : "none";
    }
}
