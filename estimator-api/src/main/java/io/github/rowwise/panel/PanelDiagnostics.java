package io.github.rowwise.panel;

import io.github.rowwise.internal.assignment.Assignment;
import io.github.rowwise.internal.pass.BlockRunner;
import io.github.rowwise.internal.pass.CellHash;
import io.github.rowwise.internal.pass.FitProgressTracker;
import io.github.rowwise.internal.pass.PanelTotals;
import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.internal.pass.RowBlocks;
import io.github.rowwise.internal.pass.Sums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Diagnostics of a panel before any fit: the pattern of treatment, for each unit and arm the cells, the row propensity and the
 * grade, and signs that outcomes are not what the table says.
 *
 * <p>Takes one pass over the arms, one over the outcomes, and one more over units that look alike. Immutable, and safe for use
 * by several threads.
 *
 * <pre class="example">{@code
 * PanelDiagnostics before = PanelDiagnostics.of(panel);
 * System.out.println(before.pattern() + ", " + before.missingCells() + " cells missing");
 * System.out.println(before.grade(0, 1) + " " + before.reason(0, 1));
 * }</pre>
 */
public final class PanelDiagnostics {

    /** Fewer observed periods than this in an arm make an estimate weak. */
    public static final int FEW_PERIODS = 5;

    /** A row-scaling factor (periods over periods in the arm) above this makes an estimate weak. */
    public static final double LARGE_SCALING = 20;

    /** With this many units or more per treatment path, intervals of averages are too short by a factor of two. */
    private static final double CLUSTERED_UNITS_PER_PATH = 4;

    private final Panel panel;
    private final Assignment assignment;
    private final AssignmentPattern pattern;
    private final PanelTotals totals;
    private final boolean anyEstimable;
    private final List<Warning> ofOutcomes;

    /** By arm. */
    private final double[] extrapolated;

    private PanelDiagnostics(
            Panel panel, Assignment assignment, PanelTotals totals, List<Warning> ofOutcomes, PassRunner runner) {
        this.panel = panel;
        this.ofOutcomes = List.copyOf(ofOutcomes);
        this.assignment = assignment;
        this.pattern = pattern(assignment);
        this.totals = totals;
        this.anyEstimable = runner.allReduce(isAnyEstimableHere(), Boolean::logicalOr);
        this.extrapolated = runner.allReduce(extrapolatedHere(), Sums::add);
    }

    /** The same about a panel with the same assignment. */
    private PanelDiagnostics(PanelDiagnostics known, Panel panel) {
        this.panel = panel;
        this.assignment = known.assignment;
        this.pattern = known.pattern;
        this.totals = known.totals;
        this.anyEstimable = known.anyEstimable;
        this.ofOutcomes = known.ofOutcomes;
        this.extrapolated = known.extrapolated;
    }

    /** Of a whole panel with a known assignment and known warnings, of which those about outcomes are kept. */
    static PanelDiagnostics of(Panel panel, Assignment assignment, List<Warning> warnings) {
        long[] cells = new long[panel.arms()];
        Arrays.setAll(cells, panel::cellsInArm);
        PanelTotals totals = new PanelTotals(panel.units(), cells, panel.largestOutcome());
        try (PassRunner nothingToRead = new BlockRunner(RowBlocks.NONE, 1)) {
            List<Warning> ofOutcomes = warnings.stream()
                    .filter(warning -> OutcomeWarnings.KINDS.contains(warning.kind()))
                    .toList();
            return new PanelDiagnostics(panel, assignment, totals, ofOutcomes, nothingToRead);
        }
    }

    Assignment assignment() {
        return assignment;
    }

    PanelDiagnostics withPanel(Panel other) {
        return new PanelDiagnostics(this, other);
    }

    /**
     * Reads the assignment of a panel, with one thread per processor.
     *
     * @param panel any panel
     * @return its diagnostics
     */
    public static PanelDiagnostics of(Panel panel) {
        try (PassRunner runner = panel.runner(
                Runtime.getRuntime().availableProcessors(), null, new FitProgressTracker(progress -> {}))) {
            return of(panel, runner);
        }
    }

    /** The same on the threads of a fit. */
    static PanelDiagnostics of(Panel panel, PassRunner runner) {
        PanelTotals totals = panel.totals(runner);
        CellHash hash = new CellHash(0, panel.unitNames(), List.of());
        Assignment assignment =
                Assignment.read(panel.units(), totals.units(), panel.periods(), panel.arms(), hash, runner);
        List<Warning> ofOutcomes = OutcomeWarnings.of(panel, totals.units(), runner);
        return new PanelDiagnostics(panel, assignment, totals, ofOutcomes, runner);
    }

    private static AssignmentPattern pattern(Assignment assignment) {
        if (!assignment.varies()) {
            return AssignmentPattern.COMMON_SHOCK;
        }
        if (assignment.switches()) {
            return AssignmentPattern.SWITCHING;
        }
        return assignment.canStartTogether() ? AssignmentPattern.BLOCK : AssignmentPattern.STAGGERED;
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
     * @return one number per arm, control first
     */
    public long[] cellsPerArm() {
        return totals.cellsPerArm().clone();
    }

    /**
     * Returns the number of cells without an outcome.
     *
     * @return 0 or more
     */
    public long missingCells() {
        return (long) totals.units() * panel.periods()
                - Arrays.stream(totals.cellsPerArm()).sum();
    }

    /**
     * Returns the observed periods of a unit in an arm.
     *
     * @param unit index of the unit
     * @param arm the arm, 0 for control
     * @return 0 or more
     */
    public int cells(int unit, int arm) {
        return assignment.cells(Objects.checkIndex(unit, panel.units()), Objects.checkIndex(arm, panel.arms()));
    }

    /**
     * Returns in how many periods no unit was observed in an arm.
     *
     * @param arm the arm, 0 for control
     * @return from 0 to the number of periods
     */
    public int periodsWithout(int arm) {
        return panel.periods() - assignment.periodsWith(Objects.checkIndex(arm, panel.arms()));
    }

    /**
     * Returns the effective number of different treatment paths among the units with cells under treatment and under control:
     * the number of equally large groups, each with a path of its own, in which two units share a path as often as here. Paths
     * are the same if arms differ in less than a tenth of an arm's periods, missing cells aside; units that never return to an
     * arm have a path of their own. Above 500 units it is estimated from about 500 of them.
     *
     * <p>Where treatment is decided for groups of units this is far below their number. What else happens to a group when it is
     * treated then counts as its effect, and intervals of averages, which take units as independent, are too short.
     *
     * @return from 1 to the number of these units; 0 where there are none
     */
    public double effectiveTreatmentPaths() {
        return assignment.effectivePaths();
    }

    /**
     * Returns whether treatment looks as if it was decided for groups of units.
     *
     * @return whether there are four units or more to each of the {@link #effectiveTreatmentPaths()}
     */
    public boolean isClusteredTreatment() {
        return assignment.comparable() >= CLUSTERED_UNITS_PER_PATH * assignment.effectivePaths()
                && assignment.comparable() > 0;
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
     * Returns whether the unit has an observed period in the arm and one under control, and the panel is no common shock.
     *
     * @param unit index of the unit
     * @param arm the arm, 1 or more
     * @return false where nothing is estimated
     */
    public boolean isEstimable(int unit, int arm) {
        return hasBoth(unit, arm) && pattern != AssignmentPattern.COMMON_SHOCK;
    }

    private boolean hasBoth(int unit, int arm) {
        return cells(unit, arm) > 0 && cells(unit, 0) > 0;
    }

    /**
     * Returns whether any unit can be estimated in any arm.
     *
     * @return false where the panel holds no comparison within a unit
     */
    public boolean isAnyEstimable() {
        return anyEstimable;
    }

    Panel panel() {
        return panel;
    }

    /** Of all units, also where only a part of them is here. */
    int allUnits() {
        return totals.units();
    }

    private double[] extrapolatedHere() {
        double[] units = new double[panel.arms()];
        for (int arm = 1; arm < units.length; arm++) {
            for (int unit = 0; unit < panel.units(); unit++) {
                units[arm] += grade(unit, arm) == Grade.EXTRAPOLATED ? 1 : 0;
            }
        }
        return units;
    }

    private boolean isAnyEstimableHere() {
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
     * Returns the grade of a unit's estimate.
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
        if (!hasBoth(unit, arm)) {
            return missingArm(unit, arm);
        }
        if (!isEstimable(unit, arm)) {
            return "in each period all units are in the same arm: a common shock, which identifies nothing";
        }
        StringBuilder reasons = new StringBuilder(stretch(unit, arm));
        for (String weakness : new String[] {weakness(unit, arm), weakness(unit, 0)}) {
            reasons.append(reasons.isEmpty() || weakness.isEmpty() ? "" : "; ").append(weakness);
        }
        return reasons.toString();
    }

    /**
     * Returns what a reader of any estimate from this panel must know of its assignment and its outcomes.
     *
     * @return sentences with their kind; {@link Warning.Kind#NOT_IDENTIFIED} alone if no effect is identified; empty if there is
     *     nothing to warn of
     */
    public List<Warning> warnings() {
        List<Warning> warnings = new ArrayList<>();
        if (!isAnyEstimable()) {
            return List.of(
                    new Warning(
                            Warning.Kind.NOT_IDENTIFIED,
                            "no effect can be estimated from this panel; data are needed in which some units are treated while"
                                    + " others are not, and in which units are observed both under treatment and under control"));
        }
        if (isClusteredTreatment()) {
            warnings.add(
                    new Warning(
                            Warning.Kind.CLUSTERED_TREATMENT,
                            "treatment looks decided for groups of units: " + assignment.comparable()
                                    + " units share courses"
                                    + " of treatment as if there were only about "
                                    + Math.round(effectiveTreatmentPaths())
                                    + ". What else happened to a group while it was treated counts as its effect, and intervals"
                                    + " of averages, which take units as independent, are far too short: average by group, which"
                                    + " takes groups as the units of variation, and compare units within a group where you can"));
        }
        for (int arm = 0; arm < panel.arms(); arm++) {
            addExtrapolated(warnings, arm);
            int unseen = periodsWithout(arm);
            if (unseen > 0) {
                warnings.add(new Warning(
                        Warning.Kind.UNSEEN_PERIODS,
                        "in " + unseen + " of " + panel.periods() + " periods no unit was seen " + where(arm)
                                + ": effects there are extrapolated, and so is every ATE"));
            }
        }
        warnings.addAll(ofOutcomes);
        return List.copyOf(warnings);
    }

    private void addExtrapolated(List<Warning> warnings, int arm) {
        int units = (int) extrapolated[arm];
        if (units > 0) {
            warnings.add(new Warning(
                    Warning.Kind.EXTRAPOLATED_UNITS,
                    units + (units == 1 ? " unit is" : " units are") + " extrapolated"
                            + (panel.arms() == 2 ? "" : " " + where(arm))
                            + ": one arm was seen only in a single stretch at an end of the unit's life, so an average"
                            + " over all periods rests on periods without a comparison; read ATT instead of ATE"));
        }
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
        int start = assignment.spellStart(unit, arm);
        int end = assignment.spellEnd(unit, arm);
        String where = where(arm);
        if (end == Assignment.UNIT_END) {
            return where + " only in one stretch from period '"
                    + panel.periodNames().get(start) + "' to the end";
        }
        if (start == Assignment.UNIT_END) {
            return where + " only in one stretch from the start to period '"
                    + panel.periodNames().get(end) + "'";
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

    /**
     * Describes the assignment.
     *
     * @return the pattern and the number of missing cells
     */
    @Override
    public String toString() {
        return "assignment " + pattern + ", " + missingCells() + " missing cells";
    }
}
