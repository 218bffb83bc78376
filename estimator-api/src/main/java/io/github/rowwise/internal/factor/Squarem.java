package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.factor.model.CheckpointCodec;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.pass.Sums;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * SQUAREM extrapolation (Varadhan and Roland 2008, doi:10.1111/j.1467-9469.2007.00585.x).
 *
 * <p>The state is represented as a {@link StateVector} of unconstrained coordinates. Step lengths are measured in
 * standard errors. The caller must reject a step that lowers the bound.
 */
final class Squarem {

    private double maxStep = 4;
    private double @Nullable [] start;
    private double @Nullable [] firstStart;
    private double @Nullable [] firstEnd;

    /** Discards the previous iterations, because something else has changed the state. */
    void restart() {
        start = null;
        firstStart = null;
        firstEnd = null;
    }

    /** Discards the previous iterations after a step that lowered the bound, and reduces the maximum step length. */
    void rejectStep() {
        restart();
        maxStep = Math.max(maxStep / 2, 2);
    }

    void exchange(CheckpointCodec fields) {
        maxStep = fields.number(maxStep);
        start = fields.numbersIfAny(start);
        firstStart = fields.numbersIfAny(firstStart);
        firstEnd = fields.numbersIfAny(firstEnd);
    }

    /**
     * Records the state after an iteration. Returns the extrapolated state; {@code null} if the next iteration
     * continues without extrapolation.
     */
    double @Nullable [] accept(FactorState state, PanelCounts panel, boolean mayExtrapolate) {
        double[] end = StateVector.of(state, panel);
        double[] from = start;
        start = end;
        if (!mayExtrapolate || from == null || from.length != end.length) {
            return null;
        }
        double[] previousStart = firstStart;
        double[] previousEnd = firstEnd;
        if (previousStart == null || previousEnd == null || previousStart.length != end.length) {
            firstStart = from;
            firstEnd = end;
            return null;
        }
        double[] step = step(previousStart, previousEnd, from, end, state, panel);
        restart();
        return step;
    }

    private double[] step(double[] x0, double[] x1, double[] x2, double[] x3, FactorState state, PanelCounts panel) {
        double[] scales = StateVector.scales(state, panel);
        double[] shared = new double[2];
        double[] ofUnits = new double[2];
        for (int k = 0; k < x0.length; k++) {
            double r0 = (x1[k] - x0[k]) * scales[k];
            double r1 = (x3[k] - x2[k]) * scales[k];
            double[] squares = k < StateVector.shared(state) ? shared : ofUnits;
            squares[0] += r0 * r0;
            squares[1] += (r1 - r0) * (r1 - r0);
        }
        double[] all = Sums.add(panel.runner().allReduce(ofUnits, Sums::add), shared);
        double length = Math.sqrt(all[0]) / Math.max(Math.sqrt(all[1]), Double.MIN_NORMAL);
        length = Math.min(Math.max(length, 1), maxStep);
        if (length >= maxStep) {
            maxStep *= 2;
        }
        double[] target = Arrays.copyOf(x0, x0.length);
        for (int k = 0; k < x0.length; k++) {
            double r = x1[k] - x0[k];
            double v = x3[k] - x2[k] - r;
            target[k] += 2 * length * r + length * length * v;
        }
        return target;
    }
}
