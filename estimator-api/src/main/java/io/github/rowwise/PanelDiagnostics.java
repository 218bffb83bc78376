package io.github.rowwise;

import io.github.rowwise.internal.RowBlock;
import java.util.Arrays;
import java.util.Objects;

/**
 * What the assignment alone tells of a panel, before any fit: the pattern of treatment, and for each unit and arm the
 * cells, the row propensity and the grade.
 *
 * <p>Made with one pass over the arms. Immutable, and safe for use by several threads.
 */
public final class PanelDiagnostics {

    /** Fewer observed periods than this in an arm make an estimate weak. */
    public static final int FEW_PERIODS = 5;

    /** A row-scaling factor (periods over periods in the arm) above this makes an estimate weak. */
    public static final double LARGE_SCALING = 20;

    // In place of an end of a stretch: that it is the end or start of the unit's life, or that there is no single
    // stretch.
    private static final int UNTIL_END = -1;
    private static final int FROM_START = -1;
    private static final int NO_STRETCH = -2;

    private final Panel panel;
    private final AssignmentPattern pattern;
    private final int[] cells;
    private final int[] stretchStart;
    private final int[] stretchEnd;
    private final boolean[][] seenInPeriod;

    private PanelDiagnostics(
            Panel panel,
            AssignmentPattern pattern,
            int[] cells,
            int[] stretchStart,
            int[] stretchEnd,
            boolean[][] seenInPeriod) {
        this.panel = panel;
        this.pattern = pattern;
        this.cells = cells;
        this.stretchStart = stretchStart;
        this.stretchEnd = stretchEnd;
        this.seenInPeriod = seenInPeriod;
    }

    /**
     * Reads the assignment of a panel.
     *
     * @param panel any panel
     * @return its diagnostics
     */
    public static PanelDiagnostics of(Panel panel) {
        int arms = panel.arms();
        int[] cells = new int[panel.units() * arms];
        int[] stretchStart = new int[panel.units() * arms];
        int[] stretchEnd = new int[panel.units() * arms];
        boolean[][] seenInPeriod = new boolean[arms][panel.periods()];
        PatternFinder finder = new PatternFinder(panel.periods());
        for (RowBlock block : panel.blocks()) {
            for (int row = 0; row < block.rows(); row++) {
                int unit = block.firstRow() + row;
                int first = -1;
                int last = -1;
                int[] runs = new int[arms];
                byte previous = RowBlock.MISSING;
                finder.startUnit();
                for (int j = 0; j < block.columns(); j++) {
                    byte arm = block.arms()[row * block.columns() + j];
                    if (arm != RowBlock.MISSING) {
                        int at = unit * arms + arm;
                        if (cells[at]++ == 0) {
                            stretchStart[at] = j;
                        }
                        stretchEnd[at] = j;
                        runs[arm] += arm == previous ? 0 : 1;
                        previous = arm;
                        first = first < 0 ? j : first;
                        last = j;
                        seenInPeriod[arm][j] = true;
                        finder.cell(j, arm);
                    }
                }
                markStretches(unit * arms, runs, first, last, stretchStart, stretchEnd);
            }
        }
        return new PanelDiagnostics(panel, finder.pattern(), cells, stretchStart, stretchEnd, seenInPeriod);
    }

    /**
     * Returns how treatment is spread.
     *
     * @return the pattern
     */
    public AssignmentPattern pattern() {
        return pattern;
    }

    /**
     * Returns the observed cells of each arm.
     *
     * @return one number an arm, control first
     */
    public long[] cellsPerArm() {
        long[] sums = new long[panel.arms()];
        for (int arm = 0; arm < sums.length; arm++) {
            sums[arm] = panel.cellsInArm(arm);
        }
        return sums;
    }

    /**
     * Returns the number of cells without an outcome.
     *
     * @return 0 or more
     */
    public long missingCells() {
        return (long) panel.units() * panel.periods() - panel.observedCells();
    }

    /**
     * Returns the observed periods of a unit in an arm.
     *
     * @param unit index of the unit
     * @param arm the arm, 0 for control
     * @return 0 or more
     */
    public int cells(int unit, int arm) {
        return cells[index(unit, arm)];
    }

    /**
     * Returns in how many periods no unit was observed in an arm.
     *
     * @param arm the arm, 0 for control
     * @return from 0 to the number of periods
     */
    public int periodsWithout(int arm) {
        int periods = 0;
        for (boolean seen : seenInPeriod[Objects.checkIndex(arm, panel.arms())]) {
            periods += seen ? 0 : 1;
        }
        return periods;
    }

    /**
     * Returns the row propensity of a unit: its observed periods in the arm over all periods.
     *
     * @param unit index of the unit
     * @param arm the arm, 0 for control
     * @return from 0 to 1
     */
    public double propensity(int unit, int arm) {
        return (double) cells(unit, arm) / panel.periods();
    }

    /**
     * Returns whether the unit has an observed period in the arm and one under control.
     *
     * @param unit index of the unit
     * @param arm the arm, 1 or more
     * @return false where nothing is estimated
     */
    public boolean isEstimable(int unit, int arm) {
        return cells(unit, arm) > 0 && cells(unit, 0) > 0;
    }

    /**
     * Returns whether any unit can be estimated in any arm.
     *
     * @return false where the panel holds no comparison within a unit
     */
    public boolean isAnyEstimable() {
        for (int unit = 0; unit < panel.units(); unit++) {
            for (int arm = 1; arm < panel.arms(); arm++) {
                if (isEstimable(unit, arm)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Returns what a unit's estimate is worth.
     *
     * @param unit index of the unit
     * @param arm the arm, 1 or more
     * @return the worst grade that applies
     */
    public Grade grade(int unit, int arm) {
        if (!isEstimable(unit, arm)) {
            return Grade.NOT_ESTIMABLE;
        }
        if (!stretch(unit, arm).isEmpty()) {
            return Grade.EXTRAPOLATED;
        }
        return weakness(unit, arm).isEmpty() && weakness(unit, 0).isEmpty() ? Grade.OK : Grade.WEAK;
    }

    /**
     * Returns why a unit has its grade.
     *
     * @param unit index of the unit
     * @param arm the arm, 1 or more
     * @return one sentence, empty for {@link Grade#OK}
     */
    public String reason(int unit, int arm) {
        if (!isEstimable(unit, arm)) {
            return missingArm(unit, arm);
        }
        StringBuilder reasons = new StringBuilder(stretch(unit, arm));
        for (String weakness : new String[] {weakness(unit, arm), weakness(unit, 0)}) {
            reasons.append(reasons.isEmpty() || weakness.isEmpty() ? "" : "; ").append(weakness);
        }
        return reasons.toString();
    }

    private String missingArm(int unit, int arm) {
        int observed = 0;
        for (int a = 0; a < panel.arms(); a++) {
            observed += cells(unit, a);
        }
        if (observed == 0) {
            return "no period with an outcome";
        }
        if (cells(unit, arm) == 0) {
            return "never " + where(arm) + " in a period with an outcome";
        }
        return panel.arms() == 2
                ? "always treated: no control period with an outcome"
                : "never under control in a period with an outcome";
    }

    private String stretch(int unit, int arm) {
        String stretch = stretchOf(unit, arm);
        return stretch.isEmpty() ? stretchOf(unit, 0) : stretch;
    }

    private String stretchOf(int unit, int arm) {
        int at = index(unit, arm);
        String where = where(arm);
        if (stretchEnd[at] == UNTIL_END) {
            return where + " only in one stretch from period '"
                    + panel.periodNames().get(stretchStart[at]) + "' to the end";
        }
        if (stretchStart[at] == FROM_START) {
            return where + " only in one stretch from the start to period '"
                    + panel.periodNames().get(stretchEnd[at]) + "'";
        }
        return "";
    }

    private String weakness(int unit, int arm) {
        int count = cells(unit, arm);
        String where = where(arm);
        if (count < FEW_PERIODS) {
            return "only " + count + (count == 1 ? " period " : " periods ") + where;
        }
        double scaling = (double) panel.periods() / count;
        return scaling > LARGE_SCALING ? "only " + count + " of " + panel.periods() + " periods " + where : "";
    }

    private String where(int arm) {
        if (arm == 0) {
            return "under control";
        }
        return panel.arms() == 2 ? "treated" : "in arm '" + panel.armNames().get(arm) + "'";
    }

    private int index(int unit, int arm) {
        return Objects.checkIndex(unit, panel.units()) * panel.arms() + Objects.checkIndex(arm, panel.arms());
    }

    /** Keeps the ends of an arm's stretch only where it is the arm's only one and lies at an end of the unit's life. */
    private static void markStretches(int at, int[] runs, int first, int last, int[] starts, int[] ends) {
        for (int arm = 0; arm < runs.length; arm++) {
            if (runs[arm] == 1 && ends[at + arm] == last) {
                ends[at + arm] = UNTIL_END;
            } else if (runs[arm] == 1 && starts[at + arm] == first) {
                starts[at + arm] = FROM_START;
            } else {
                starts[at + arm] = NO_STRETCH;
                ends[at + arm] = NO_STRETCH;
            }
        }
    }

    /** Follows every unit's cells to tell the pattern. An entry in a gap counts as wherever in the gap it fits. */
    private static final class PatternFinder {

        private final byte[] armOfPeriod;
        private boolean varies;
        private boolean switches;
        private int lastControl;
        private byte previous;
        private int latestControl = -1;
        private int earliestTreated = Integer.MAX_VALUE;

        PatternFinder(int periods) {
            armOfPeriod = new byte[periods];
            Arrays.fill(armOfPeriod, RowBlock.MISSING);
        }

        void startUnit() {
            lastControl = -1;
            previous = RowBlock.MISSING;
        }

        void cell(int period, byte arm) {
            if (armOfPeriod[period] == RowBlock.MISSING) {
                armOfPeriod[period] = arm;
            }
            varies |= armOfPeriod[period] != arm;
            switches |= previous > 0 && arm != previous;
            if (arm == 0) {
                lastControl = period;
            } else if (previous <= 0) {
                latestControl = Math.max(latestControl, lastControl);
                earliestTreated = Math.min(earliestTreated, period);
            }
            previous = arm;
        }

        AssignmentPattern pattern() {
            if (!varies) {
                return AssignmentPattern.COMMON_SHOCK;
            }
            if (switches) {
                return AssignmentPattern.SWITCHING;
            }
            return latestControl < earliestTreated ? AssignmentPattern.BLOCK : AssignmentPattern.STAGGERED;
        }
    }
}
