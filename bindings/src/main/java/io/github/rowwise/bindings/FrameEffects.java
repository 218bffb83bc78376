package io.github.rowwise.bindings;

import io.github.rowwise.NotIdentifiedException;
import io.github.rowwise.cli.estimation.EstimatorRun;
import io.github.rowwise.cli.output.Diagnosis;
import io.github.rowwise.cli.output.JsonFile;
import io.github.rowwise.cli.output.OutputFile;
import io.github.rowwise.cli.output.ShownAverages;
import io.github.rowwise.cli.output.Warnings;
import io.github.rowwise.cli.output.json.EffectsJson;
import io.github.rowwise.cli.output.summary.EffectsSummary;
import io.github.rowwise.cli.output.table.CellFiles;
import io.github.rowwise.cli.report.ReportFile;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.evaluation.PanelChecks;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.Warning;
import io.github.rowwise.tables.AddedColumns;
import io.github.rowwise.tables.json.CheckDocument;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of an estimate. Safe for use by several threads. What a reader judges it by (the spectral method, diagnostics,
 * averages) is computed when it is first asked for, and kept.
 *
 * <pre class="example">{@code
 * result.report(Path.of("report.html")).result();
 * result.warnings().result().forEach(System.out::println);
 * }</pre>
 */
public final class FrameEffects {

    private static final List<OutputFile.Format> JSON = List.of(OutputFile.Format.JSON);

    private final UnitEffects effects;
    private final FramePanel frame;
    private final Settings settings;
    private final EstimatorRun run;
    private final double seconds;
    private final Object lock = new Object();
    private @Nullable Diagnosis diagnosis;
    private @Nullable PanelChecks checks;

    FrameEffects(UnitEffects effects, FramePanel frame, Settings settings, EstimatorRun run, double seconds) {
        this.effects = effects;
        this.frame = frame;
        this.settings = settings;
        this.run = run;
        this.seconds = seconds;
    }

    FrameEffects withChecks(PanelChecks made) {
        synchronized (lock) {
            checks = made;
        }
        return this;
    }

    /**
     * Returns the result itself.
     *
     * @return the effects
     */
    public UnitEffects effects() {
        return effects;
    }

    /**
     * Returns the duration of the fit.
     *
     * @return seconds
     */
    public double seconds() {
        return seconds;
    }

    /**
     * Returns the effects table, with the columns and values that the program writes.
     *
     * @param predict whether there are columns of predictions for units that lack an arm
     * @return one row per unit and treatment
     * @throws IllegalArgumentException if the spectral method is to predict
     */
    public FrameTable table(boolean predict) {
        if (predict && effects.factorModel().isEmpty()) {
            throw new IllegalArgumentException(
                    "predict: the spectral method says nothing about a unit that lacks an arm;"
                            + " use method=factor-model");
        }
        return ResultTables.effects(effects, predict);
    }

    /**
     * Returns the averages over units, weighted if the frame has weights, and with the groups as the units of variation if they
     * decide treatment.
     *
     * @return one row per treatment
     */
    public FrameTable averages() {
        ShownAverages shown = averages(null);
        return ResultTables.averages(effects, shown);
    }

    /**
     * Returns the averages by group.
     *
     * @return one row per treatment and group
     * @throws IllegalArgumentException if the frame has no groups
     */
    public FrameTable byGroup() {
        ShownAverages shown = averages(null);
        if (shown.groups() == null) {
            throw new IllegalArgumentException("there are no groups; name their column with group=");
        }
        return ResultTables.groups(effects, shown.groups(), shown.base());
    }

    /**
     * Returns the effects by period.
     *
     * @return one row per treatment and period
     */
    public FrameTable byPeriod() {
        return ResultTables.byPeriod(effects);
    }

    /**
     * Returns the effects by time since the start of treatment.
     *
     * @return one row per treatment and event time
     */
    public FrameTable byEventTime() {
        return ResultTables.byEventTime(effects);
    }

    /**
     * Returns the gaps between outcomes and model before treatment, by time until its start.
     *
     * @return one row per treatment and event time
     */
    public FrameTable preTrends() {
        return ResultTables.preTrends(effects);
    }

    /**
     * Returns the table of cells, with the columns and values that the program writes.
     *
     * @return one row per unit and period
     * @throws RuntimeException if two arms have names that differ in case alone, for which columns are named
     */
    public FrameTable cells() {
        CellFiles.check(effects.panel());
        return ResultTables.cells(effects, 0, effects.panel().units());
    }

    /**
     * Returns the cells of one unit.
     *
     * @param unit the name of the unit
     * @return one row per period
     * @throws java.util.NoSuchElementException if there is no such unit; the message has the closest name
     */
    public FrameTable cells(String unit) {
        int index = effects.panel().unitIndex(unit);
        return ResultTables.cells(effects, index, index + 1);
    }

    /**
     * Finds the warnings of the reading and of the result.
     *
     * @return the task; its result has a sentence per warning
     */
    public Task<List<String>> warnings() {
        return Task.start(task -> Warnings.of(effects, diagnosis(task), frame.input()).stream()
                .map(Warning::message)
                .toList());
    }

    /**
     * Makes the summary that the program prints.
     *
     * @param columns maximum width of lines
     * @return the task; its result is text of several lines
     */
    public Task<String> summary(int columns) {
        return Task.start(
                task -> EffectsSummary.of(effects, diagnosis(task), frame.input(), seconds, List.of(), columns));
    }

    /**
     * Checks whether the effects can be believed, as {@code rowwise check}. Reports that are written afterwards have the checks.
     *
     * @param horizons number of control periods to hide before each start of treatment and after each end
     * @param bound gap that would not matter, in standard deviations of what unit and period effects leave of control outcomes
     * @param draws number of panels with pretended treatments
     * @return the task; its result is a JSON document
     * @throws IllegalArgumentException if a number is out of its range
     * @throws InvalidPanelException if the panel has covariates
     */
    public Task<String> check(int horizons, double bound, int draws) {
        checkCheckable(effects.panel());
        var check = run.check().withHorizons(horizons).withBound(bound).withDraws(draws);
        return Task.start(task -> {
            task.enter("checking");
            try {
                PanelChecks made = check.run(effects, task::enter);
                withChecks(made);
                return JsonFile.text(CheckDocument.of(made));
            } catch (NotIdentifiedException e) {
                throw new NotIdentifiedException(FramePlaces.TABLE + ": no effect can be estimated: " + e.getMessage());
            }
        });
    }

    /** Rejects a panel that cannot be checked. */
    static void checkCheckable(Panel panel) {
        if (!panel.covariateNames().isEmpty()) {
            throw new InvalidPanelException(
                    "covariates: checks of a panel with covariates are not available; leave the argument out");
        }
    }

    /**
     * Writes the report: one HTML file that opens in a browser and loads nothing.
     *
     * @param file a file that ends in {@code .html}
     * @param predict whether its table has predictions for units that lack an arm
     * @return the task; its result is the file
     * @throws RuntimeException if the file cannot be written; the message says what to do
     */
    public Task<Path> report(Path file, boolean predict) {
        OutputFile output = OutputFile.check("report", file, null, ReportFile.FORMATS);
        return Task.start(task -> {
            Diagnosis shown = diagnosis(task);
            task.enter("writing the report");
            ReportFile.write(output, effects, shown, frame.input(), new AddedColumns(predict, null));
            return file;
        });
    }

    /**
     * Writes the whole result as one JSON document, as the program does.
     *
     * @param file a file that ends in {@code .json}
     * @param predict whether units have their predictions
     * @return the task; its result is the file
     * @throws RuntimeException if the file cannot be written; the message says what to do
     */
    public Task<Path> json(Path file, boolean predict) {
        OutputFile output = OutputFile.check("json", file, null, JSON);
        return Task.start(task -> {
            Diagnosis shown = diagnosis(task);
            task.enter("writing the document");
            output.write(part ->
                    EffectsJson.write(part, effects, shown, frame.input(), seconds, new AddedColumns(predict, null)));
            return file;
        });
    }

    private Diagnosis diagnosis(Task<?> task) {
        synchronized (lock) {
            Diagnosis found = diagnosis;
            if (found == null) {
                EstimatorRun.Fit method = run.accompanyingSpectral();
                task.enter("fitting the spectral method");
                UnitEffects spectral = method == null ? null : method.of(effects.panel(), task.listener());
                task.enter("diagnosing");
                found = Diagnosis.of(effects, spectral, run.algebra(), run.seed())
                        .withAverages(averages(spectral));
                diagnosis = found;
            }
            return found.withChecks(checks);
        }
    }

    private ShownAverages averages(@Nullable UnitEffects spectral) {
        String base = settings.value("group_base");
        return ShownAverages.of(
                effects,
                spectral,
                frame.input().unitColumn("weights"),
                frame.input().unitColumn("group"),
                base.isEmpty() ? null : base,
                settings.threads());
    }

    /**
     * Describes the result.
     *
     * @return as {@link UnitEffects#toString()}
     */
    @Override
    public String toString() {
        return effects.toString();
    }
}
