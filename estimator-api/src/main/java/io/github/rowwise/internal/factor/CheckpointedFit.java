package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.model.CheckpointCodec;
import io.github.rowwise.internal.factor.model.CheckpointStore;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.factor.model.TrendCurves;
import io.github.rowwise.internal.factor.pass.OnsetCurves;
import io.github.rowwise.internal.pass.FitProgressTracker;
import io.github.rowwise.linalg.LinearAlgebra;
import org.jspecify.annotations.Nullable;

/** An EM fit that saves a checkpoint after each iteration, and resumes from it. */
final class CheckpointedFit {

    /** Estimated numbers of passes, for the reported fraction. */
    private static final int EXPECTED_PASSES = 18;

    private static final int EXPECTED_LAST_PASSES = 7;

    /** From this number of units on, the form of the model is found on a sample of about {@link #SAMPLE_UNITS}. */
    private static final int LARGE_UNITS = 6_000;

    private static final int SAMPLE_UNITS = 800;

    /** Panels with fewer cells may be too small for factors. */
    private static final int SMALL_CELLS = 200;

    /** The sample is used if it has this many units with and without treatment in each arm. */
    private static final int MIN_TREATED_UNITS = 100;

    private final PanelCounts panel;
    private final LinearAlgebra algebra;
    private final FactorOptions options;
    private final CheckpointStore store;
    private FactorStart start;
    private EmAlgorithm fit;
    private int iterations;

    /** Whether the form of the model was found on a sample. */
    private boolean hasForm;

    private CheckpointedFit(
            PanelCounts panel,
            LinearAlgebra algebra,
            FactorOptions options,
            FactorForm form,
            CheckpointStore store,
            FactorStart start) {
        this.panel = panel;
        this.algebra = algebra;
        this.options = options;
        this.store = store;
        this.start = start;
        this.fit = newFit(largest(form), selection(form), FormGains.NONE);
    }

    /**
     * Resumes from the checkpoint in the store if there is one. Otherwise computes a start and, for a panel of many units, finds
     * the form of the model on a sample of them.
     *
     * @param adjusted the panel without what covariates explain, from which the start is computed
     */
    static CheckpointedFit open(
            PanelCounts panel,
            PanelCounts adjusted,
            LinearAlgebra algebra,
            FactorOptions options,
            FactorForm form,
            CheckpointStore store) {
        CheckpointedFit resumed = store.load(fields -> {
            CheckpointedFit fit = new CheckpointedFit(panel, algebra, options, form, store, FactorStart.empty(panel));
            fit.exchange(fields, form);
            return fit;
        });
        if (resumed != null) {
            store.resumed(resumed.iterations);
            return resumed;
        }
        int rank = hasRoom(panel) ? options.rank(panel.allUnits(), panel.periods()) : 0;
        FactorStart start = FactorStart.of(adjusted, algebra, rank);
        CheckpointedFit fit = new CheckpointedFit(panel, algebra, options, form, store, start);
        if (panel.allUnits() >= LARGE_UNITS) {
            fit.findForm(form);
        }
        fit.save();
        return fit;
    }

    private void findForm(FactorForm form) {
        PanelCounts sample = panel.sample(panel.allUnits() / SAMPLE_UNITS);
        if (sample.fewestTreatedUnits() < MIN_TREATED_UNITS) {
            return;
        }
        EmAlgorithm trial = new EmAlgorithm(
                sample, algebra, start, largest(form), selection(form), FormGains.NONE, options, () -> {});
        trial.findStructure();
        hasForm = true;
        fit = newFit(trial.state().size.withRank(startRank()), FormSelection.NONE, trial.gains());
    }

    /** Runs the remaining iterations. */
    EmAlgorithm run() {
        FitProgressTracker progress = panel.view().runner().progress();
        progress.enter(FitProgressTracker.Stage.FACTORS, .65, EXPECTED_PASSES);
        fit.findStructure();
        progress.enter(FitProgressTracker.Stage.OUTLIER_CLIPPING, .85, EXPECTED_LAST_PASSES);
        fit.finish();
        return fit;
    }

    int startRank() {
        return start.factors().rows();
    }

    private Dimensions largest(FactorForm form) {
        return hasRoom(panel)
                ? largest(form, start.factors().rows(), panel.periods(), panel.treatments())
                : new Dimensions(0, 0, true, panel.treatments(), 0);
    }

    /**
     * Returns whether the outcomes can determine more than levels, constant effects and period effects: one factor has a value
     * per unit and period, too. A small panel without room would be described without noise.
     */
    private static boolean hasRoom(PanelCounts panel) {
        double values = (double) panel.allUnits() + panel.view().present().length;
        return panel.allCells() >= SMALL_CELLS || panel.allCells() >= 2 * values + panel.allUnits();
    }

    /** Returns the largest form that is fitted. */
    static Dimensions largest(FactorForm form, int rank, int periods, int treatments) {
        return new Dimensions(
                rank,
                TrendCurves.count(periods),
                form == FactorForm.CONSTANT || form == FactorForm.ONSET,
                treatments,
                form == FactorForm.ONSET || form == FactorForm.AUTO ? OnsetCurves.COUNT : 0);
    }

    private static FormSelection selection(FactorForm form) {
        return form == FactorForm.AUTO ? FormSelection.ALL : FormSelection.TRENDS;
    }

    private EmAlgorithm newFit(Dimensions form, FormSelection selection, FormGains gains) {
        return new EmAlgorithm(panel, algebra, start, form, selection, gains, options, () -> {
            iterations++;
            save();
        });
    }

    private void save() {
        store.save(fields -> exchange(fields, null));
    }

    private void exchange(CheckpointCodec fields, @Nullable FactorForm form) {
        start = start.exchange(fields);
        iterations = fields.count(iterations);
        hasForm = fields.flag(hasForm);
        if (form != null) {
            // The start that was read has the true number of factors.
            fit = newFit(largest(form), hasForm ? FormSelection.NONE : selection(form), FormGains.NONE);
        }
        fit.exchange(fields);
    }
}
