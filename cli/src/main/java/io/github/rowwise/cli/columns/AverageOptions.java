package io.github.rowwise.cli.columns;

import io.github.rowwise.averages.CellSelection;
import io.github.rowwise.averages.EffectAverages;
import io.github.rowwise.averages.GroupAverages;
import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.cli.input.UnitColumnSpec;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.cli.input.panel.ConditionCells;
import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.ShownAverages;
import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.UnitColumn;
import io.github.rowwise.tables.GroupColumn;
import io.github.rowwise.tables.OptionNaming;
import io.github.rowwise.tables.OptionText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Columns with one value per unit, and averages with weights, by group and over chosen cells. */
public final class AverageOptions {

    private static final String WEIGHTS = "--weights";
    private static final String GROUP = "--group";
    private static final String BASE = "--group-base";
    private static final String ATTRIBUTES = "--attributes";

    @Option(names = WEIGHTS, paramLabel = "COLUMN", description = OptionText.WEIGHTS + ".")
    private @Nullable String weights;

    @Option(names = GROUP, paramLabel = "COLUMN", description = OptionText.GROUP + ".")
    private @Nullable String group;

    @Option(
            names = BASE,
            paramLabel = "GROUP",
            description = "Compare each group of --group with this one instead of with all others.")
    private @Nullable String base;

    @Option(names = ConditionCells.OPTION, paramLabel = "SQL", description = OptionText.AVERAGE_OVER + ".")
    private List<String> conditions = List.of();

    @Option(names = ATTRIBUTES, paramLabel = "COLUMNS", split = ",", description = OptionText.ATTRIBUTES + ".")
    private List<String> attributes = List.of();

    /** Returns whether effects depend on attributes. */
    public boolean hasAttributes() {
        return !attributes.isEmpty();
    }

    /** Returns the attributes of the units, in the order of the option. */
    public List<UnitColumn> attributes(PanelInput input) {
        List<UnitColumn> found = new ArrayList<>();
        for (int k = 0; k < input.unitColumns().size(); k++) {
            if (input.source().unitColumns().get(k).option().equals(ATTRIBUTES)) {
                found.add(input.unitColumns().get(k));
            }
        }
        return found;
    }

    /** Returns the columns to read beside the panel. */
    public List<UnitColumnSpec> columns() {
        List<UnitColumnSpec> columns = new ArrayList<>();
        if (weights != null) {
            columns.add(new UnitColumnSpec(WEIGHTS, weights, UnitColumnSpec.Kind.WEIGHT));
        }
        if (group != null) {
            columns.add(new UnitColumnSpec(GROUP, group, UnitColumnSpec.Kind.LABEL));
        }
        for (String attribute : new LinkedHashSet<>(attributes)) {
            columns.add(new UnitColumnSpec(ATTRIBUTES, attribute.strip(), UnitColumnSpec.Kind.ATTRIBUTE));
        }
        return columns;
    }

    /** Returns the conditions whose cells are averaged over. */
    public List<String> conditions() {
        return List.copyOf(new LinkedHashSet<>(conditions));
    }

    /** Rejects options that the input cannot have. */
    public void check(PanelSource source) {
        String option = weights != null
                ? WEIGHTS
                : group != null
                        ? GROUP
                        : hasAttributes() ? ATTRIBUTES : conditions.isEmpty() ? "" : ConditionCells.OPTION;
        if (base != null && group == null) {
            throw new UserInputException(BASE + " without " + GROUP + "; name the column of the groups");
        }
        if (!option.isEmpty()) {
            requireTable(source, option, !columns().isEmpty());
        }
    }

    /** Rejects an input without the columns of a table. */
    static void requireTable(PanelSource source, String option, boolean isColumn) {
        if (source.origin().isPanelFile()) {
            throw new UserInputException(
                    source.name() + ": " + option
                            + " needs columns of a table, and a panel file keeps those of the panel only; estimate from the table");
        }
        if (isColumn && source.origin().treatments() != null) {
            throw new UserInputException(source.name() + ": " + option
                    + " needs a table with one row per unit and period; with --treatments there is no such column");
        }
    }

    /** Returns the groups if treatment is decided by them, so that they are the units of variation. */
    public @Nullable UnitColumn decidingGroups(UnitEffects effects, PanelInput input) {
        UnitColumn column = input.unitColumn(GROUP);
        return column != null && EffectAverages.of(effects).byGroup(column).isTreatmentByGroup() ? column : null;
    }

    /** Rejects groups that say nothing, before the fit. */
    public void check(PanelInput input) {
        UnitColumn column = input.unitColumn(GROUP);
        if (column == null) {
            return;
        }
        try {
            GroupColumn.check(
                    OptionNaming.COMMAND_LINE, column, base, input.source().name());
        } catch (IllegalArgumentException e) {
            throw new UserInputException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Computes the averages. */
    public ShownAverages compute(UnitEffects effects, @Nullable UnitEffects spectral, PanelInput input, int threads) {
        UnitColumn groups = input.unitColumn(GROUP);
        ShownAverages shown = ShownAverages.of(effects, spectral, input.unitColumn(WEIGHTS), groups, base, threads);
        EffectAverages averages = ShownAverages.averages(effects, input.unitColumn(WEIGHTS), threads);
        return shown.withOverCells(input.conditions().stream()
                .map(cells -> overCells(averages, shown.isByGroup() ? groups : null, cells))
                .toList());
    }

    /** Averages over the cells of a condition; by group if treatment is decided by it and the cells are of several groups. */
    private static ShownAverages.OverCells overCells(
            EffectAverages averages, @Nullable UnitColumn groups, ConditionCells cells) {
        CellSelection selection = CellSelection.all().withCells(cells::includes);
        List<AverageEffects> byUnit = averages.byArm(selection);
        if (groups != null) {
            GroupAverages byGroup = averages.byGroup(groups, selection);
            List<AverageEffects> overall =
                    byUnit.stream().map(of -> byGroup.overallByGroup(of.arm())).toList();
            if (overall.stream()
                    .anyMatch(of -> of.ate().hasStandardError() || of.att().hasStandardError())) {
                return new ShownAverages.OverCells(cells.condition(), cells.cells(), overall, true);
            }
        }
        return new ShownAverages.OverCells(cells.condition(), cells.cells(), byUnit, false);
    }
}
