package io.github.rowwise.evaluation;

import io.github.rowwise.internal.assignment.Transitions;
import io.github.rowwise.internal.pass.HidingBlocks;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.Panel;

/**
 * Which control cells around treatments are hidden from a fit: those of the first periods before each start and after each end.
 *
 * <p>At most two thirds of the control cells of the units that have such cells are hidden. If treatments follow each other too closely
 * for that, fewer periods are hidden, and at last only those around every second, fourth, ... treatment of a unit. A unit keeps at
 * least {@link #LEAST_CELLS} control cells, and a period two; otherwise its cells stay.
 */
final class HiddenTransitions implements HidingBlocks.Rule {

    /** A unit with fewer control cells has no prediction worth judging. */
    static final int LEAST_CELLS = 5;

    private static final int LEAST_UNITS = 2;
    private static final int SPARSEST = 16;

    private final int[] positions;
    private final int horizons;
    private final int step;

    /** Control cells of each period that stay. Empty until they are counted, so that no period is spared. */
    private int[] control = new int[0];

    /** Cells of each period that stay, in any arm. */
    private int[] visible = new int[0];

    private int[] hidden = new int[0];

    private HiddenTransitions(int[] positions, int horizons, int step) {
        this.positions = positions;
        this.horizons = horizons;
        this.step = step;
    }

    /** Hides as many periods around treatments as the panel allows, but no more than asked for. */
    static HiddenTransitions of(Panel panel, int most) {
        int[] positions = InternalPanels.positions(panel);
        for (int horizons = most; horizons > 1; horizons--) {
            HiddenTransitions rule = new HiddenTransitions(positions, horizons, 1);
            if (rule.leavesAThird(panel)) {
                return rule.counted(panel);
            }
        }
        for (int step = 1; step < SPARSEST; step *= 2) {
            HiddenTransitions rule = new HiddenTransitions(positions, 1, step);
            if (rule.leavesAThird(panel)) {
                return rule.counted(panel);
            }
        }
        return new HiddenTransitions(positions, 1, SPARSEST).counted(panel);
    }

    /** Number of periods before a start and after an end. */
    int horizons() {
        return horizons;
    }

    /** Hidden cells of a period per cell that stays. */
    double hiddenPerVisible(int period) {
        return hidden[period] / (double) Math.max(1, visible[period]);
    }

    private boolean leavesAThird(Panel panel) {
        long[] counts = new long[2];
        byte[] rest = new byte[positions.length];
        panel.forEachRow((unit, outcomes, arms) -> {
            System.arraycopy(arms, 0, rest, 0, rest.length);
            int all = count(rest);
            mark(unit, rest);
            int kept = count(rest);
            if (kept < all) {
                counts[0] += all - kept;
                counts[1] += all;
            }
        });
        return 3 * counts[0] <= 2 * counts[1];
    }

    private HiddenTransitions counted(Panel panel) {
        int[] controls = new int[positions.length];
        int[] stay = new int[positions.length];
        int[] gone = new int[positions.length];
        byte[] rest = new byte[positions.length];
        panel.forEachRow((unit, outcomes, arms) -> {
            System.arraycopy(arms, 0, rest, 0, rest.length);
            hide(unit, rest);
            for (int j = 0; j < rest.length; j++) {
                controls[j] += rest[j] == 0 ? 1 : 0;
                stay[j] += rest[j] == RowBlock.MISSING ? 0 : 1;
                gone[j] += arms[j] == 0 && rest[j] != 0 ? 1 : 0;
            }
        });
        control = controls;
        visible = stay;
        hidden = gone;
        return this;
    }

    @Override
    public void hide(int unit, byte[] arms) {
        byte[] rest = arms.clone();
        mark(unit, rest);
        for (int j = 0; j < rest.length && control.length > 0; j++) {
            rest[j] = control[j] < LEAST_UNITS ? arms[j] : rest[j];
        }
        int kept = count(rest);
        if (kept >= LEAST_CELLS && 3 * kept >= count(arms)) {
            System.arraycopy(rest, 0, arms, 0, arms.length);
        }
    }

    /** Hides the cells around one in {@code step} treatments of the unit. */
    private void mark(int unit, byte[] arms) {
        int[] before = new int[arms.length];
        int[] after = new int[arms.length];
        Transitions.label(arms, positions, before, after);
        int treatment = unit;
        boolean treated = false;
        for (int j = 0; j < arms.length; j++) {
            if (arms[j] == RowBlock.MISSING) {
                continue;
            }
            // A control cell after a treatment belongs to the start of the next one too.
            treatment += treated && arms[j] == 0 ? 1 : 0;
            treated = arms[j] > 0;
            boolean near = (Transitions.isWithin(before[j], horizons) && treatment % step == 0)
                    || (Transitions.isWithin(after[j], horizons) && (treatment - 1) % step == 0);
            if (arms[j] == 0 && near) {
                arms[j] = RowBlock.MISSING;
            }
        }
    }

    private static int count(byte[] arms) {
        int cells = 0;
        for (byte arm : arms) {
            cells += arm == 0 ? 1 : 0;
        }
        return cells;
    }
}
