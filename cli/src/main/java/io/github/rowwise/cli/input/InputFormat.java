package io.github.rowwise.cli.input;

import java.nio.file.Path;
import java.util.Locale;

/** The format of an input file, told by its ending. */
enum InputFormat {
    CSV,
    TSV,
    PARQUET,
    JSON_LINES;

    static final String ENDINGS =
            ".csv, .tsv, .jsonl, .ndjson or .json (each also with .gz or .zst after it), .parquet";

    static InputFormat of(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
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

    /** DuckDB's name for how the file is compressed. */
    static String compression(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".gz") ? "gzip" : name.endsWith(".zst") ? "zstd" : "none";
    }
}
