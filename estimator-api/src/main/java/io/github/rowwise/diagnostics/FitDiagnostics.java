package io.github.rowwise.diagnostics;

import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.linalg.Backends;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Diagnostics of a fitted result, and all warnings that a reader of the result should see.
 *
 * <p>Each part is computed when it is first asked for, and then kept:
 *
 * <table>
 * <caption>Cost of the parts, for n units, m periods and k loadings per unit</caption>
 * <tr><th>part</th><th>passes over the panel</th><th>besides</th></tr>
 * <tr><td>{@link #homogeneity()}</td><td>1</td><td>some tenths of a second per arm</td></tr>
 * <tr><td>{@link #incoherence()}</td><td>0</td><td>(n + m) k² operations per arm</td></tr>
 * <tr><td>{@link #residualCorrelation()}</td><td>1</td><td>n m k operations</td></tr>
 * <tr><td>{@link #carryOver()}</td><td>1</td><td>at most 2000 m k operations</td></tr>
 * <tr><td>{@link #warnings()}, factor model</td><td>1, or 2 with {@link io.github.rowwise.Noise#IID}</td>
 *     <td>incoherence</td></tr>
 * <tr><td>{@link #warnings()}, spectral method</td><td>3</td><td>homogeneity and incoherence</td></tr>
 * </table>
 *
 * <p>What is known without further work is part of the result: {@link UnitEffects#diagnostics()} of the assignment, and
 * {@link UnitEffects#factorModel()}.
 *
 * <p>For the result of a {@link io.github.rowwise.panel.PanelShard shard}, all shards have to ask for the same parts in the same
 * order, before their engine ends. Each then gets the diagnostics of the whole panel; they agree with those of the panel in one
 * process to 1e-8. Parts that read the panel take one thread. An interrupt of the thread ends a pass with a {@link
 * java.util.concurrent.CancellationException}. Safe for use by several threads.
 *
 * <pre class="example">{@code
 * FitDiagnostics diagnostics = FitDiagnostics.of(effects);
 * for (Warning warning : diagnostics.warnings()) {
 *     System.err.println(warning.kind() + ": " + warning.message());
 * }
 * }</pre>
 */
public final class FitDiagnostics {

    private final UnitEffects effects;
    private final Supplier<LinearAlgebra> backend;
    private final long seed;

    // Guarded by this.
    private @Nullable List<RowHomogeneity> homogeneity;
    private @Nullable List<Optional<ArmIncoherence>> incoherence;
    private @Nullable ResidualCorrelation residualCorrelation;
    private @Nullable CarryOver carryOver;

    private FitDiagnostics(UnitEffects effects, Supplier<LinearAlgebra> backend, long seed) {
        this.effects = effects;
        this.backend = backend;
        this.seed = seed;
    }

    /**
     * The incoherence of an arm's completed outcomes.
     *
     * @param value the incoherence
     * @param unitName name of the unit that attains it, in whichever shard it is
     */
    record ArmIncoherence(Incoherence value, String unitName) {}

    /**
     * Prepares the diagnostics of a result, with the seed of its fit and the default backend. Computes nothing.
     *
     * @param effects a result
     * @return its diagnostics
     */
    public static FitDiagnostics of(UnitEffects effects) {
        return new FitDiagnostics(
                effects, Backends::select, effects.provenance().seed());
    }

    /**
     * Sets the backend of {@link #incoherence()}.
     *
     * @param algebra the backend
     * @return a changed copy, without what was computed
     */
    public FitDiagnostics withBackend(LinearAlgebra algebra) {
        Objects.requireNonNull(algebra, "algebra");
        return new FitDiagnostics(effects, () -> algebra, seed);
    }

    /**
     * Sets the seed of {@link #homogeneity()}.
     *
     * @param number any number
     * @return a changed copy, without what was computed
     */
    public FitDiagnostics withSeed(long number) {
        return new FitDiagnostics(effects, backend, number);
    }

    /**
     * Returns whether propensities move over time.
     *
     * @return one test per arm, from arm 1 on
     */
    public synchronized List<RowHomogeneity> homogeneity() {
        if (homogeneity == null) {
            homogeneity = RowHomogeneity.ofTreatments(effects.panel(), seed);
        }
        return homogeneity;
    }

    /**
     * Returns how much of each arm's completed outcomes rests on single units and periods.
     *
     * @return one entry per arm, control first; empty for an arm of which nothing was estimated, or only zeros
     */
    public List<Optional<Incoherence>> incoherence() {
        return armIncoherence().stream()
                .map(arm -> arm.map(ArmIncoherence::value))
                .toList();
    }

    /**
     * Returns the correlation of the residuals from one period to the next.
     *
     * @return the correlation over all arms
     */
    public synchronized ResidualCorrelation residualCorrelation() {
        if (residualCorrelation == null) {
            residualCorrelation = ResidualCorrelation.of(effects);
        }
        return residualCorrelation;
    }

    /**
     * Returns how outcomes differ from the model in the first periods after treatment ends.
     *
     * @return the differences over all arms
     */
    public synchronized CarryOver carryOver() {
        if (carryOver == null) {
            carryOver = CarryOver.of(effects);
        }
        return carryOver;
    }

    /**
     * Returns all warnings: those of the fit and of the assignment ({@link UnitEffects#warnings()}), and those that follow from
     * these diagnostics. Messages name no option of a program.
     *
     * @return first those of the fit, then those of the assignment, outcomes, propensities, residuals, noise, periods after
     *     treatment, units and periods; empty if there is nothing to warn of
     */
    public List<Warning> warnings() {
        return FitWarnings.of(effects, this);
    }

    synchronized List<Optional<ArmIncoherence>> armIncoherence() {
        if (incoherence == null) {
            incoherence = armIncoherence(effects, backend.get());
        }
        return incoherence;
    }

    private static List<Optional<ArmIncoherence>> armIncoherence(UnitEffects effects, LinearAlgebra algebra) {
        Panel panel = effects.panel();
        List<Optional<ArmIncoherence>> arms = new ArrayList<>();
        try (PassRunner runner = SequentialPass.open(panel)) {
            for (int arm = 0; arm < panel.arms(); arm++) {
                ShardLeverages shard = new ShardLeverages(effects.outcomeMatrix(arm), panel.unitNames()::get, algebra);
                arms.add(shard.join(runner.allReduce(shard.triangles(), ShardLeverages::append))
                        .map(directions -> {
                            ShardLeverages.UnitLeverage largest =
                                    runner.allReduce(directions.largestUnit(), ShardLeverages.UnitLeverage::larger);
                            return new ArmIncoherence(directions.incoherence(largest), largest.unit());
                        }));
            }
        }
        return List.copyOf(arms);
    }
}
