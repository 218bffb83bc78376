package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.diagnostics.RowHomogeneity;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.evaluation.DifferenceOfMeans;
import io.github.rowwise.evaluation.TwoWayFixedEffects;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelCells;
import io.github.rowwise.panel.PanelDiagnostics;
import io.github.rowwise.panel.PanelFile;
import io.github.rowwise.simulation.PanelSimulation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where and how cells are kept changes no estimate, but for the rounding of outcomes to floats. */
@Tag("slow")
class StorageTest {

    private static final Panel PANEL = PanelSimulation.withDefaults()
            .withSize(900, 210)
            .withMissing(0.1)
            .generate()
            .panel();

    private static final List<Function<Panel, UnitEffects>> METHODS = List.of(
            FactorModelEstimator.withDefaults()
                    .withBackend("ejml")
                    .withThreads(3)
                    .withCellErrors(true)::fit,
            SpectralEstimator.withDefaults().withBackend("ejml").withThreads(1)::fit);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void aPanelInAFileGivesTheSameDoubles(OutcomeStorage storage) {
        Panel inMemory = kept(storage);
        Path path = folder.resolve("panel.rowwise");
        PanelFile.write(inMemory, path, storage);
        try (PanelFile file = PanelFile.open(path)) {
            for (Function<Panel, UnitEffects> method : METHODS) {
                assertThat(numbers(method.apply(file.panel()))).isEqualTo(numbers(method.apply(inMemory)));
            }
            assertThat(beside(file.panel())).isEqualTo(beside(inMemory));
        }
    }

    @Test
    void floatsChangeEstimatesByTheirRounding() {
        Panel floats = kept(OutcomeStorage.FLOAT);
        for (Function<Panel, UnitEffects> method : METHODS) {
            double[] exact = array(numbers(method.apply(PANEL)));
            double[] rounded = array(numbers(method.apply(floats)));
            assertThat(Tables.distance(rounded, exact)).isPositive().isLessThan(1e-5);
        }
    }

    private static Panel kept(OutcomeStorage storage) {
        PanelCells cells = Panel.cells(PANEL.unitNames(), PANEL.periodNames(), PANEL.armNames(), storage);
        for (int unit = 0; unit < PANEL.units(); unit++) {
            for (int period = 0; period < PANEL.periods(); period++) {
                cells.set(unit, period, PANEL.arm(unit, period), PANEL.outcome(unit, period));
            }
        }
        return cells.build();
    }

    /** What is computed of a panel besides the estimators. */
    private static List<Object> beside(Panel panel) {
        PanelDiagnostics diagnostics = PanelDiagnostics.of(panel);
        return List.of(
                diagnostics.pattern(),
                diagnostics.grade(7, 1),
                RowHomogeneity.of(panel, 1, 5).toString(),
                List.of(box(TwoWayFixedEffects.effects(panel, 1)), box(DifferenceOfMeans.effects(panel, 1))));
    }

    private static List<Double> box(double[] values) {
        List<Double> list = new ArrayList<>();
        for (double value : values) {
            list.add(value);
        }
        return list;
    }

    private static List<Double> numbers(UnitEffects effects) {
        List<Double> numbers = new ArrayList<>();
        for (UnitEffect unit : effects.effects()) {
            for (Estimate estimate : List.of(unit.ate(), unit.att(), unit.atu())) {
                numbers.add(estimate.isAvailable() ? estimate.value() : -1e-3);
                numbers.add(estimate.hasStandardError() ? estimate.standardError() : -1e-3);
            }
        }
        return numbers;
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(x -> x).toArray();
    }
}
