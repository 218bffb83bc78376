package io.github.rowwise.cli;

import io.github.rowwise.Centring;
import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.FitListener;
import io.github.rowwise.Noise;
import io.github.rowwise.RankRule;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.effects.EffectsForm;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.evaluation.PanelEvaluation;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.linalg.Backends;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.tables.RankText;
import io.github.rowwise.tables.Suggestions;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** How the estimator goes about it. */
@SuppressWarnings("NullAway.Init") // picocli sets what has a default
final class EstimatorOptions {

    private static final String REFINED = "refined";
    private static final String CENTRED = "Algorithm 1, centred";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--method",
            paramLabel = "NAME",
            defaultValue = REFINED,
            converter = Methods.class,
            completionCandidates = Methods.class,
            description = "The estimator: refined, a shared-factor model with its own standard errors, or spectral,"
                    + " which is Algorithm 1 of arXiv:2605.30319; with refined the latter is reported beside"
                    + " (default: ${DEFAULT-VALUE}).")
    private String method;

    @Option(
            names = "--rank",
            paramLabel = "RULE",
            defaultValue = "auto",
            converter = RankConverter.class,
            completionCandidates = Ranks.class,
            description = "Number of factors of Algorithm 1, or how to choose it: auto (which is sign-flip), sign-flip,"
                    + " eigenvalue-ratio, spectral-gap, held-out, a whole number, or one an arm with control first (3,4)."
                    + " With the refined method a whole number is its own, to start from, factors without support being"
                    + " dropped (default: ${DEFAULT-VALUE}).")
    private RankRule rank;

    @Option(
            names = "--centring",
            paramLabel = "MEANS",
            defaultValue = "two-way",
            converter = Centrings.class,
            completionCandidates = Centrings.class,
            description =
                    "Means that Algorithm 1 takes away first and adds back: two-way, unit, none. As published it has none"
                            + " (default: ${DEFAULT-VALUE}).")
    private Centring centring;

    @Option(
            names = "--noise",
            paramLabel = "NOISE",
            converter = Noises.class,
            completionCandidates = Noises.class,
            description =
                    "Noise of the refined method: ar1, correlated from period to period; iid; or block-jackknife, iid"
                            + " with standard errors from leaving out blocks of periods, a check (default: ar1).")
    private @Nullable Noise noise;

    @Option(
            names = "--effects",
            paramLabel = "FORM",
            converter = Forms.class,
            completionCandidates = Forms.class,
            description = "How a unit's effect may change over time in the refined method: factors, constant, or auto,"
                    + " which fits both and goes by the evidence (default: factors).")
    private @Nullable EffectsForm effects;

    @Option(
            names = "--backend",
            // Not NAME, which is that of --method: the shell would complete both alike.
            paramLabel = "BACKEND",
            completionCandidates = BackendNames.class,
            description = "Linear-algebra backend; see rowwise backends. Default: the best there is.")
    private @Nullable String backend;

    @Option(
            names = "--threads",
            paramLabel = "N",
            converter = ThreadsConverter.class,
            description = "Number of threads; changes the time and nothing else. Default: one a core.")
    private @Nullable Integer threads;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of everything random; the same seed gives the same result (default: ${DEFAULT-VALUE}).")
    private long seed;

    /** A method with all its options. */
    interface Fit {
        UnitEffects of(Panel panel, FitListener listener);

        default UnitEffects of(Panel panel) {
            return of(panel, progress -> {});
        }
    }

    /**
     * The method that was asked for, with a backend that is known to work before the first row is read, and with standard
     * errors of single cells where they are wanted and the method has them.
     */
    Fit fit(double level, boolean cellErrors) {
        return fit(level, cellErrors, null, iterations -> {});
    }

    /**
     * The same with a checkpoint.
     *
     * @param checkpoint where the refined method keeps its fit, {@code null} for nowhere
     * @param resumed hears after how many iterations it goes on from there
     */
    Fit fit(double level, boolean cellErrors, @Nullable Path checkpoint, IntConsumer resumed) {
        if (!method.equals(REFINED)) {
            return listening(spectral().withConfidenceLevel(level));
        }
        FactorModelEstimator refined = refined().withCellErrors(cellErrors).withConfidenceLevel(level);
        FactorModelEstimator kept = checkpoint == null ? refined : refined.withCheckpoint(checkpoint, resumed);
        return (panel, listener) -> kept.withListener(listener).fit(panel);
    }

    /** The factor model: with all its options where it is the method, else with the defaults of its own. */
    FactorModelEstimator model() {
        return method.equals(REFINED) ? refined() : plainModel();
    }

    /** The method that was asked for, in words. */
    String methodName() {
        return method.equals(REFINED) ? "factor model" : algorithm1Name();
    }

    /** The self-test of the method that was asked for, beside Algorithm 1. */
    PanelEvaluation evaluation(double level, int draws) {
        PanelEvaluation evaluation = PanelEvaluation.withDefaults()
                .withModel(model())
                .withMethod(methodName(), fit(level, false)::of)
                .withDraws(draws)
                .withConfidenceLevel(level)
                .withSeed(seed);
        Fit beside = algorithm1(level);
        if (beside != null) {
            return evaluation.withMethod(algorithm1Name(), beside::of);
        }
        return methodName().equals(CENTRED) ? evaluation : evaluation.withMethod(CENTRED, plainSpectral()::fit);
    }

    /** Algorithm 1 with the options given, in words. */
    String algorithm1Name() {
        String means = switch (centring) {
            case TWO_WAY -> ", centred";
            case UNIT -> ", unit means";
            case NONE -> "";
        };
        return "Algorithm 1" + means + (isDefaultRank() || isRankOfRefined() ? "" : ", rank " + rankLabel());
    }

    /** Algorithm 1 with the defaults of its own. */
    SpectralEstimator plainSpectral() {
        return withThreads(SpectralEstimator.withDefaults().withSeed(seed).withBackend(algebra()));
    }

    private FactorModelEstimator plainModel() {
        FactorModelEstimator estimator =
                FactorModelEstimator.withDefaults().withSeed(seed).withBackend(algebra());
        return threads == null ? estimator : estimator.withThreads(threads);
    }

    private FactorModelEstimator refined() {
        FactorModelEstimator estimator = plainModel()
                .withNoise(noise == null ? Noise.AR1 : noise)
                .withEffects(effects == null ? EffectsForm.FACTORS : effects);
        if (!isRankOfRefined()) {
            return estimator;
        }
        int limit = ((RankRule.Fixed) rank).rank(0);
        if (limit == 0) {
            throw new UserInputException("--rank 0: the refined method starts from a number of factors and drops those"
                    + " without support; give auto or a whole number of 1 or more, or use --method spectral");
        }
        return estimator.withRankLimit(limit);
    }

    /** Whether the rank is a whole number for the refined method to start from, and not a rule of Algorithm 1. */
    private boolean isRankOfRefined() {
        return method.equals(REFINED)
                && rank instanceof RankRule.Fixed fixed
                && fixed.ranks().size() == 1;
    }

    /**
     * Algorithm 1 as it is reported beside the refined method, {@code null} where it is the method itself. A whole number
     * as rank is where the refined method starts; Algorithm 1 then finds its own.
     */
    @Nullable
    Fit algorithm1(double level) {
        return method.equals(REFINED)
                ? listening(withOptions(isRankOfRefined() ? RankRule.signFlip() : rank)
                        .withConfidenceLevel(level))
                : null;
    }

    private static Fit listening(SpectralEstimator estimator) {
        return (panel, listener) -> estimator.withListener(listener).fit(panel);
    }

    private SpectralEstimator withOptions(RankRule rule) {
        return plainSpectral().withRank(rule).withCentring(centring);
    }

    private boolean isDefaultRank() {
        return rank.equals(RankRule.signFlip());
    }

    private String rankLabel() {
        return rank instanceof RankRule.Fixed fixed ? fixed.label() : rank.toString();
    }

    private SpectralEstimator withThreads(SpectralEstimator estimator) {
        return threads == null ? estimator : estimator.withThreads(threads);
    }

    /** The spectral estimator. */
    SpectralEstimator spectral() {
        if (method.equals(REFINED) && spec.commandLine().getParseResult().hasMatchedOption("--method")) {
            throw new UserInputException(
                    "--method refined: spectra belong to the spectral method; leave the option out");
        }
        if (noise != null || effects != null) {
            throw new UserInputException((noise != null ? "--noise " + noise.label() : "--effects " + effectsLabel())
                    + ": an option of --method refined; the spectral method has no such choice");
        }
        return withOptions(rank);
    }

    /** The backend that was asked for, else the best there is. */
    LinearAlgebra algebra() {
        return backend == null ? Backends.select() : named(backend);
    }

    long seed() {
        return seed;
    }

    private String effectsLabel() {
        return effects == null ? "" : effects.label();
    }

    private static LinearAlgebra named(String name) {
        List<String> names = Backends.names();
        if (!names.contains(name)) {
            throw new UserInputException("--backend " + Quoted.line(name) + ": no such backend here; there are "
                    + String.join(", ", names) + Suggestions.didYouMean(name, names)
                    + (name.equals(BackendsCommand.ND4J) ? ". " + BackendsCommand.nd4jStep() : ""));
        }
        return Backends.named(name);
    }

    /** Rejects a rank that the panel cannot have. */
    void check(Panel panel) {
        int most = Math.min(panel.units(), panel.periods());
        if (!(rank instanceof RankRule.Fixed fixed)) {
            return;
        }
        if (fixed.ranks().size() != 1 && fixed.ranks().size() != panel.arms()) {
            throw new UserInputException("--rank " + fixed.label() + ": there are " + panel.arms() + " arms "
                    + Quoted.line(panel.armNames().toString())
                    + "; give one rank for all, or one an arm in this order");
        }
        if (fixed.ranks().stream().anyMatch(number -> number > most)) {
            throw new UserInputException("--rank " + fixed.label() + ": with " + panel.units() + " units and "
                    + panel.periods() + " periods the rank can be 0 to " + most);
        }
    }

    /** Rejects predictions where the method makes none. */
    void checkPredicts() {
        if (!method.equals(REFINED)) {
            throw new UserInputException("--predict: the spectral method says nothing of a unit that lacks an arm; use"
                    + " --method refined");
        }
    }

    /** Rejects a checkpoint where the method keeps none. */
    void checkKeepsCheckpoints() {
        if (!method.equals(REFINED)) {
            throw new UserInputException(
                    "--checkpoint: an option of --method refined; the spectral method takes few passes"
                            + " and keeps none");
        }
    }

    /** How many threads may read, 0 for one a core. */
    int threads() {
        return threads == null ? 0 : threads;
    }

    static final class Methods extends Choice<String> {
        Methods() {
            super(List.of(REFINED, "spectral"), method -> method);
        }
    }

    static final class Centrings extends Choice<Centring> {
        Centrings() {
            super(List.of(Centring.TWO_WAY, Centring.UNIT, Centring.NONE), Centring::label);
        }
    }

    static final class Noises extends Choice<Noise> {
        Noises() {
            super(List.of(Noise.values()), Noise::label);
        }
    }

    static final class Forms extends Choice<EffectsForm> {
        Forms() {
            super(List.of(EffectsForm.values()), EffectsForm::label);
        }
    }

    /** The backends that are here, for the shell to complete. */
    static final class BackendNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Backends.names().iterator();
        }
    }

    static final class Ranks extends Choice<String> {
        Ranks() {
            super(RankText.NAMES, rule -> rule);
        }
    }

    static final class RankConverter implements ITypeConverter<RankRule> {
        @Override
        public RankRule convert(String text) {
            try {
                return RankText.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    static final class ThreadsConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return Math.toIntExact(NumberParser.whole(text, 1, 9999));
        }
    }
}
