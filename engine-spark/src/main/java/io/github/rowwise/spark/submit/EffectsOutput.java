package io.github.rowwise.spark.submit;

import io.github.rowwise.internal.text.Quoted;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** An output folder that is written completely or not at all: to a temporary folder, which is then renamed. */
final class EffectsOutput {

    private static final List<String> FORMATS = List.of("csv", "parquet", "json");

    private final SparkSession session;
    private final String folder;
    private final String format;

    /** Writes to the path that it is given. */
    @FunctionalInterface
    interface Writing {
        void to(String path) throws IOException;
    }

    private EffectsOutput(SparkSession session, String folder, String format) {
        this.session = session;
        this.folder = folder;
        this.format = format;
    }

    /** Checks the folder before the fit. */
    static EffectsOutput check(SparkSession session, String option, String folder) {
        String name = folder.toLowerCase(Locale.ROOT).replaceFirst("/+$", "");
        String format = FORMATS.stream()
                .filter(ending -> name.endsWith("." + ending))
                .findFirst()
                .orElseThrow(() -> new UserInputException(option + " " + Quoted.line(folder)
                        + ": the ending does not say the format; allowed: .csv, .parquet, .json"));
        checkFree(session, option, folder);
        return new EffectsOutput(session, folder, format);
    }

    /** Rejects a folder that exists: earlier results are not overwritten. */
    static void checkFree(SparkSession session, String option, String folder) {
        try {
            if (files(session, folder).exists(new Path(folder))) {
                throw new UserInputException(option + " " + Quoted.line(folder)
                        + ": exists already; name another folder, or delete it first");
            }
        } catch (IOException e) {
            throw new UserInputException(option + " " + Quoted.line(folder) + ": cannot be written: " + e.getMessage()
                    + "; name another folder");
        }
    }

    void write(Dataset<Row> effects) {
        DataFrameWriter<Row> writer = effects.write();
        write(session, folder, part -> {
            switch (format) {
                case "csv" ->
                    writer.option("header", "true").option("escape", "\"").csv(part);
                case "json" -> writer.option("ignoreNullFields", "false").json(part);
                default -> writer.parquet(part);
            }
        });
    }

    /** Writes to a temporary folder and renames it. */
    static void write(SparkSession session, String folder, Writing writing) {
        Path place = new Path(folder);
        Path part = new Path(
                place.getParent() == null ? new Path(".") : place.getParent(), "." + place.getName() + ".part");
        try {
            FileSystem files = files(session, folder);
            files.delete(part, true);
            writing.to(part.toString());
            if (!files.rename(part, place)) {
                throw new IOException("the file system did not move " + part + " there");
            }
        } catch (IOException e) {
            throw new UserInputException(
                    Quoted.line(folder) + ": not written: " + e.getMessage() + "; name another folder");
        }
    }

    private static FileSystem files(SparkSession session, String folder) throws IOException {
        return new Path(folder).getFileSystem(session.sparkContext().hadoopConfiguration());
    }
}
