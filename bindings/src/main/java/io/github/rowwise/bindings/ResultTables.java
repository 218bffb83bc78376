package io.github.rowwise.bindings;

import io.github.rowwise.averages.GroupAverage;
import io.github.rowwise.averages.GroupAverages;
import io.github.rowwise.cli.output.ShownAverages;
import io.github.rowwise.cli.output.table.CellFiles;
import io.github.rowwise.cli.output.table.TableColumn;
import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.EventTimeEffect;
import io.github.rowwise.effects.PeriodEffect;
import io.github.rowwise.effects.PreTrend;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.tables.EffectColumn;
import io.github.rowwise.tables.json.AveragesDocument;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Results as tables. Names are those of the program's table and document. */
final class ResultTables {

    private static final List<String> AVERAGES = List.of("ate", "att", "atu", "att_over_cells");

    private ResultTables() {}

    static FrameTable effects(UnitEffects effects, boolean predict) {
        List<EffectColumn> columns = EffectColumn.of(effects, predict);
        FrameTableBuilder table = new FrameTableBuilder(columns.stream()
                .map(column -> new TableColumn(column.name(), column.kind()))
                .toList());
        for (EffectColumn.Row row : EffectColumn.rows(effects)) {
            for (EffectColumn column : columns) {
                table.value(column.kind(), column.value().apply(row));
            }
            table.endRow();
        }
        return table.build();
    }

    static FrameTable averages(UnitEffects effects, ShownAverages shown) {
        List<TableColumn> columns = withArm(effects, List.of());
        columns.add(whole("units"));
        AVERAGES.forEach(name -> FrameTableBuilder.addColumns(columns, name));
        FrameTableBuilder table = new FrameTableBuilder(columns);
        for (int arm = 1; arm < effects.panel().arms(); arm++) {
            arm(table, effects, arm);
            averages(table, shown.lead(arm), effects.confidenceLevel());
            table.endRow();
        }
        return table.build();
    }

    static FrameTable groups(UnitEffects effects, GroupAverages groups, @Nullable String base) {
        List<TableColumn> columns = withArm(effects, List.of());
        columns.add(text("group"));
        columns.add(whole("units"));
        AVERAGES.forEach(name -> FrameTableBuilder.addColumns(columns, name));
        AVERAGES.forEach(name -> FrameTableBuilder.addColumns(columns, "contrast_" + name));
        FrameTableBuilder table = new FrameTableBuilder(columns);
        double level = effects.confidenceLevel();
        for (int arm = 1; arm < effects.panel().arms(); arm++) {
            for (GroupAverage group : groups.averages(arm)) {
                arm(table, effects, arm);
                table.text(group.group());
                averages(table, group.averages(), level);
                AverageEffects contrast = AveragesDocument.contrast(groups, arm, group, base);
                if (contrast == null) {
                    for (int k = 0; k < 4 * AVERAGES.size(); k++) {
                        table.number(Double.NaN);
                    }
                } else {
                    estimates(table, contrast, level);
                }
                table.endRow();
            }
        }
        return table.build();
    }

    static FrameTable byPeriod(UnitEffects effects) {
        List<TableColumn> columns = withArm(effects, List.of(text("period")));
        FrameTableBuilder.addColumns(columns, "effect");
        columns.add(whole("treated_units"));
        FrameTableBuilder table = new FrameTableBuilder(columns);
        for (int arm = 1; arm < effects.panel().arms(); arm++) {
            for (PeriodEffect effect : effects.byPeriod(arm)) {
                table.text(effect.period());
                arm(table, effects, arm);
                table.estimate(effect.effect(), effects.confidenceLevel());
                table.whole(effect.treatedUnits());
                table.endRow();
            }
        }
        return table.build();
    }

    static FrameTable byEventTime(UnitEffects effects) {
        FrameTableBuilder table = new FrameTableBuilder(eventTimeColumns(effects, "effect"));
        for (int arm = 1; arm < effects.panel().arms(); arm++) {
            for (EventTimeEffect effect : effects.byEventTime(arm)) {
                table.whole(effect.eventTime());
                arm(table, effects, arm);
                table.estimate(effect.effect(), effects.confidenceLevel());
                table.whole(effect.cells());
                table.whole(effect.units());
                table.endRow();
            }
        }
        return table.build();
    }

    static FrameTable preTrends(UnitEffects effects) {
        FrameTableBuilder table = new FrameTableBuilder(eventTimeColumns(effects, "residual"));
        for (int arm = 1; arm < effects.panel().arms(); arm++) {
            for (PreTrend trend : effects.preTrends(arm)) {
                table.whole(trend.eventTime());
                arm(table, effects, arm);
                table.estimate(trend.gap(), effects.confidenceLevel());
                table.whole(trend.cells());
                table.whole(trend.units());
                table.endRow();
            }
        }
        return table.build();
    }

    private static List<TableColumn> eventTimeColumns(UnitEffects effects, String name) {
        List<TableColumn> columns = withArm(effects, List.of(whole("event_time")));
        FrameTableBuilder.addColumns(columns, name);
        columns.add(whole("cells"));
        columns.add(whole("units"));
        return columns;
    }

    static FrameTable cells(UnitEffects effects, int firstUnit, int end) {
        FrameTableBuilder table = new FrameTableBuilder(CellFiles.columns(effects.panel()));
        for (int unit = firstUnit; unit < end; unit++) {
            CellFiles.writeUnit(effects, unit, table);
        }
        return table.build();
    }

    private static void averages(FrameTableBuilder table, AverageEffects averages, double level) {
        table.whole(averages.units());
        estimates(table, averages, level);
    }

    private static void estimates(FrameTableBuilder table, AverageEffects averages, double level) {
        table.estimate(averages.ate(), level);
        table.estimate(averages.att(), level);
        table.estimate(averages.atu(), level);
        table.estimate(averages.attOverCells(), level);
    }

    /** As in the effects table, there is a column of the arm if there is more than one treatment. */
    private static List<TableColumn> withArm(UnitEffects effects, List<TableColumn> before) {
        List<TableColumn> columns = new ArrayList<>(before);
        if (effects.panel().arms() > 2) {
            columns.add(text("arm"));
        }
        return columns;
    }

    private static void arm(FrameTableBuilder table, UnitEffects effects, int arm) {
        if (effects.panel().arms() > 2) {
            table.text(effects.panel().armNames().get(arm));
        }
    }

    private static TableColumn text(String name) {
        return new TableColumn(name, EffectColumn.Kind.TEXT);
    }

    private static TableColumn whole(String name) {
        return new TableColumn(name, EffectColumn.Kind.WHOLE);
    }
}
