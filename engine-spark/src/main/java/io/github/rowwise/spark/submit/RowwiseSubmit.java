package io.github.rowwise.spark.submit;

import io.github.rowwise.NotIdentifiedException;
import io.github.rowwise.exception.RowwiseException;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.spark.RowwiseEstimator;
import io.github.rowwise.spark.RowwiseModel;
import io.github.rowwise.spark.fit.EstimatorSettings;
import io.github.rowwise.spark.fit.FitCheckpoints;
import io.github.rowwise.spark.panel.PanelColumns;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/**
 * The main class for {@code spark-submit}, with the options of {@code rowwise estimate}.
 *
 * <p>Exit codes are the program's: 0 done, 1 a mistake in Rowwise, 2 something the user can put right, 3 the panel identifies
 * no effect.
 */
@Command(
        name = "RowwiseSubmit",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Estimates the effect on every unit on a Spark cluster, writes the table and prints a summary.")
@SuppressWarnings("NullAway.Init") // picocli sets what has a default
public final class RowwiseSubmit implements Callable<Integer> {

    private static final int INTERNAL = 1;
    private static final int REFUSED = 2;
    private static final int NOT_IDENTIFIED = 3;

    static final PanelColumns.Words OPTIONS =
            new PanelColumns.Words("--unit", "--time", "--outcome", "--treatment", "--control ", "--where");

    @Parameters(
            paramLabel = "INPUT",
            description = "The panel, one row a unit and period: files or a folder of .csv, .tsv, .parquet or .json"
                    + " (JSON lines), or the name of a table of the catalogue.")
    private String input;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description = "csv, tsv, parquet, json or table, where the ending does not tell.")
    private @Nullable String format;

    @Option(names = "--unit", paramLabel = "COLUMN", defaultValue = "unit", description = "Column of the unit.")
    private String unit;

    @Option(
            names = "--time",
            paramLabel = "COLUMN",
            defaultValue = "time",
            description = "Column of the period: whole numbers, dates, timestamps or text.")
    private String time;

    @Option(
            names = "--outcome",
            paramLabel = "COLUMN",
            defaultValue = "outcome",
            description = "Column of the outcome; empty, NA or NaN where it is missing.")
    private String outcome;

    @Option(
            names = "--treatment",
            paramLabel = "COLUMN",
            defaultValue = "treatment",
            description = "Column of the treatment: 0/1, true/false, or levels with --control.")
    private String treatment;

    @Option(
            names = "--control",
            paramLabel = "LEVEL",
            description = "The level of the treatment that is no treatment. Not needed for 0/1 and true/false.")
    private @Nullable String control;

    @Option(
            names = "--where",
            paramLabel = "SQL",
            description = "Use only rows that meet this condition, in Spark's SQL.")
    private @Nullable String where;

    @Option(names = "--method", paramLabel = "NAME", defaultValue = "refined", description = "refined or spectral.")
    private String method;

    @Option(
            names = "--rank",
            paramLabel = "RULE",
            description = "auto, a whole number and, with --method spectral, sign-flip, eigenvalue-ratio, spectral-gap,"
                    + " held-out or one number an arm (3,4).")
    private @Nullable String rank;

    @Option(names = "--centring", paramLabel = "MEANS", description = "With --method spectral: two-way, unit, none.")
    private @Nullable String centring;

    @Option(names = "--noise", paramLabel = "NOISE", description = "ar1, iid or block-jackknife.")
    private @Nullable String noise;

    @Option(names = "--effects", paramLabel = "FORM", description = "factors, constant or auto.")
    private @Nullable String effects;

    @Option(
            names = "--level",
            paramLabel = "P",
            defaultValue = "0.95",
            description = "Confidence level of the intervals (default: ${DEFAULT-VALUE}).")
    private double level;

    @Option(names = "--backend", paramLabel = "NAME", description = "Linear-algebra backend, on every executor.")
    private @Nullable String backend;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of everything random (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "0",
            description = "Partitions of the units. Default: one a core of the cluster.")
    private int partitions;

    @Option(
            names = "--storage",
            paramLabel = "KIND",
            defaultValue = "double",
            description = "How outcomes are kept: double or float (default: ${DEFAULT-VALUE}).")
    private String storage;

    @Option(
            names = "--output",
            paramLabel = "FOLDER",
            description =
                    "Table of effects, one row a unit: a folder of CSV, Parquet or JSON lines by its ending (.csv,"
                            + " .parquet, .json).")
    private @Nullable String output;

    @Option(
            names = "--model",
            paramLabel = "FOLDER",
            description = "The model, to be read by RowwiseModel.load: parameters, effects and summary.")
    private @Nullable String model;

    @Option(
            names = "--checkpoint",
            paramLabel = "FOLDER",
            description =
                    "Keep the refined method's fit here after each iteration. After an interruption the same command goes"
                            + " on from it, to the same result; once that is written the folder is deleted.")
    private @Nullable String checkpoint;

    @Option(names = "--quiet", description = "Print no summary.")
    private boolean quiet;

    @Option(names = "--verbose", description = "Tell more of a failure.")
    private boolean verbose;

    private final PrintStream out;

    RowwiseSubmit(PrintStream out) {
        this.out = out;
    }

    /**
     * Runs and exits.
     *
     * @param args as {@code --help} says
     */
    public static void main(String[] args) {
        int exitCode = run(System.out, System.err, args);
        SparkSession.getDefaultSession().foreach(session -> {
            session.stop();
            return null;
        });
        System.exit(exitCode);
    }

    static int run(PrintStream out, PrintStream err, String... args) {
        RowwiseSubmit submit = new RowwiseSubmit(out);
        CommandLine command = new CommandLine(submit);
        command.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        command.setParameterExceptionHandler((e, wrong) -> say(err, e.getMessage() + " (see --help)", REFUSED));
        command.setExecutionExceptionHandler((e, line, result) -> failed(err, e, submit.verbose));
        return command.execute(args);
    }

    @Override
    public Integer call() {
        RowwiseEstimator estimator;
        EstimatorSettings settings;
        try {
            settings = new EstimatorSettings("--", method, rank, centring, noise, effects, level, seed, backend);
            estimator = new RowwiseEstimator().setNumPartitions(partitions).setStorage(storage);
            estimator.requireOptions("--");
            settings.algebra();
        } catch (IllegalArgumentException e) {
            throw new RejectedException(e);
        }
        if (checkpoint != null) {
            if (method.equals(EstimatorSettings.SPECTRAL)) {
                throw new RejectedException(
                        "--checkpoint: an option of --method refined; the spectral method is short enough"
                                + " to start over");
            }
            estimator.setCheckpointDir(checkpoint);
        }
        SparkSession session = SparkSession.builder().appName("Rowwise").getOrCreate();
        EffectsOutput file = output == null ? null : EffectsOutput.check(session, "--output", output);
        if (model != null) {
            EffectsOutput.checkFree(session, "--model", model);
        }
        long start = System.nanoTime();
        Dataset<Row> table = SubmitSource.read(session, input, format);
        RowwiseModel fitted = estimator.fit(where == null ? table : table.where(where), columns(), settings);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (file != null) {
            file.write(fitted.effects());
        }
        if (model != null) {
            EffectsOutput.beside(session, model, part -> fitted.write().save(part));
        }
        if (checkpoint != null) {
            FitCheckpoints.delete(checkpoint, session.sparkContext().hadoopConfiguration());
        }
        if (!quiet) {
            out.print(SubmitSummary.of(fitted, this, seconds));
            out.flush();
        }
        return 0;
    }

    String input() {
        return input;
    }

    PanelColumns columns() {
        return new PanelColumns(unit, time, outcome, treatment, control, OPTIONS);
    }

    @Nullable
    String output() {
        return output;
    }

    /** An option that cannot be used. */
    static final class RejectedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RejectedException(Exception cause) {
            super(cause.getMessage(), cause);
        }

        RejectedException(String message) {
            super(message);
        }
    }

    private static int failed(PrintStream err, Exception e, boolean verbose) {
        if (verbose) {
            e.printStackTrace(err);
        }
        if (e instanceof NotIdentifiedException) {
            return say(err, "no effect can be estimated: " + e.getMessage(), NOT_IDENTIFIED);
        }
        if (e instanceof RejectedException || e instanceof RowwiseException || e instanceof ParameterException) {
            return say(err, String.valueOf(e.getMessage()), REFUSED);
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            boolean isOfInput = cause instanceof AnalysisException
                    || String.valueOf(cause.getMessage()).startsWith("[MALFORMED_RECORD_IN_PARSING");
            if (isOfInput) {
                return say(err, firstLine(cause), REFUSED);
            }
        }
        return say(
                err,
                "internal error: " + firstLine(e) + "; this is a mistake in rowwise, or of the cluster: see Spark's log"
                        + (verbose ? "" : ", or what --verbose prints"),
                INTERNAL);
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
    }

    private static int say(PrintStream err, String message, int exitCode) {
        err.println("rowwise: " + Quoted.line(message));
        err.flush();
        return exitCode;
    }
}
