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

/** The format of an input file, told by its ending, or by its first bytes where it is a panel file or a DuckDB file. */
public enum InputFormat {
    CSV,
    TSV,
    PARQUET,
    JSON_LINES,
    DUCKDB,
    PANEL_FILE;

    static final String ENDINGS =
            ".csv, .tsv, .jsonl, .ndjson or .json (each also with .gz or .zst after it), .parquet, .duckdb, .db, .ddb, .rowwise";

    /** What a panel file starts with. */
    private static final byte[] MAGIC = {'R', 'o', 'w', 'w', 'i', 's', 'e', 0x1A};

    /** What a DuckDB file has after the checksum of its first block. */
    private static final byte[] DUCKDB_MAGIC = {'D', 'U', 'C', 'K'};

    private static final int DUCKDB_MAGIC_AT = 8;

    /** What files start with that are no text, and what they are. */
    private static final Map<String, String> STARTS = Map.of(
            "\u001f\u008b", "compressed with gzip; rename the file to end in .gz too",
            "(\u00b5/\u00fd", "compressed with Zstandard; rename the file to end in .zst too",
            "PK\u0003\u0004", "a ZIP archive or an Excel file; unpack it, or save the table as CSV",
            "PAR1", "a Parquet file; rename it to end in .parquet",
            "\u00ff\u00fe", "UTF-16; save the file as UTF-8",
            "\u00fe\u00ff", "UTF-16; save the file as UTF-8");

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
            rejectWhatIsNoText(file);
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
                + ": the ending does not tell the format; rename the file to end in " + ENDINGS);
    }

    static boolean isPanelFile(Path file) {
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".rowwise")) {
            return true;
        }
        return Arrays.equals(start(file, MAGIC.length), MAGIC);
    }

    /** Files often get a name that does not fit when they are downloaded or exported. */
    private static void rejectWhatIsNoText(Path file) {
        String start = new String(start(file, 4), StandardCharsets.ISO_8859_1);
        STARTS.forEach((bytes, what) -> {
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
            return new byte[0]; // who reads it says why it cannot be read
        }
    }

    /** DuckDB's name for how the file is compressed. */
    public static String compression(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".gz") ? "gzip" : name.endsWith(".zst") ? "zstd" : "none";
    }
}
