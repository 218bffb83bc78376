package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.factor.model.CheckpointCodec;
import io.github.rowwise.internal.factor.model.CheckpointStore;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.pass.FitProgressTracker;
import io.github.rowwise.linalg.LinearAlgebra;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fits the form of the effects that is requested, or fits both forms and continues with the better one. Saves a
 * checkpoint after each iteration.
 */
final class EffectsFormSelection {

    /** Minimum gain of the bound for which effects may vary with the factors. */
    private static final double MIN_GAIN = 10;

    /** Estimated numbers of passes, for the reported fraction. */
    private static final int EXPECTED_PASSES = 9;

    private static final int EXPECTED_LAST_PASSES = 7;

    private final PanelCounts panel;
    private final LinearAlgebra algebra;
    private final FactorOptions options;
    private final CheckpointStore store;

    /** The fit of the requested form; or the fit with constant effects, and then also the other one. */
    private final List<EmAlgorithm> fits = new ArrayList<>();

    private FactorStart start;
    private double gain = Double.NaN;
    private int iterations;

    private EffectsFormSelection(
            PanelCounts panel, LinearAlgebra algebra, FactorOptions options, CheckpointStore store, FactorStart start) {
        this.panel = panel;
        this.algebra = algebra;
        this.options = options;
        this.store = store;
        this.start = start;
    }

    /** Resumes from the checkpoint in the store if there is one. Otherwise computes a start. */
    static EffectsFormSelection open(
            PanelCounts panel, LinearAlgebra algebra, FactorOptions options, CheckpointStore store) {
        EffectsFormSelection resumed = store.load(fields -> {
            EffectsFormSelection selection =
                    new EffectsFormSelection(panel, algebra, options, store, FactorStart.empty(panel));
            selection.exchange(fields);
            return selection;
        });
        if (resumed != null) {
            store.resumed(resumed.iterations);
            return resumed;
        }
        FactorStart start = FactorStart.of(panel, algebra, options.rank(panel.allUnits(), panel.periods()));
        return new EffectsFormSelection(panel, algebra, options, store, start);
    }

    /**
     * Runs the remaining iterations.
     *
     * @param constantEffects the form of the effects; {@code null} selects the better form
     */
    EmAlgorithm fit(@Nullable Boolean constantEffects) {
        if (fits.isEmpty()) {
            add(constantEffects == null || constantEffects);
        }
        FitProgressTracker progress = panel.view().runner().progress();
        progress.enter(FitProgressTracker.Stage.FACTORS, constantEffects == null ? .4 : .65, EXPECTED_PASSES);
        fits.get(0).findStructure();
        if (constantEffects == null && Double.isNaN(gain)) {
            if (fits.size() == 1) {
                add(false);
            }
            progress.enter(FitProgressTracker.Stage.FACTORS, .68, EXPECTED_PASSES);
            fits.get(1).findStructure();
            gain = fits.get(1).bound() - fits.get(0).bound();
            fits.remove(gain > MIN_GAIN ? 0 : 1);
        }
        progress.enter(FitProgressTracker.Stage.OUTLIER_CLIPPING, .85, EXPECTED_LAST_PASSES);
        fits.get(0).finish();
        return fits.get(0);
    }

    /**
     * Returns the bound with effects that vary with the factors minus the bound with constant effects; NaN if only one
     * form was fitted.
     */
    double gain() {
        return gain;
    }

    int startRank() {
        return start.factors().rows();
    }

    private void add(boolean constantEffects) {
        fits.add(newFit(constantEffects));
        store.save(this::exchange);
    }

    private EmAlgorithm newFit(boolean constantEffects) {
        return new EmAlgorithm(panel, algebra, start, constantEffects, options, () -> {
            iterations++;
            store.save(this::exchange);
        });
    }

    private void exchange(CheckpointCodec fields) {
        start = start.exchange(fields);
        gain = fields.number(gain);
        iterations = fields.count(iterations);
        int count = fields.count(fits.size());
        while (fits.size() < count) {
            fits.add(newFit(false));
        }
        fits.forEach(fit -> fit.exchange(fields));
    }
}
