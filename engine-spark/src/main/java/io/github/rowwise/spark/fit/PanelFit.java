package io.github.rowwise.spark.fit;

import io.github.rowwise.NotIdentifiedException;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.panel.Warning;
import io.github.rowwise.spark.effects.EffectsTable;
import io.github.rowwise.spark.effects.ModelSummary;
import io.github.rowwise.spark.panel.PanelColumns;
import io.github.rowwise.spark.panel.PanelTable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The fit of an estimator to a table, over the partitions of a cluster.
 *
 * @param effects the effects table; persisted
 * @param summary all of the fit except its units
 */
public record PanelFit(Dataset<Row> effects, ModelSummary summary) {

    /**
     * Fits an estimator.
     *
     * @param table one row per unit and period
     * @param columns the table's columns
     * @param storage how outcomes are kept
     * @param partitions number of partitions of the units, 0 for as many as there are cores
     * @param settings the estimator
     * @param checkpointFolder folder that keeps the fit, or {@code null} for none
     * @return the fit
     */
    public static PanelFit of(
            Dataset<?> table,
            PanelColumns columns,
            OutcomeStorage storage,
            int partitions,
            EstimatorSettings settings,
            @Nullable String checkpointFolder) {
        settings.algebra();
        try (PanelTable panel = PanelTable.read(table, columns, storage, partitions)) {
            int arms = panel.armNames().size();
            settings.choice().check(panel.units(), panel.periodNames().size(), panel.armNames());
            AtomicInteger passes = new AtomicInteger();
            SparkFit<DiagnosedEffects, Row> fit = SparkFit.run(
                    panel.blocks(),
                    arms,
                    new EffectsProgram(settings, panel, progress -> passes.set(progress.pass())),
                    shard -> EffectsTable.shardRows(shard.effects()),
                    checkpoints(checkpointFolder, panel, table));
            try {
                UnitEffects result = fit.result().effects();
                requireEstimates(result, arms);
                Dataset<Row> effects = new EffectsTable(arms)
                        .of(
                                table.sparkSession(),
                                fit.rows(),
                                arms,
                                result.factorModel().isPresent());
                return new PanelFit(
                        effects, ModelSummary.of(result, fit.result().warnings(), panel, effects, passes.get()));
            } finally {
                fit.rows().unpersist(false);
            }
        }
    }

    private static @Nullable FitCheckpoints checkpoints(@Nullable String folder, PanelTable panel, Dataset<?> table) {
        return folder == null
                ? null
                : FitCheckpoints.open(
                        folder,
                        panel.blocks().getNumPartitions(),
                        table.sparkSession().sparkContext().hadoopConfiguration());
    }

    private static void requireEstimates(UnitEffects effects, int arms) {
        for (int arm = 1; arm < arms; arm++) {
            if (effects.averages(arm).units() > 0) {
                return;
            }
        }
        throw new NotIdentifiedException(
                effects.warnings().stream().map(Warning::message).collect(Collectors.joining("; ")));
    }
}
