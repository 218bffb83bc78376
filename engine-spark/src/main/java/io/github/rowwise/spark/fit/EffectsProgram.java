package io.github.rowwise.spark.fit;

import io.github.rowwise.FitListener;
import io.github.rowwise.diagnostics.FitDiagnostics;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.engine.Engine;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelShard;
import io.github.rowwise.panel.Warning;
import io.github.rowwise.spark.panel.PanelTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An estimator and the diagnostics of its result, over the shards of a panel. */
public final class EffectsProgram implements ShardProgram<DiagnosedEffects> {

    private static final long serialVersionUID = 1L;

    private final EstimatorSettings settings;
    private final List<String> periods;
    private final List<String> arms;
    private final OutcomeStorage storage;
    private final String fingerprint;

    /** The listener, on the driver only. */
    private final transient @Nullable FitListener listener;

    public EffectsProgram(EstimatorSettings settings, PanelTable panel, FitListener listener) {
        this.settings = settings;
        this.periods = List.copyOf(panel.periodNames());
        this.arms = List.copyOf(panel.armNames());
        this.storage = panel.storage();
        this.fingerprint = panel.fingerprint();
        this.listener = listener;
    }

    @Override
    public DiagnosedEffects run(ShardData part, Engine engine) {
        Panel panel = PanelShard.of(
                part.unitNames(),
                periods,
                arms,
                part.cellsPerArm(),
                part.largestOutcome(),
                storage,
                fingerprint,
                engine);
        UnitEffects effects = settings.fit(panel, listener == null ? progress -> {} : listener);
        // In every shard, because the sums of the diagnostics are over all shards.
        List<Warning> warnings =
                FitDiagnostics.of(effects).withBackend(settings.algebra()).warnings();
        return new DiagnosedEffects(effects, warnings);
    }

    @Override
    public String agreement() {
        return RunFingerprint.of(settings.algebra());
    }
}
