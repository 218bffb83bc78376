package io.github.rowwise.averages;

import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.text.NearestName;
import io.github.rowwise.internal.text.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Average effects by group of units, contrasts between groups, and averages over all units whose intervals take the groups as the
 * units of variation.
 *
 * <p>If treatment is decided for groups of units ({@link #isTreatmentByGroup()}), what else happens to a group while it is treated
 * counts as its effect. Averages of single groups and their contrasts then have intervals for that effect and whatever came with
 * it; {@link #overallByGroup} has an interval for the average effect of treatment. It is wider too if effects differ between
 * groups, because it is about groups like these rather than about these groups.
 *
 * <p>Immutable, and safe for use by several threads. Arms are counted from 1.
 *
 * <pre class="example">{@code
 * GroupAverages byRegion = EffectAverages.of(effects).byGroup(region);
 * for (GroupAverage group : byRegion.averages(1)) {
 *     System.out.println(group.group() + " " + group.averages().att() + ", than the others " + group.contrast().att());
 * }
 * System.out.println(byRegion.overallByGroup(1).att().interval(0.95));
 * }</pre>
 */
public final class GroupAverages {

    /** From this share on, treatment counts as decided by group. */
    private static final double DECIDED = 0.5;

    private final String column;
    private final List<String> groups;
    private final int arms;
    private final double treatmentShare;
    private final AverageComputation computation;

    /** By treatment: the averages of the fit if they are those of all groups; else empty. */
    private final List<AverageEffects> known;

    GroupAverages(
            String column,
            List<String> groups,
            int arms,
            double treatmentShare,
            AverageComputation computation,
            List<AverageEffects> known) {
        this.known = known;
        this.column = column;
        this.groups = groups;
        this.arms = arms;
        this.treatmentShare = treatmentShare;
        this.computation = computation;
    }

    /**
     * Returns the name of the column of the groups.
     *
     * @return as it was given
     */
    public String column() {
        return column;
    }

    /**
     * Returns the groups.
     *
     * @return their names, immutable, in the order of their first units
     */
    public List<String> groups() {
        return groups;
    }

    /**
     * Returns how far treatment is decided by group: the share of the variance of treatment between the units of a period that is
     * a difference between groups, adjusted for chance.
     *
     * @return at most 1, which means that all units of a group are treated alike; about 0 or less if groups do not matter; NaN if
     *     no group has two units in a period
     */
    public double treatmentShare() {
        return treatmentShare;
    }

    /**
     * Returns whether treatment is decided by group.
     *
     * @return whether {@link #treatmentShare()} is at least a half
     */
    public boolean isTreatmentByGroup() {
        return treatmentShare >= DECIDED;
    }

    /**
     * Returns the averages of each group, and how each differs from all others.
     *
     * @param arm the arm, 1 or more
     * @return one entry per group, in the order of {@link #groups()}
     * @throws IndexOutOfBoundsException if there is no such arm
     */
    public List<GroupAverage> averages(int arm) {
        requireArm(arm);
        List<GroupAverage> averages = new ArrayList<>();
        for (int group = 0; group < groups.size(); group++) {
            averages.add(new GroupAverage(
                    groups.get(group),
                    computation.units(arm, group),
                    computation.group(arm, group),
                    computation.contrast(arm, group)));
        }
        return List.copyOf(averages);
    }

    /**
     * Returns the averages of one group minus those of another.
     *
     * @param arm the arm, 1 or more
     * @param group name of a group
     * @param base name of the group whose averages are subtracted
     * @return the differences, with standard errors that count what errors of both share
     * @throws IllegalArgumentException if there is no such group, with the closest name, or both are the same
     * @throws IndexOutOfBoundsException if there is no such arm
     */
    public AverageEffects contrast(int arm, String group, String base) {
        requireArm(arm);
        if (group.equals(base)) {
            throw new IllegalArgumentException("the group " + Quoted.value(group) + " minus itself: name two groups");
        }
        return computation.contrast(arm, index(group), index(base));
    }

    private int index(String group) {
        int index = groups.indexOf(group);
        if (index < 0) {
            throw new IllegalArgumentException("there is no group " + Quoted.value(group) + " among the "
                    + groups.size() + " groups of " + Quoted.value(column) + NearestName.didYouMean(group, groups));
        }
        return index;
    }

    /**
     * Returns the averages over the units of all groups, with intervals by unit: errors of different units are independent but
     * for what the model shares.
     *
     * @param arm the arm, 1 or more
     * @return the averages; over all cells with equal weights, those of {@link UnitEffects#averages}
     * @throws IndexOutOfBoundsException if there is no such arm
     */
    public AverageEffects overall(int arm) {
        requireArm(arm);
        return known.isEmpty() ? computation.overall(arm) : known.get(arm - 1);
    }

    /**
     * Returns the averages over the units of all groups, with the groups as the units of variation: the variance is that of the
     * groups' averages about the average over all, plus the sampling variance that all groups share. The interval is Student's t
     * with at most the number of groups minus one degrees of freedom; fewer if groups differ in size. It is never narrower than
     * that of {@link #overall}.
     *
     * @param arm the arm, 1 or more
     * @return the averages of {@link #overall} with other standard errors; without, if only one group has such cells
     * @throws IndexOutOfBoundsException if there is no such arm
     */
    public AverageEffects overallByGroup(int arm) {
        requireArm(arm);
        return computation.overallByGroup(arm);
    }

    private void requireArm(int arm) {
        Objects.checkIndex(arm - 1, arms - 1);
    }

    @Override
    public String toString() {
        return "averages by " + Quoted.value(column) + ", " + groups.size() + " groups";
    }
}
