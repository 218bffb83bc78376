package io.github.rowwise.spark.submit;

import io.github.rowwise.tables.Labels;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Where the rows of a panel are, for {@link RowwiseSubmit}. */
final class SubmitSource {

    private static final List<String> FORMATS = List.of("csv", "tsv", "parquet", "json", "table");

    private SubmitSource() {}

    /** Text files as texts, as the program reads them: what a column is shows in all of it. */
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
            throw new RowwiseSubmit.RejectedException("--format: " + e.getMessage());
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
            throw new RowwiseSubmit.RejectedException(input
                    + ": the ending does not tell the format; name it with --format: " + String.join(", ", FORMATS));
        }
        return "table";
    }
}
