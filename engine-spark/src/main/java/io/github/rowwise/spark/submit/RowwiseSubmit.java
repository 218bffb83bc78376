package io.github.rowwise.spark.submit;

import io.github.rowwise.NotIdentifiedException;
import io.github.rowwise.exception.RowwiseException;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.spark.InternalEstimators;
import io.github.rowwise.spark.RowwiseEstimator;
import io.github.rowwise.spark.RowwiseModel;
import io.github.rowwise.spark.fit.FitCheckpoints;
import io.github.rowwise.tables.Method;
import io.github.rowwise.tables.OptionNaming;
import io.github.rowwise.tables.OptionText;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/**
 * The main class for {@code spark-submit}, with the options of {@code rowwise estimate}.
 *
 * <p>Exit codes are the program's: 0 success, 1 a defect of Rowwise, 2 an error that the user can correct, 3 the panel identifies
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
    private static final int REJECTED = 2;
    private static final int NOT_IDENTIFIED = 3;

    private static final String CONFIDENCE_LEVEL = "--confidence-level";
    private static final String DEFAULT = " (default: ${DEFAULT-VALUE}).";

    @Parameters(
            paramLabel = "INPUT",
            description = "The panel, one row per unit and period: files or a folder of .csv, .tsv, .parquet or .json"
                    + " (JSON lines), or the name of a table of the catalogue.")
    private String input;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description = "csv, tsv, parquet, json or table. Default: by the ending.")
    private @Nullable String format;

    @Option(names = "--unit", paramLabel = "COLUMN", defaultValue = "unit", description = OptionText.UNIT + DEFAULT)
    private String unit;

    @Option(names = "--time", paramLabel = "COLUMN", defaultValue = "time", description = OptionText.TIME + DEFAULT)
    private String time;

    @Option(
            names = "--outcome",
            paramLabel = "COLUMN",
            defaultValue = "outcome",
            description = OptionText.OUTCOME + DEFAULT)
    private String outcome;

    @Option(
            names = "--treatment",
            paramLabel = "COLUMN",
            defaultValue = "treatment",
            description = OptionText.TREATMENT + DEFAULT)
    private String treatment;

    @Option(names = "--control", paramLabel = "LEVEL", description = OptionText.CONTROL + ".")
    private @Nullable String control;

    @Option(names = "--missing", paramLabel = "CODES", description = OptionText.MISSING + ".")
    private @Nullable String missing;

    @Option(
            names = "--absent-rows",
            paramLabel = "MEANING",
            defaultValue = "missing",
            description = OptionText.ABSENT_ROWS + DEFAULT)
    private String absentRows;

    @Option(names = "--where", paramLabel = "SQL", description = OptionText.WHERE + ".")
    private @Nullable String where;

    @Option(
            names = "--method",
            paramLabel = "NAME",
            defaultValue = "factor-model",
            description = OptionText.METHOD + DEFAULT)
    private String method;

    @Option(names = "--rank", paramLabel = "RULE", description = OptionText.RANK + " (default: auto).")
    private @Nullable String rank;

    @Option(names = "--centring", paramLabel = "MEANS", description = OptionText.CENTRING + " (default: two-way).")
    private @Nullable String centring;

    @Option(names = "--noise", paramLabel = "NOISE", description = OptionText.NOISE + " (default: ar1).")
    private @Nullable String noise;

    @Option(names = "--effects", paramLabel = "FORM", description = OptionText.EFFECTS + " (default: factors).")
    private @Nullable String effects;

    @Option(
            names = CONFIDENCE_LEVEL,
            paramLabel = "P",
            defaultValue = "0.95",
            description = OptionText.CONFIDENCE_LEVEL + DEFAULT)
    private double confidenceLevel;

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description = OptionText.BACKEND + ", on every executor. Default: the best one there is.")
    private @Nullable String backend;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = OptionText.SEED + DEFAULT)
    private long seed;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "0",
            description = "Partitions of the units. Default: one per core of the cluster.")
    private int partitions;

    @Option(
            names = "--storage",
            paramLabel = "KIND",
            defaultValue = "double",
            description = OptionText.STORAGE + DEFAULT)
    private String storage;

    @Option(
            names = "--output",
            paramLabel = "FOLDER",
            description =
                    "Table of effects, one row per unit: a folder of CSV, Parquet or JSON lines by its ending (.csv,"
                            + " .parquet, .json).")
    private @Nullable String output;

    @Option(
            names = "--model",
            paramLabel = "FOLDER",
            description = "The model, for RowwiseModel.load: parameters, effects and summary.")
    private @Nullable String model;

    @Option(names = "--checkpoint", paramLabel = "FOLDER", description = OptionText.CHECKPOINT + ".")
    private @Nullable String checkpoint;

    @Option(names = "--quiet", description = "Print no summary.")
    private boolean quiet;

    @Option(names = "--verbose", description = "Print the stack trace of a failure.")
    private boolean verbose;

    private final PrintStream out;

    RowwiseSubmit(PrintStream out) {
        this.out = out;
    }

    /**
     * Runs and exits.
     *
     * @param args the arguments that {@code --help} describes
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
        // The name before 0.1.0 still works, and no text mentions it: the parser meets the new name in its place.
        command.getCommandSpec()
                .addOption(OptionSpec.builder("--level")
                        .type(String.class)
                        .arity("1")
                        .hidden(true)
                        .preprocessor((arguments, spec, option, info) -> {
                            arguments.push(CONFIDENCE_LEVEL);
                            return true;
                        })
                        .build());
        refuse(
                command,
                "averages with weights, by group or over chosen cells",
                "--weights",
                "--group",
                "--group-base",
                "--average-over");
        refuse(
                command,
                "percentages of effects and their totals and worth",
                "--scale",
                "--totals",
                "--value",
                "--cost");
        refuse(command, "covariates and attributes of units", "--covariates", "--attributes");
        refuse(command, "checks and periods that are left out", "--check", "--calibrate", "--lead", "--washout");
        command.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        command.setParameterExceptionHandler((e, wrong) -> say(err, e.getMessage() + " (see --help)", REJECTED));
        command.setExecutionExceptionHandler((e, line, result) -> failed(err, e, submit.verbose));
        return command.execute(args);
    }

    /** Refuses options that only the program has, with a message of its own. */
    private static void refuse(CommandLine command, String what, String... options) {
        for (String option : options) {
            command.getCommandSpec()
                    .addOption(OptionSpec.builder(option)
                            .type(String.class)
                            .arity("0..1")
                            .hidden(true)
                            .preprocessor((arguments, spec, of, info) -> {
                                throw new ParameterException(
                                        command,
                                        option + ": " + what + " are not available on Spark; use rowwise estimate");
                            })
                            .build());
        }
    }

    @Override
    public Integer call() {
        RowwiseEstimator estimator = estimator();
        try {
            InternalEstimators.check(estimator, OptionNaming.COMMAND_LINE);
            if (checkpoint != null) {
                Method.of(method).requireFactorModel(OptionNaming.COMMAND_LINE, "checkpoint");
            }
        } catch (IllegalArgumentException e) {
            throw new UserInputException(e);
        }
        SparkSession session = SparkSession.builder().appName("Rowwise").getOrCreate();
        EffectsOutput file = output == null ? null : EffectsOutput.check(session, "--output", output);
        if (model != null) {
            EffectsOutput.checkFree(session, "--model", model);
        }
        long start = System.nanoTime();
        Dataset<Row> table = SubmitSource.read(session, input, format);
        RowwiseModel fitted = InternalEstimators.fit(
                estimator, where == null ? table : WhereCondition.rows(table, where), OptionNaming.COMMAND_LINE);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (file != null) {
            file.write(fitted.effects());
        }
        if (model != null) {
            EffectsOutput.write(session, model, part -> fitted.write().save(part));
        }
        if (checkpoint != null) {
            FitCheckpoints.delete(checkpoint, session.sparkContext().hadoopConfiguration());
        }
        if (!quiet) {
            out.print(SubmitSummary.of(fitted, input, output, seconds));
            out.flush();
        }
        return 0;
    }

    private RowwiseEstimator estimator() {
        RowwiseEstimator estimator = new RowwiseEstimator()
                .setUnitCol(unit)
                .setTimeCol(time)
                .setOutcomeCol(outcome)
                .setTreatmentCol(treatment)
                .setAbsentRows(absentRows)
                .setMethod(method)
                .setConfidenceLevel(confidenceLevel)
                .setSeed(seed)
                .setNumPartitions(partitions)
                .setStorage(storage);
        set(control, estimator::setControl);
        set(missing, estimator::setMissing);
        set(rank, estimator::setRank);
        set(centring, estimator::setCentring);
        set(noise, estimator::setNoise);
        set(effects, estimator::setEffectsForm);
        set(backend, estimator::setBackend);
        set(checkpoint, estimator::setCheckpointDir);
        return estimator;
    }

    private static void set(@Nullable String value, Consumer<String> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }

    private static int failed(PrintStream err, Exception e, boolean verbose) {
        if (verbose) {
            e.printStackTrace(err);
        }
        if (e instanceof NotIdentifiedException) {
            return say(err, "no effect can be estimated: " + e.getMessage(), NOT_IDENTIFIED);
        }
        if (e instanceof UserInputException || e instanceof RowwiseException || e instanceof ParameterException) {
            return say(err, String.valueOf(e.getMessage()), REJECTED);
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            boolean isOfInput = cause instanceof AnalysisException
                    || String.valueOf(cause.getMessage()).startsWith("[MALFORMED_RECORD_IN_PARSING");
            if (isOfInput) {
                return say(err, UserInputException.firstLine(cause), REJECTED);
            }
        }
        return say(
                err,
                "internal error: " + UserInputException.firstLine(e)
                        + "; this is a mistake in rowwise, or of the cluster: see Spark's log"
                        + (verbose ? "" : ", or what --verbose prints"),
                INTERNAL);
    }

    private static int say(PrintStream err, String message, int exitCode) {
        err.println("rowwise: " + Quoted.line(message));
        err.flush();
        return exitCode;
    }
}
