package io.github.rowwise.tables.json;

import io.github.rowwise.averages.GroupAverage;
import io.github.rowwise.averages.GroupAverages;
import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.UnitEffects;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of a document that have averages over units. */
public final class AveragesDocument {

    private AveragesDocument() {}

    /**
     * Returns averages by arm.
     *
     * @param effects the result
     * @param averages averages of each arm, from arm 1 on
     * @return one object per arm, of {@code arm}, {@code units}, {@code ate}, {@code att}, {@code atu} and
     *     {@code att_over_cells}
     */
    public static List<Object> of(UnitEffects effects, List<AverageEffects> averages) {
        List<Object> all = new ArrayList<>();
        for (AverageEffects one : averages) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            members.put("arm", effects.panel().armNames().get(one.arm()));
            members.putAll(members(one, effects.confidenceLevel()));
            all.add(members);
        }
        return all;
    }

    private static Map<String, @Nullable Object> members(AverageEffects averages, double level) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("units", averages.units());
        members.put("ate", JsonValues.estimate(averages.ate(), level));
        members.put("att", JsonValues.estimate(averages.att(), level));
        members.put("atu", JsonValues.estimate(averages.atu(), level));
        members.put("att_over_cells", JsonValues.estimate(averages.attOverCells(), level));
        return members;
    }

    /**
     * Returns averages by group.
     *
     * @param effects the result
     * @param groups the averages
     * @param base the group that others are compared with; {@code null} for all others together
     * @return members {@code column}, {@code treatment_share}, {@code treatment_by_group}, {@code base} and {@code arms}; each arm
     *     has {@code arm}, {@code overall} (intervals by unit), {@code overall_by_group} (intervals with the groups as the units of
     *     variation) and {@code groups}, each with its name, {@code averages} and {@code contrast}, which is {@code null} for the base
     */
    public static Map<String, @Nullable Object> groups(
            UnitEffects effects, GroupAverages groups, @Nullable String base) {
        double level = effects.confidenceLevel();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("column", groups.column());
        members.put("treatment_share", JsonValues.known(groups.treatmentShare()));
        members.put("treatment_by_group", groups.isTreatmentByGroup());
        members.put("base", base);
        List<Object> arms = new ArrayList<>();
        for (int arm = 1; arm < effects.panel().arms(); arm++) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("arm", effects.panel().armNames().get(arm));
            one.put("overall", members(groups.overall(arm), level));
            one.put("overall_by_group", members(groups.overallByGroup(arm), level));
            List<Object> each = new ArrayList<>();
            for (GroupAverage group : groups.averages(arm)) {
                Map<String, @Nullable Object> of = new LinkedHashMap<>();
                of.put("group", group.group());
                of.put("averages", members(group.averages(), level));
                AverageEffects contrast = contrast(groups, arm, group, base);
                of.put("contrast", contrast == null ? null : members(contrast, level));
                each.add(of);
            }
            one.put("groups", each);
            arms.add(one);
        }
        members.put("arms", arms);
        return members;
    }

    /**
     * Returns how a group differs from the base.
     *
     * @param groups the averages
     * @param arm the arm, 1 or more
     * @param group the group
     * @param base the group that others are compared with; {@code null} for all others together
     * @return the contrast; {@code null} for the base itself
     */
    public static @Nullable AverageEffects contrast(
            GroupAverages groups, int arm, GroupAverage group, @Nullable String base) {
        if (base == null) {
            return group.contrast();
        }
        return base.equals(group.group()) ? null : groups.contrast(arm, group.group(), base);
    }
}
