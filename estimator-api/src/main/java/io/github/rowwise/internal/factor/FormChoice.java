package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.FitCourse;
import io.github.rowwise.linalg.LinearAlgebra;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fits one form of the effects, or both and then goes on with the better; after each iteration it leaves a checkpoint. */
final class FormChoice {

    /** Effects go with the factors where that raises the bound by more than this. */
    private static final double WORTH = 10;

    /** What progress is judged by. */
    private static final int EXPECTED_PASSES = 9;

    private static final int EXPECTED_LAST_PASSES = 7;

    private final PanelSums panel;
    private final LinearAlgebra algebra;
    private final FactorOptions options;
    private final CheckpointStore store;

    /** The form that is fitted, or first the constant form and then the other. */
    private final List<FactorFit> fits = new ArrayList<>();

    private FactorStart start;
    private double gain = Double.NaN;
    private int iterations;

    private FormChoice(
            PanelSums panel, LinearAlgebra algebra, FactorOptions options, CheckpointStore store, FactorStart start) {
        this.panel = panel;
        this.algebra = algebra;
        this.options = options;
        this.store = store;
        this.start = start;
    }

    /** Goes on from the checkpoint that the store holds, if there is one, else from a start of its own. */
    static FormChoice open(PanelSums panel, LinearAlgebra algebra, FactorOptions options, CheckpointStore store) {
        FormChoice resumed = store.load(fields -> {
            FormChoice choice = new FormChoice(panel, algebra, options, store, FactorStart.blank(panel));
            choice.through(fields);
            return choice;
        });
        if (resumed != null) {
            store.resumed(resumed.iterations);
            return resumed;
        }
        FactorStart start = FactorStart.of(panel, algebra, options.rank(panel.allUnits(), panel.periods()));
        return new FormChoice(panel, algebra, options, store, start);
    }

    /**
     * Runs what is left.
     *
     * @param constantEffects the form, {@code null} for the better of both
     */
    FactorFit fit(@Nullable Boolean constantEffects) {
        if (fits.isEmpty()) {
            add(constantEffects == null || constantEffects);
        }
        FitCourse course = panel.view().runner().course();
        course.enter(FitCourse.Stage.FACTORS, constantEffects == null ? .4 : .65, EXPECTED_PASSES);
        fits.get(0).findStructure();
        if (constantEffects == null && Double.isNaN(gain)) {
            if (fits.size() == 1) {
                add(false);
            }
            course.enter(FitCourse.Stage.FACTORS, .68, EXPECTED_PASSES);
            fits.get(1).findStructure();
            gain = fits.get(1).bound() - fits.get(0).bound();
            fits.remove(gain > WORTH ? 0 : 1);
        }
        course.enter(FitCourse.Stage.REFINEMENT, .85, EXPECTED_LAST_PASSES);
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
        store.save(this::through);
    }

    private FactorFit fresh(boolean constantEffects) {
        return new FactorFit(panel, algebra, start, constantEffects, options, () -> {
            iterations++;
            store.save(this::through);
        });
    }

    private void through(CheckpointFields fields) {
        start = start.through(fields);
        gain = fields.number(gain);
        iterations = fields.count(iterations);
        int count = fields.count(fits.size());
        while (fits.size() < count) {
            fits.add(fresh(false));
        }
        fits.forEach(fit -> fit.through(fields));
    }
}
