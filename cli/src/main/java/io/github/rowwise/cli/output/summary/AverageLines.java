package io.github.rowwise.cli.output.summary;

import io.github.rowwise.averages.GroupAverage;
import io.github.rowwise.averages.GroupAverages;
import io.github.rowwise.cli.output.NumberFormat;
import io.github.rowwise.cli.output.ShownAverages;
import io.github.rowwise.cli.output.TerminalLayout;
import io.github.rowwise.cli.output.TextWidth;
import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.Interval;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.tables.json.AveragesDocument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Formats averages by group and over chosen cells for the terminal. */
final class AverageLines {

    private static final int MAX_GROUPS = 12;

    private final TerminalLayout lines;
    private final ShownAverages averages;
    private final int arm;
    private final boolean leadsWithAtt;
    private final NumberFormat numbers;
    private final double level;

    /** Width of the numbers of groups. */
    private int digits = 1;

    AverageLines(
            TerminalLayout lines,
            ShownAverages averages,
            int arm,
            boolean leadsWithAtt,
            NumberFormat numbers,
            double level) {
        this.lines = lines;
        this.averages = averages;
        this.arm = arm;
        this.leadsWithAtt = leadsWithAtt;
        this.numbers = numbers;
        this.level = level;
    }

    private Estimate headline(AverageEffects of) {
        return leadsWithAtt ? of.att() : of.ate();
    }

    private String measure() {
        return leadsWithAtt ? "ATT" : "ATE";
    }

    /** Adds how the intervals of averages are to be read if there are groups. */
    void addMeaning() {
        GroupAverages groups = averages.groups();
        if (groups == null) {
            return;
        }
        String column = Quoted.plain(groups.column());
        if (averages.isByGroup()) {
            lines.add("treatment was decided by " + column + ", so these intervals take its "
                    + groups.groups().size()
                    + " groups as the units of variation; by unit, that of the " + measure() + " is "
                    + interval(headline(averages.byUnit().get(arm - 1))));
        } else if (averages.isByGroupToo()) {
            lines.add("with the " + groups.groups().size() + " groups of " + column + " as the units of variation, "
                    + measure() + " " + inText(headline(groups.overallByGroup(arm))));
        }
    }

    /** Adds the averages by group, and how each differs from the others or from the base. */
    void addGroups() {
        GroupAverages groups = averages.groups();
        if (groups == null) {
            return;
        }
        String base = averages.base();
        List<GroupAverage> all = new ArrayList<>(groups.averages(arm));
        all.sort(Comparator.comparingDouble((GroupAverage group) -> value(headline(group.averages())))
                .reversed());
        lines.gap()
                .part("Groups")
                .add("of " + Quoted.plain(groups.column()) + ": " + measure() + ", and minus that of "
                        + (base == null ? "all other units" : Quoted.plain(base)));
        digits = all.stream()
                .flatMap(group -> Stream.of(headline(group.averages()), difference(groups, group)))
                .flatMap(this::numbers)
                .mapToInt(number -> numbers.format(number).length())
                .max()
                .orElse(1);
        // Each estimate has its value and both ends of its interval.
        int names = Math.min(
                Math.max(8, lines.width() - 2 * (3 * digits + 7)),
                all.stream()
                        .mapToInt(group -> TextWidth.width(Quoted.line(group.group())))
                        .max()
                        .orElse(1));
        int shown = all.size() <= MAX_GROUPS ? all.size() : MAX_GROUPS / 2;
        all.subList(0, shown).forEach(group -> addGroup(groups, group, names));
        if (shown < all.size()) {
            lines.add("... " + (all.size() - 2 * shown) + " groups between, which JSON and the report have");
            all.subList(all.size() - shown, all.size()).forEach(group -> addGroup(groups, group, names));
        }
        if (averages.isByGroup()) {
            lines.add("these intervals are for the effect on a group and whatever else came with its treatment");
        }
    }

    private static double value(Estimate estimate) {
        return estimate.isAvailable() ? estimate.value() : Double.NEGATIVE_INFINITY;
    }

    private void addGroup(GroupAverages groups, GroupAverage group, int names) {
        Estimate difference = difference(groups, group);
        lines.add(TextWidth.fit(group.group(), names)
                + aligned(headline(group.averages()))
                + (difference.isAvailable() ? aligned(difference) : ""));
    }

    private Estimate difference(GroupAverages groups, GroupAverage group) {
        AverageEffects contrast = AveragesDocument.contrast(groups, arm, group, averages.base());
        return contrast == null ? Estimate.unavailable("the base") : headline(contrast);
    }

    private Stream<Double> numbers(Estimate estimate) {
        if (!estimate.hasStandardError()) {
            return estimate.isAvailable() ? Stream.of(estimate.value()) : Stream.of();
        }
        Interval interval = estimate.interval(level);
        return Stream.of(estimate.value(), interval.lower(), interval.upper());
    }

    /** Adds the averages over chosen cells. */
    void addOverCells() {
        for (ShownAverages.OverCells chosen : averages.overCells()) {
            AverageEffects of = chosen.byArm().get(arm - 1);
            lines.gap()
                    .part("Over")
                    .add(Quoted.plain(chosen.condition()) + ": " + NumberFormat.count(chosen.cells(), "cell") + ", "
                            + NumberFormat.count(of.units(), "unit")
                            + (averages.isByGroup() && !chosen.isByGroup()
                                    ? ", intervals by unit because the cells are of one group"
                                    : ""));
            lines.add("ATE  " + inText(of.ate()) + "  over all of these cells");
            lines.add("ATT  " + inText(of.att()) + "  over the treated ones");
        }
    }

    private String aligned(Estimate estimate) {
        if (!estimate.isAvailable()) {
            return "  not estimable";
        }
        String value = String.format("%" + (digits + 2) + "s", numbers.format(estimate.value()));
        if (!estimate.hasStandardError()) {
            return value + "  (no interval)";
        }
        Interval interval = estimate.interval(level);
        String end = "%" + digits + "s";
        return value
                + String.format(
                        " [" + end + ", " + end + "]",
                        numbers.format(interval.lower()),
                        numbers.format(interval.upper()));
    }

    private String inText(Estimate estimate) {
        return estimate.isAvailable() ? numbers.format(estimate.value()) + " " + interval(estimate) : "not estimable";
    }

    private String interval(Estimate estimate) {
        if (!estimate.hasStandardError()) {
            return "(no interval)";
        }
        Interval interval = estimate.interval(level);
        return "[" + numbers.format(interval.lower()) + ", " + numbers.format(interval.upper()) + "]";
    }
}
