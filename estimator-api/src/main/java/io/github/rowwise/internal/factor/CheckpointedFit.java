package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.model.CheckpointCodec;
import io.github.rowwise.internal.factor.model.CheckpointStore;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.factor.model.TrendCurves;
import io.github.rowwise.internal.factor.pass.OnsetCurves;
import io.github.rowwise.internal.pass.FitProgressTracker;
import io.github.rowwise.linalg.LinearAlgebra;

/** An EM fit that saves a checkpoint after each iteration, and resumes from it. */
final class CheckpointedFit {

    /** Estimated numbers of passes, for the reported fraction. */
    private static final int EXPECTED_PASSES = 18;

    private static final int EXPECTED_LAST_PASSES = 7;

    private final PanelCounts panel;
    private final LinearAlgebra algebra;
    private final FactorOptions options;
    private final CheckpointStore store;
    private FactorStart start;
    private EmAlgorithm fit;
    private int iterations;

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
        this.fit = newFit(form);
    }

    /** Resumes from the checkpoint in the store if there is one. Otherwise computes a start. */
    static CheckpointedFit open(
            PanelCounts panel, LinearAlgebra algebra, FactorOptions options, FactorForm form, CheckpointStore store) {
        CheckpointedFit resumed = store.load(fields -> {
            CheckpointedFit fit = new CheckpointedFit(panel, algebra, options, form, store, FactorStart.empty(panel));
            fit.exchange(fields, form);
            return fit;
        });
        if (resumed != null) {
            store.resumed(resumed.iterations);
            return resumed;
        }
        FactorStart start = FactorStart.of(panel, algebra, options.rank(panel.allUnits(), panel.periods()));
        CheckpointedFit fit = new CheckpointedFit(panel, algebra, options, form, store, start);
        fit.save();
        return fit;
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

    private EmAlgorithm newFit(FactorForm form) {
        Dimensions size = new Dimensions(
                start.factors().rows(),
                TrendCurves.count(panel.periods()),
                form == FactorForm.CONSTANT || form == FactorForm.ONSET,
                panel.treatments(),
                form == FactorForm.ONSET || form == FactorForm.AUTO ? OnsetCurves.COUNT : 0);
        return new EmAlgorithm(panel, algebra, start, size, form == FactorForm.AUTO, options, () -> {
            iterations++;
            save();
        });
    }

    private void save() {
        store.save(fields -> exchange(fields, null));
    }

    private void exchange(CheckpointCodec fields, @org.jspecify.annotations.Nullable FactorForm form) {
        start = start.exchange(fields);
        iterations = fields.count(iterations);
        if (form != null) {
            // The start that was read has the true number of factors.
            fit = newFit(form);
        }
        fit.exchange(fields);
    }
}
