package io.github.rowwise;

import io.github.rowwise.effects.EffectsForm;
import io.github.rowwise.effects.InternalEffects;
import io.github.rowwise.effects.Provenance;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.engine.ShardCheckpoint;
import io.github.rowwise.internal.factor.FactorForm;
import io.github.rowwise.internal.factor.FactorModelFit;
import io.github.rowwise.internal.factor.FactorModelFitter;
import io.github.rowwise.internal.factor.FactorOptions;
import io.github.rowwise.internal.factor.model.CheckpointStore;
import io.github.rowwise.internal.factor.summary.SummaryOptions;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelDiagnostics;
import io.github.rowwise.panel.UnitColumn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Factor model of all arms, fitted to the observed cells only by variational EM.
 *
 * <p>For unit i and period j, in arm a (0 for control), with v<sub>j</sub> = (1, f<sub>j</sub>) and r factors f<sub>j</sub>:
 *
 * <blockquote>
 * y<sub>ij</sub> = ν<sub>j</sub> + v<sub>j</sub>′b<sub>i</sub> + c<sub>j</sub>′g<sub>i</sub> + v<sub>j</sub>′d<sub>ai</sub> +
 * h(k<sub>ij</sub>)′w<sub>ai</sub> + e<sub>ij</sub>, with d<sub>0i</sub> = 0 and w<sub>0i</sub> = 0<br>
 * (b<sub>i</sub>, d<sub>1i</sub>, …, d<sub>Ki</sub>, w<sub>1i</sub>, …, w<sub>Ki</sub>) ~ N(μ, S), g<sub>i</sub> ~ N(0, diag),
 * f<sub>j</sub> ~ N(0, I)<br>
 * e<sub>i</sub> autoregressive of order one within a run without missing cells
 * </blockquote>
 *
 * <p>The known curves c<sub>j</sub> are cosines: each unit has a smooth trend of its own. The onset terms h depend on the number
 * of periods k<sub>ij</sub> since the unit entered the arm, so that an effect may build up or wear off. Both are left out if the
 * panel does not need them. Units that differ in size are fitted in units of their own scales; results are in the outcome's unit.
 *
 * <p>The effect of arm a in a cell is v<sub>j</sub>′d<sub>ai</sub> + h(k<sub>ij</sub>)′w<sub>ai</sub>; in a cell outside of the arm,
 * it is that of the unit's average time since it entered the arm. An arm's ATE_i is its average over all periods, ATT_i over those
 * that the unit was observed in the arm, ATU_i over those under control. Units borrow strength through
 * μ and S, which learn how effects vary and how they go with levels; a factor that the data do not support is dropped, so
 * the rank limit need only be generous, and so is one that a single unit carries, which is that unit's noise. Each unit has
 * its own innovation variance and noise correlation, drawn towards the common ones, and each period a noise scale; outlying
 * residuals are clipped at three standard deviations (Huber).
 *
 * <p>Unlike Algorithm 1 it needs no row-homogeneous assignment: treatment may follow the factors and the level of the
 * outcome. It needs noise that treatment does not follow, and effects that are constant, vary with the factors, or depend on the
 * time since treatment started.
 *
 * <p>Standard errors are of the posterior, with the uncertainty of the prior's mean and of the factors; intervals are
 * Student's. An estimate is shrunk towards the other units, so a single unit's error is not centred on zero.
 *
 * <p>Covariates of the panel have coefficients that all units share, estimated together with the effects by generalised least
 * squares.
 *
 * <p>Any number of arms. Units that lack an arm or control lend their cells to the factors and come, for that arm, with a
 * reason and without a number. Panels of two units or two periods have estimates without standard errors. Cost: 15 to 45 passes over the panel, each of some 3 r² operations per cell and
 * (r (K+1))³ per unit for K arms other than control; memory for some n r (K+1) numbers in addition to the panel.
 *
 * <p>Immutable, and safe for use by several threads. The same panel, options and seed give the same doubles whatever
 * the number of threads.
 *
 * <p>Sources: Tipping and Bishop (1999), doi:10.1111/1467-9868.00196, for the EM of factors; Mundlak (1978),
 * doi:10.2307/1913646, for the factors' prior mean; Huber (1964), doi:10.1214/aoms/1177703732, for outlying cells.
 *
 * <pre class="example">{@code
 * UnitEffects fitted = FactorModelEstimator.withDefaults().withNoise(Noise.AR1).fit(panel);
 * for (UnitEffect effect : fitted.effects()) {
 *     if (effect.ate().isAvailable()) {
 *         System.out.println(effect.unit() + " " + effect.ate().value() + " " + effect.ate().interval(0.95));
 *     }
 * }
 * }</pre>
 */
public final class FactorModelEstimator implements Estimator {

    private static final int RANK_LIMIT = 8;
    private static final double TOLERANCE = 1e-4;
    private static final int MAX_COEFFICIENTS = 256;
    private static final int ITERATIONS = 16;
    private static final int LAST_ITERATIONS = 2;
    private static final String LEVEL = "confidence-level";
    private static final String METHOD = "shared-factor model by variational EM";

    private final int rankLimit;
    private final Noise noise;
    private final EffectsForm form;
    private final boolean cellErrors;
    private final List<UnitColumn> attributes;
    private final @Nullable Checkpoint checkpoint;
    private final RunOptions options;

    private FactorModelEstimator(
            int rankLimit,
            Noise noise,
            EffectsForm form,
            boolean cellErrors,
            List<UnitColumn> attributes,
            @Nullable Checkpoint checkpoint,
            RunOptions options) {
        this.rankLimit = rankLimit;
        this.noise = noise;
        this.form = form;
        this.cellErrors = cellErrors;
        this.attributes = attributes;
        this.checkpoint = checkpoint;
        this.options = options;
    }

    /** The file that a fit is kept in, and a listener that is called when the fit is resumed from it. */
    private record Checkpoint(Path file, IntConsumer resumed) {}

    /**
     * Returns the estimator with at most 8 factors, autoregressive noise, the form of effects that the evidence favours, confidence level 0.95, seed 1,
     * one thread per processor and the backend that {@link io.github.rowwise.linalg.Backends#select()} chooses.
     *
     * @return the defaults
     */
    public static FactorModelEstimator withDefaults() {
        return new FactorModelEstimator(
                RANK_LIMIT, Noise.AR1, EffectsForm.AUTO, false, List.of(), null, RunOptions.DEFAULTS);
    }

    /**
     * Sets the number of factors to start from; those without support are dropped.
     *
     * @param factors 1 or more; a quarter of the smaller of units and periods is the most that is used
     * @return a changed copy
     * @throws IllegalArgumentException if it is below 1
     */
    public FactorModelEstimator withRankLimit(int factors) {
        if (factors < 1) {
            throw new IllegalArgumentException("rank limit " + factors + ": give 1 or more factors to start from");
        }
        return new FactorModelEstimator(factors, noise, form, cellErrors, attributes, checkpoint, options);
    }

    /**
     * Sets how the noise of a unit depends on that of the period before.
     *
     * @param kind the default is {@link Noise#AR1}
     * @return a changed copy
     */
    public FactorModelEstimator withNoise(Noise kind) {
        return new FactorModelEstimator(
                rankLimit, Objects.requireNonNull(kind), form, cellErrors, attributes, checkpoint, options);
    }

    /**
     * Sets how a unit's effect may change over time.
     *
     * @param effects the default is {@link EffectsForm#AUTO}
     * @return a changed copy
     */
    public FactorModelEstimator withEffects(EffectsForm effects) {
        return new FactorModelEstimator(
                rankLimit, noise, Objects.requireNonNull(effects), cellErrors, attributes, checkpoint, options);
    }

    /**
     * Sets whether the effect of each cell gets a standard error. It takes memory for {@code e (e+1) / 2} numbers per unit
     * and treatment, with e coefficients of an effect: one more than factors, or one where effects are constant, and two more
     * with a part that depends on the time since the start of treatment.
     *
     * @param wanted true for {@link UnitEffects#cellEffect} with standard errors
     * @return a changed copy
     */
    public FactorModelEstimator withCellErrors(boolean wanted) {
        return new FactorModelEstimator(rankLimit, noise, form, wanted, attributes, checkpoint, options);
    }

    /**
     * Sets attributes of units that levels and effects may depend on. The prior mean of a unit's coefficients becomes a
     * regression on its attributes, so that units borrow from units like them, and a unit that lacks an arm is predicted from its
     * own attributes. {@link UnitEffects#attributes} then has the dependence of the effects.
     *
     * <p>A number enters linearly. A text enters by one indicator per level other than the most frequent one, its base. A level
     * of a single unit counts as the base, a missing number as average, and attributes that are constant or follow from others
     * are left out; each is a warning of the result.
     *
     * @param ofUnits one value per unit of the panel that is fitted, in its order; the default is none
     * @return a changed copy; {@link #fit} throws {@link io.github.rowwise.panel.InvalidPanelException} if there are more columns
     *     than a quarter of the estimable units, or a value is not given for every unit, and {@link IllegalStateException} for a
     *     shard of a panel
     */
    public FactorModelEstimator withAttributes(List<UnitColumn> ofUnits) {
        return new FactorModelEstimator(rankLimit, noise, form, cellErrors, List.copyOf(ofUnits), checkpoint, options);
    }

    /**
     * Keeps the fit in a file, from which an interrupted fit is resumed. {@link #withCheckpoint(Path, IntConsumer)} also reports
     * that it was.
     *
     * @param file is made anew after each iteration; the default is none
     * @return a changed copy
     */
    public FactorModelEstimator withCheckpoint(Path file) {
        return withCheckpoint(file, iterations -> {});
    }

    /**
     * Keeps the fit in a file, from which an interrupted fit is resumed. After the start and after each iteration, {@link #fit}
     * replaces the file in one step by all that the rest of the fit depends on. If the file exists already, {@link #fit} resumes
     * from it, and the result has the same doubles as without the interruption.
     *
     * <p>The file belongs to the panel, rank limit, noise, form of effects, seed, backend and version of Rowwise;
     * confidence level, threads and errors of cells may change. One that belongs to something else or is damaged is rejected and left as it is.
     * It stays when the fit is done, and the same call then needs the last passes only: delete it once the results are
     * safe. Two fits at a time should not share one. It holds some 10 numbers per unit, in the last phase
     * also the coefficients of every unit, and is not meant for other programs or versions. A process that is killed while it
     * writes leaves a file whose name ends in {@code .part}, which may be deleted.
     *
     * @param file in a folder that takes files; the default is none
     * @param resumed called before the first pass of a fit that is resumed, with the number of iterations that were done, 0 or
     *     more; not called if the fit starts anew
     * @return a changed copy; {@link #fit} may then throw {@link CheckpointException}
     */
    public FactorModelEstimator withCheckpoint(Path file, IntConsumer resumed) {
        Checkpoint kept = new Checkpoint(Objects.requireNonNull(file), Objects.requireNonNull(resumed));
        return new FactorModelEstimator(rankLimit, noise, form, cellErrors, attributes, kept, options);
    }

    /**
     * Sets the confidence level of the intervals that the result reports by itself.
     *
     * @param confidence between 0 and 1
     * @return a changed copy
     * @throws IllegalArgumentException if it is not between 0 and 1
     */
    public FactorModelEstimator withConfidenceLevel(double confidence) {
        return with(options.withConfidenceLevel(confidence));
    }

    /**
     * Sets the seed of the first Krylov vectors, which start the fit of a panel that is not small.
     *
     * @param number any number
     * @return a changed copy
     */
    public FactorModelEstimator withSeed(long number) {
        return with(options.withSeed(number));
    }

    /**
     * Sets the number of threads. The result does not depend on it.
     *
     * @param number 1 or more
     * @return a changed copy
     * @throws IllegalArgumentException if it is below 1
     */
    public FactorModelEstimator withThreads(int number) {
        return with(options.withThreads(number));
    }

    /**
     * Sets the executor that a fit's work runs on, in place of threads of its own. The thread that calls {@link #fit} works
     * too, with up to {@link #withThreads threads} - 1 tasks of the executor at a time. Tasks that a busy executor does not
     * start are done by the calling thread, so that a fit within a task of the same executor cannot block. The result does not
     * depend on the executor.
     *
     * @param executor runs tasks that compute and never wait; it is not shut down
     * @return a changed copy
     */
    public FactorModelEstimator withExecutor(Executor executor) {
        return with(options.withExecutor(executor));
    }

    /**
     * Names the backend. It never falls back to another.
     *
     * @param name such as {@code ejml}
     * @return a changed copy; whether the backend is there shows at {@link #fit}
     */
    public FactorModelEstimator withBackend(String name) {
        return with(options.withBackend(name));
    }

    /**
     * Gives the backend.
     *
     * @param algebra used as it is, without a self-test
     * @return a changed copy
     */
    public FactorModelEstimator withBackend(LinearAlgebra algebra) {
        return with(options.withBackend(algebra));
    }

    /**
     * Registers a listener that is called after each pass. Listeners do not affect the result.
     *
     * @param listener replaces the one before; none by default
     * @return a changed copy
     */
    public FactorModelEstimator withListener(FitListener listener) {
        return with(options.withListener(listener));
    }

    /**
     * Returns the name of the method.
     *
     * @return {@code factor model}
     */
    @Override
    public String name() {
        return "factor model";
    }

    /**
     * Estimates every unit's effects. Interrupt the calling thread to cancel the fit.
     *
     * @param panel a panel of two arms or more
     * @return effects of every unit; those that lack an arm come with a reason and without a number
     * @throws NotIdentifiedException if treatment never varies between units within a period, or no unit has cells in
     *     both arms
     * @throws InvalidPanelException if there are so many arms that a unit has more than 256 coefficients, which is about 20 arms
     *     if effects follow the factors
     * @throws io.github.rowwise.linalg.BackendUnavailableException if no backend can be used
     * @throws CheckpointException if a checkpoint was asked for and cannot be written, or the existing one cannot be resumed
     *     from
     * @throws java.util.concurrent.CancellationException if the thread was interrupted
     */
    @Override
    public UnitEffects fit(Panel panel) {
        try {
            return options.run(METHOD, panel, (view, algebra) -> fit(panel, view, algebra));
        } catch (ArithmeticException e) {
            NotIdentifiedException refused = new NotIdentifiedException(
                    "the factor model finds no finite estimates: the outcomes of " + panel.units() + " units in "
                            + panel.periods()
                            + " periods do not determine them; add units or periods, or use the spectral"
                            + " method");
            refused.initCause(e);
            throw refused;
        }
    }

    private UnitEffects fit(Panel panel, PanelView view, LinearAlgebra algebra) {
        PanelDiagnostics diagnostics = InternalPanels.diagnostics(panel, view.runner());
        IdentificationCheck.require(panel, diagnostics, view.runner());
        FactorForm fitted = FactorForm.valueOf(form.name());
        FactorOptions limits = new FactorOptions(rankLimit, TOLERANCE, ITERATIONS, LAST_ITERATIONS);
        requireFewArms(panel, FactorModelFitter.coefficients(view, fitted, limits));
        List<BitSet> estimable = new ArrayList<>();
        for (int arm = 1; arm < panel.arms(); arm++) {
            BitSet units = new BitSet(panel.units());
            for (int unit = 0; unit < panel.units(); unit++) {
                units.set(unit, diagnostics.isEstimable(unit, arm));
            }
            estimable.add(units);
        }
        AttributeDesign design = design(panel, estimable);
        Provenance provenance = provenance(panel, algebra);
        Covariates covariates = Covariates.of(panel, view, algebra, false);
        FactorModelFit result = FactorModelFitter.fit(
                covariates.use(view).withAttributes(design.values()).spaced(InternalPanels.positions(panel)),
                algebra,
                noise == Noise.AR1,
                fitted,
                limits,
                new SummaryOptions(estimable, cellErrors, noise == Noise.BLOCK_JACKKNIFE),
                store(panel, provenance));
        return InternalEffects.ofFactorModel(
                new InternalEffects.Fit(
                        panel,
                        view,
                        diagnostics,
                        options.confidenceLevel(),
                        provenance,
                        FactorModelResults.warnings(view, result, design, ITERATIONS),
                        covariates.coefficients(result.effects(), view.scale()),
                        covariates.explained(result.effects(), view.scale())),
                result,
                FactorModelResults.averages(result, view, estimable),
                design.effects(
                        result.effects().attributes(),
                        view.scale(),
                        result.effects().averageDegreesOfFreedom()));
    }

    private AttributeDesign design(Panel panel, List<BitSet> estimable) {
        if (!attributes.isEmpty() && !InternalPanels.isWhole(panel)) {
            throw new IllegalStateException(
                    "attributes of units are not possible for a shard of a panel: fit the panel as" + " a whole");
        }
        int fewest = estimable.stream().mapToInt(BitSet::cardinality).min().orElse(0);
        return AttributeDesign.of(attributes, panel.units(), fewest);
    }

    /** The time of an iteration grows with the third power of a unit's coefficients. */
    private static void requireFewArms(Panel panel, int coefficients) {
        if (coefficients > MAX_COEFFICIENTS) {
            throw new InvalidPanelException(
                    panel.arms() + " arms give each unit " + coefficients
                            + " coefficients in the factor model, more than " + MAX_COEFFICIENTS
                            + ": keep fewer levels of the treatment, or take effects that are constant, or the spectral method");
        }
    }

    private CheckpointStore store(Panel panel, Provenance provenance) {
        Checkpoint kept = checkpoint;
        if (kept != null) {
            return new CheckpointFile(kept.file(), belongsTo(provenance), kept.resumed(), () -> {});
        }
        ShardCheckpoint ofPart = InternalPanels.shardCheckpoint(panel);
        return ofPart == null
                ? CheckpointStore.NONE
                : new CheckpointFile(ofPart.file(), belongsTo(provenance), iterations -> {}, ofPart::replaced);
    }

    /** All that the state of a fit follows from. */
    private static Map<String, String> belongsTo(Provenance provenance) {
        Map<String, String> all = new LinkedHashMap<>(provenance.options());
        all.remove(LEVEL);
        all.put("seed", Long.toString(provenance.seed()));
        all.put("backend", provenance.backend() + " " + provenance.backendVersion());
        all.put("version of rowwise", provenance.version());
        all.put("hash of the panel", provenance.dataHash());
        return all;
    }

    /**
     * Describes the estimator.
     *
     * @return its method and the options that change the result
     */
    @Override
    public String toString() {
        return METHOD + ", rank limit " + rankLimit + ", noise " + noise.label() + ", effects " + form.label()
                + ", seed " + options.seed();
    }

    private FactorModelEstimator with(RunOptions changed) {
        return new FactorModelEstimator(rankLimit, noise, form, cellErrors, attributes, checkpoint, changed);
    }

    private Provenance provenance(Panel panel, LinearAlgebra algebra) {
        Map<String, String> chosen = new LinkedHashMap<>();
        chosen.put("rank-limit", Integer.toString(rankLimit));
        chosen.put("noise", noise.label());
        chosen.put("effects", form.label());
        if (!attributes.isEmpty()) {
            chosen.put("attributes", attributes.stream().map(UnitColumn::name).collect(Collectors.joining(", ")));
            chosen.put("hash of the attributes", Integer.toHexString(attributes.hashCode()));
        }
        chosen.put(LEVEL, Double.toString(options.confidenceLevel()));
        return InternalEffects.provenance(
                METHOD, Collections.unmodifiableMap(chosen), options.seed(), algebra.name(), algebra.version(), panel);
    }
}
