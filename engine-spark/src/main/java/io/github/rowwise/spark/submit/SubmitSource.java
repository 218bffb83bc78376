package io.github.rowwise.spark.submit;

import io.github.rowwise.tables.Labels;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Reads the table of a panel. */
final class SubmitSource {

    private static final List<String> FORMATS = List.of("csv", "tsv", "parquet", "json", "table");

    private SubmitSource() {}

    /** Reads text files as texts, as the program does: the type of a column depends on all its values. */
    static Dataset<Row> read(SparkSession session, String input, @Nullable String format) {
        return switch (format == null ? byEnding(input) : checked(format)) {
            case "csv" -> text(session, ",").csv(input);
            case "tsv" -> text(session, "\t").csv(input);
            case "parquet" -> session.read().parquet(input);
            case "json" -> session.read().option("mode", "FAILFAST").json(input);
            default -> session.table(input);
        };
    }

    private static org.apache.spark.sql.DataFrameReader text(SparkSession session, String separator) {
        return session.read()
                .option("header", "true")
                .option("sep", separator)
                .option("escape", "\"")
                .option("multiLine", "false")
                .option("mode", "FAILFAST");
    }

    private static String checked(String format) {
        try {
            return Labels.of(format, FORMATS, word -> word);
        } catch (IllegalArgumentException e) {
            throw new UserInputException("--format: " + e.getMessage());
        }
    }

    private static String byEnding(String input) {
        String name = input.toLowerCase(Locale.ROOT).replaceFirst("(\\.gz|\\.zst|\\.bz2)?[/*]*$", "");
        if (name.endsWith(".jsonl")) {
            return "json";
        }
        for (String format : FORMATS) {
            if (name.endsWith("." + format)) {
                return format;
            }
        }
        if (input.contains("/")) {
            throw new UserInputException(input + ": the ending does not say the format; name it with --format: "
                    + String.join(", ", FORMATS));
        }
        return "table";
    }
}
