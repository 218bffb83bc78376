package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.factor.model.CheckpointCodec;
import io.github.rowwise.internal.factor.model.CheckpointStore;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.pass.FitProgressTracker;
import io.github.rowwise.linalg.LinearAlgebra;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fits one form of the effects, or both and then goes on with the better; after each iteration it leaves a checkpoint. */
final class EffectsFormSelection {

    /** Effects go with the factors where that raises the bound by more than this. */
    private static final double WORTH = 10;

    /** What progress is judged by. */
    private static final int EXPECTED_PASSES = 9;

    private static final int EXPECTED_LAST_PASSES = 7;

    private final PanelCounts panel;
    private final LinearAlgebra algebra;
    private final FactorOptions options;
    private final CheckpointStore store;

    /** The form that is fitted, or first the constant form and then the other. */
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

    /** Goes on from the checkpoint that the store holds, if there is one, else from a start of its own. */
    static EffectsFormSelection open(
            PanelCounts panel, LinearAlgebra algebra, FactorOptions options, CheckpointStore store) {
        EffectsFormSelection resumed = store.load(fields -> {
            EffectsFormSelection choice =
                    new EffectsFormSelection(panel, algebra, options, store, FactorStart.blank(panel));
            choice.exchange(fields);
            return choice;
        });
        if (resumed != null) {
            store.resumed(resumed.iterations);
            return resumed;
        }
        FactorStart start = FactorStart.of(panel, algebra, options.rank(panel.allUnits(), panel.periods()));
        return new EffectsFormSelection(panel, algebra, options, store, start);
    }

    /**
     * Runs what is left.
     *
     * @param constantEffects the form, {@code null} for the better of both
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
            fits.remove(gain > WORTH ? 0 : 1);
        }
        progress.enter(FitProgressTracker.Stage.OUTLIER_CLIPPING, .85, EXPECTED_LAST_PASSES);
        fits.get(0).finish();
        return fits.get(0);
    }

    /** How much higher the bound is with effects on the factors than with constant ones; NaN where only one was fitted. */
    double gain() {
        return gain;
    }

    int startRank() {
        return start.factors().rows();
    }

    private void add(boolean constantEffects) {
        fits.add(fresh(constantEffects));
        store.save(this::exchange);
    }

    private EmAlgorithm fresh(boolean constantEffects) {
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
            fits.add(fresh(false));
        }
        fits.forEach(fit -> fit.exchange(fields));
    }
}
