package io.github.rowwise.bindings;

import io.github.rowwise.NotIdentifiedException;
import io.github.rowwise.cli.estimation.EstimatorRun;
import io.github.rowwise.cli.output.JsonFile;
import io.github.rowwise.cli.output.summary.EvaluationSummary;
import io.github.rowwise.cli.output.summary.Inspection;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.evaluation.CoverageCheck;
import io.github.rowwise.evaluation.Evaluation;
import io.github.rowwise.evaluation.PanelChecks;
import io.github.rowwise.evaluation.PanelEvaluation;
import io.github.rowwise.evaluation.Verdict;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.UnitColumn;
import io.github.rowwise.panel.Warning;
import io.github.rowwise.simulation.PanelSimulation;
import io.github.rowwise.simulation.SimulatedPanel;
import io.github.rowwise.tables.GroupColumn;
import io.github.rowwise.tables.Labels;
import io.github.rowwise.tables.OptionNaming;
import io.github.rowwise.tables.json.EvaluationDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The commands of the program on a data frame. Stateless, and safe for use by several threads. A task fails with the exceptions
 * of the library; their messages name options as arguments of a function.
 *
 * <pre class="example">{@code
 * FrameEffects result = Analyses.estimate(frame, Settings.defaults()).result();
 * System.out.println(result.table(false));
 * }</pre>
 */
public final class Analyses {

    private Analyses() {}

    /**
     * Starts an estimate, as {@code rowwise estimate}.
     *
     * @param frame the panel
     * @param settings the method and its options
     * @return the task; it fails with a {@link NotIdentifiedException} if no effect is identified, and with an {@link
     *     InvalidPanelException} if the panel cannot have the rank
     * @throws IllegalArgumentException if the options do not go together, or groups say nothing
     */
    public static Task<FrameEffects> estimate(FramePanel frame, Settings settings) {
        EstimatorRun run = run(frame, settings);
        UnitColumn groups = frame.input().unitColumn("group");
        String base = settings.value("group_base");
        if (groups != null) {
            GroupColumn.check(OptionNaming.ARGUMENT, groups, base.isEmpty() ? null : base, FramePlaces.TABLE);
        } else if (!base.isEmpty()) {
            throw new IllegalArgumentException("group_base without group; name the column of the groups");
        }
        if (settings.isOn("calibrate")) {
            FrameEffects.checkCheckable(frame.panel());
        }
        return Task.start(task -> estimate(frame, settings, run, task));
    }

    private static FrameEffects estimate(
            FramePanel frame, Settings settings, EstimatorRun run, Task<FrameEffects> task) {
        settings.check(frame.panel());
        long start = System.nanoTime();
        task.enter("fitting");
        UnitEffects effects = identified(() ->
                run.fit(settings.isOn("cell_errors"), null, iterations -> {}).of(frame.panel(), task.listener()));
        if (effects.effects().stream().noneMatch(unit -> unit.ate().isAvailable())) {
            throw notIdentified(
                    effects.warnings().stream().map(Warning::message).collect(Collectors.joining("; ")));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        FrameEffects result = new FrameEffects(effects, frame, settings, run, seconds);
        if (!settings.isOn("calibrate")) {
            return result;
        }
        task.enter("checking");
        PanelChecks checks = identified(() -> run.check().run(effects, task::enter));
        CoverageCheck coverage = checks.pretendedAdoption();
        if (coverage.verdict() == Verdict.NOT_MADE) {
            throw new InvalidPanelException("calibrate: " + coverage.conclusion() + "; leave the option out");
        }
        return new FrameEffects(effects.widened(coverage.widening()), frame, settings, run, seconds).withChecks(checks);
    }

    private static EstimatorRun run(FramePanel frame, Settings settings) {
        List<UnitColumn> attributes = new ArrayList<>();
        for (int k = 0; k < frame.input().unitColumns().size(); k++) {
            if (frame.input().source().unitColumns().get(k).option().equals("attributes")) {
                attributes.add(frame.input().unitColumns().get(k));
            }
        }
        return settings.run(attributes);
    }

    /**
     * Starts a description of a panel before any fit, as {@code rowwise inspect}.
     *
     * @param frame the panel
     * @param settings options of the spectral method, whose spectra are shown
     * @param columns maximum width of lines
     * @return the task, whose result is text of several lines
     * @throws IllegalArgumentException if the options do not go together
     */
    public static Task<String> inspect(FramePanel frame, Settings settings, int columns) {
        EstimatorRun run = settings.inspection();
        LinearAlgebra algebra = run.algebra();
        return Task.start(task -> {
            settings.check(frame.panel());
            task.enter("finding the spectrum");
            return Inspection.of(frame.input(), run.spectral(), algebra, settings.seed(), columns);
        });
    }

    /**
     * Returns what is known of the units before any fit.
     *
     * @param frame the panel
     * @return one row per unit and treatment: {@code unit}, {@code arm} if there are several treatments, {@code n_treated},
     *     {@code n_control}, {@code n_missing}, {@code propensity}, {@code grade} and {@code reason}
     */
    public static FrameTable units(FramePanel frame) {
        return PanelTables.units(frame.panel());
    }

    /**
     * Starts a self-test, as {@code rowwise evaluate}: the accuracy of the method on panels with the same assignment whose
     * effects are known.
     *
     * @param frame the panel
     * @param settings the method and its options
     * @param draws number of panels to draw
     * @return the task
     * @throws IllegalArgumentException if the options do not go together, or {@code draws} is below 1
     */
    public static Task<FrameEvaluation> evaluate(FramePanel frame, Settings settings, int draws) {
        PanelEvaluation evaluation = run(frame, settings).evaluation(draws);
        return Task.start(task -> {
            settings.check(frame.panel());
            long start = System.nanoTime();
            task.enter("fitting the model to draw from");
            Evaluation result = identified(() -> evaluation.run(frame.panel(), draw -> {
                task.enter("drawing and fitting, draw " + draw + " of " + draws);
                task.reached(draw / (draws + 1.0));
            }));
            double seconds = (System.nanoTime() - start) / 1e9;
            return new FrameEvaluation(
                    PanelTables.accuracy(result),
                    JsonFile.text(EvaluationDocument.of(result)),
                    EvaluationSummary.of(result, frame.input(), seconds));
        });
    }

    /**
     * The result of a self-test.
     *
     * @param table the accuracy of each method, as the program writes it
     * @param json all of it as JSON
     * @param summary the summary in words
     */
    public record FrameEvaluation(FrameTable table, String json, String summary) {}

    /**
     * Draws a panel whose true effects are known, as {@code rowwise simulate}.
     *
     * @param units number of units
     * @param periods number of periods
     * @param rank number of factors behind the untreated outcomes
     * @param noise standard deviation of the noise
     * @param baseline mean of the untreated outcomes
     * @param effect average effect
     * @param spread how much effects vary between units and periods
     * @param assignment how treatment is assigned, as the program's option
     * @param noiseForm how the noise is distributed, as the program's option
     * @param missing share of outcomes that are missing
     * @param seed the seed
     * @return two tables: the panel and its true effects, each with the columns that the program writes
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static List<FrameTable> simulate(
            int units,
            int periods,
            int rank,
            double noise,
            double baseline,
            double effect,
            double spread,
            String assignment,
            String noiseForm,
            double missing,
            long seed) {
        SimulatedPanel simulated = PanelSimulation.withDefaults()
                .withSize(units, periods)
                .withRank(rank)
                .withNoise(noise)
                .withNoiseForm(Labels.of(
                        noiseForm, List.of(PanelSimulation.NoiseForm.values()), PanelSimulation.NoiseForm::label))
                .withBaseline(baseline)
                .withEffect(effect, spread)
                .withAssignment(Labels.of(
                        assignment, List.of(PanelSimulation.Assignment.values()), PanelSimulation.Assignment::label))
                .withMissing(missing)
                .withSeed(seed)
                .generate();
        return List.of(PanelTables.simulated(simulated), PanelTables.truth(simulated));
    }

    private static <T> T identified(Supplier<T> work) {
        try {
            return work.get();
        } catch (NotIdentifiedException e) {
            throw notIdentified(String.valueOf(e.getMessage()));
        }
    }

    private static NotIdentifiedException notIdentified(String reason) {
        return new NotIdentifiedException(FramePlaces.TABLE + ": no effect can be estimated: " + reason);
    }
}
