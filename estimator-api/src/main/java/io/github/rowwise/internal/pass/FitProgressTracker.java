package io.github.rowwise.internal.pass;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Tracks the progress of a fit and notifies a listener once per pass over the panel.
 *
 * <p>A pass is reported when all results computed from it are known: when the next pass or stage begins, or when the
 * fit is done. The tracker is confined to the thread of the fit and does not influence the result.
 */
public final class FitProgressTracker {

    /** Stage of a fit. The public API has constants of the same names. */
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
    private boolean isReported = true;

    /**
     * Creates a tracker.
     *
     * @param listener is called after each pass
     */
    public FitProgressTracker(Consumer<FitProgressTracker> listener) {
        this.listener = listener;
    }

    /**
     * Starts a stage. The following passes belong to it.
     *
     * @param share fraction of the total work that is done when the stage ends
     * @param expectedPasses estimated number of passes of the stage; it only affects the reported fraction
     */
    public void enter(Stage next, double share, int expectedPasses) {
        report();
        stage = next;
        begin = end;
        end = share;
        expected = expectedPasses;
        passesOfStage = 0;
    }

    /** Records the current number of factors. */
    public void foundRank(int factors) {
        rank = OptionalInt.of(factors);
    }

    /**
     * Records the change in the last pass, on the scale of the stage. A change that is not finite is reported as
     * unknown.
     */
    public void foundChange(double by) {
        change = Double.isFinite(by) ? OptionalDouble.of(by) : OptionalDouble.empty();
    }

    /** Reports the last pass of the fit. */
    public void done() {
        fraction = 1;
        report();
    }

    void passStarted() {
        report();
        change = OptionalDouble.empty();
    }

    void passFinished() {
        passes++;
        passesOfStage++;
        // A stage with more passes than expected approaches its end without reaching it.
        double within = (double) passesOfStage / (passesOfStage < expected ? Math.max(1, expected) : passesOfStage + 1);
        fraction = Math.max(fraction, begin + (end - begin) * within);
        isReported = false;
    }

    private void report() {
        if (!isReported) {
            isReported = true;
            listener.accept(this);
        }
    }

    public Stage stage() {
        return stage;
    }

    /** Returns the number of completed passes. */
    public int passes() {
        return passes;
    }

    public OptionalInt rank() {
        return rank;
    }

    public OptionalDouble change() {
        return change;
    }

    /** Returns the approximate fraction of the work that is done. It never decreases. */
    public double fraction() {
        return fraction;
    }
}
