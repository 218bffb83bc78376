package io.github.rowwise.internal.pass;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Where a fit stands, for whoever listens. A pass over the panel is told of once all that is computed from it is known: when
 * the next one begins, or the fit is done. Belongs to the thread of the fit, and changes nothing in it.
 */
public final class FitProgressTracker {

    /** What a fit is at; the API has the same names. */
    public enum Stage {
        ASSIGNMENT,
        MEANS,
        SPECTRUM,
        FACTORS,
        OUTLIER_CLIPPING,
        EFFECTS,
        /** Checks of a result; no fit reports it. */
        DIAGNOSTICS
    }

    private final Consumer<FitProgressTracker> listener;
    private Stage stage = Stage.ASSIGNMENT;
    private double begin;
    private double end = .01;
    private int expected = 1;
    private int passesOfStage;
    private int passes;
    private double fraction;
    private OptionalInt rank = OptionalInt.empty();
    private OptionalDouble change = OptionalDouble.empty();
    private boolean isTold = true;

    /** Hears of each pass, from the first on. */
    public FitProgressTracker(Consumer<FitProgressTracker> listener) {
        this.listener = listener;
    }

    /**
     * The passes from now on belong to another stage.
     *
     * @param share of the whole work that is done at its end
     * @param expectedPasses how many passes it may take; more or fewer do no harm
     */
    public void enter(Stage next, double share, int expectedPasses) {
        tell();
        stage = next;
        begin = end;
        end = share;
        expected = expectedPasses;
        passesOfStage = 0;
    }

    /** The number of factors that are in use now. */
    public void foundRank(int factors) {
        rank = OptionalInt.of(factors);
    }

    /** How much the last pass changed, whatever the stage measures. */
    public void foundChange(double by) {
        change = Double.isFinite(by) ? OptionalDouble.of(by) : OptionalDouble.empty();
    }

    /** The last pass was the last of all. */
    public void done() {
        fraction = 1;
        tell();
    }

    void passBegins() {
        tell();
        change = OptionalDouble.empty();
    }

    void passEnds() {
        passes++;
        passesOfStage++;
        // A stage that takes longer than expected draws near to its end and never gets there.
        double within = (double) passesOfStage / (passesOfStage < expected ? Math.max(1, expected) : passesOfStage + 1);
        fraction = Math.max(fraction, begin + (end - begin) * within);
        isTold = false;
    }

    private void tell() {
        if (!isTold) {
            isTold = true;
            listener.accept(this);
        }
    }

    public Stage stage() {
        return stage;
    }

    /** Passes that are finished. */
    public int passes() {
        return passes;
    }

    public OptionalInt rank() {
        return rank;
    }

    public OptionalDouble change() {
        return change;
    }

    /** The share of the work that is done, about; never falls. */
    public double fraction() {
        return fraction;
    }
}
