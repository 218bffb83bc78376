package io.github.rowwise.tables;

import io.github.rowwise.averages.EffectAverages;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.UnitColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conditions on a column of groups. */
public final class GroupColumn {

    private GroupColumn() {}

    /**
     * Rejects groups that say nothing, before the fit.
     *
     * @param naming how messages name the options
     * @param column the groups of the units
     * @param base the group that others are compared with, or {@code null} for all others together
     * @param table the name of the table, for messages
     * @throws IllegalArgumentException if there is one group, a group per unit, or too many groups, or no group is the base
     */
    public static void check(OptionNaming naming, UnitColumn column, @Nullable String base, String table) {
        List<String> levels = column.levels();
        String where = table + ", column " + Quoted.value(column.name()) + ": ";
        String option = naming.name("group");
        if (levels.size() == 1) {
            throw new IllegalArgumentException(where + "all units are in the group " + Quoted.value(levels.get(0))
                    + "; " + option + " needs two groups or more");
        }
        if (levels.size() == column.units()) {
            throw new IllegalArgumentException(where + "each of the " + column.units()
                    + " units has a group of its own; " + option + " needs groups of several units");
        }
        if (levels.size() > EffectAverages.MAX_GROUPS) {
            throw new IllegalArgumentException(where + levels.size() + " groups, at most " + EffectAverages.MAX_GROUPS
                    + "; name a column with fewer values");
        }
        if (base != null && !levels.contains(base)) {
            throw new IllegalArgumentException(where + "no group " + Quoted.value(base) + " for "
                    + naming.name("group-base") + ". Groups: "
                    + Quoted.list(Suggestions.closestFirst(base, levels)));
        }
    }
}
