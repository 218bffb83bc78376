package io.github.rowwise.bindings;

import io.github.rowwise.cli.output.table.EvaluationFiles;
import io.github.rowwise.cli.output.table.SimulationFiles;
import io.github.rowwise.cli.output.table.TableColumn;
import io.github.rowwise.evaluation.Evaluation;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelDiagnostics;
import io.github.rowwise.simulation.SimulatedPanel;
import io.github.rowwise.tables.EffectColumn;
import java.util.ArrayList;
import java.util.List;

/** Panels and evaluations as tables. */
final class PanelTables {

    private PanelTables() {}

    static FrameTable units(Panel panel) {
        List<TableColumn> columns = new ArrayList<>();
        columns.add(new TableColumn("unit", EffectColumn.Kind.TEXT));
        if (panel.arms() > 2) {
            columns.add(new TableColumn("arm", EffectColumn.Kind.TEXT));
        }
        for (String name : List.of("n_treated", "n_control", "n_missing")) {
            columns.add(new TableColumn(name, EffectColumn.Kind.WHOLE));
        }
        columns.add(new TableColumn("propensity", EffectColumn.Kind.NUMBER));
        columns.add(new TableColumn("grade", EffectColumn.Kind.TEXT));
        columns.add(new TableColumn("reason", EffectColumn.Kind.TEXT));
        FrameTableBuilder table = new FrameTableBuilder(columns);
        PanelDiagnostics diagnostics = PanelDiagnostics.of(panel);
        for (int unit = 0; unit < panel.units(); unit++) {
            int observed = 0;
            for (int arm = 0; arm < panel.arms(); arm++) {
                observed += diagnostics.cells(unit, arm);
            }
            for (int arm = 1; arm < panel.arms(); arm++) {
                table.text(panel.unitNames().get(unit));
                if (panel.arms() > 2) {
                    table.text(panel.armNames().get(arm));
                }
                table.whole(diagnostics.cells(unit, arm));
                table.whole(diagnostics.cells(unit, 0));
                table.whole(panel.periods() - observed);
                table.number(diagnostics.propensity(unit, arm));
                table.text(diagnostics.grade(unit, arm).label());
                String reason = diagnostics.reason(unit, arm);
                table.text(reason.isEmpty() ? null : reason);
                table.endRow();
            }
        }
        return table.build();
    }

    static FrameTable accuracy(Evaluation evaluation) {
        FrameTableBuilder table = new FrameTableBuilder(EvaluationFiles.columns(evaluation));
        EvaluationFiles.writeRows(evaluation, table);
        return table.build();
    }

    static FrameTable simulated(SimulatedPanel simulated) {
        FrameTableBuilder table = new FrameTableBuilder(SimulationFiles.panelColumns());
        SimulationFiles.writePanelRows(simulated, table);
        return table.build();
    }

    static FrameTable truth(SimulatedPanel simulated) {
        FrameTableBuilder table = new FrameTableBuilder(SimulationFiles.truthColumns());
        SimulationFiles.writeTruthRows(simulated, table);
        return table.build();
    }
}
