package io.github.rowwise.cli;

import io.github.rowwise.Centring;
import io.github.rowwise.Noise;
import io.github.rowwise.RankRule;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.cli.estimation.EstimatorRun;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.cli.value.Choice;
import io.github.rowwise.cli.value.NumberParser;
import io.github.rowwise.effects.EffectsForm;
import io.github.rowwise.evaluation.PanelCheck;
import io.github.rowwise.evaluation.PanelEvaluation;
import io.github.rowwise.linalg.Backends;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.UnitColumn;
import io.github.rowwise.tables.EstimatorChoice;
import io.github.rowwise.tables.Method;
import io.github.rowwise.tables.OptionNaming;
import io.github.rowwise.tables.OptionText;
import io.github.rowwise.tables.RankText;
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

/** The method and its options. */
@SuppressWarnings("NullAway.Init") // picocli sets what has a default
final class EstimatorOptions {

    private static final String DEFAULT = " (default: ${DEFAULT-VALUE}).";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--method",
            paramLabel = "NAME",
            defaultValue = "factor-model",
            converter = Methods.class,
            completionCandidates = Methods.class,
            description = OptionText.METHOD + "; with factor-model the summary shows both" + DEFAULT)
    private Method method;

    @Option(
            names = "--rank",
            paramLabel = "RULE",
            defaultValue = RankText.AUTO,
            converter = RankConverter.class,
            completionCandidates = Ranks.class,
            description = OptionText.RANK + DEFAULT)
    private RankRule rank;

    @Option(
            names = "--centring",
            paramLabel = "MEANS",
            defaultValue = "two-way",
            converter = Centrings.class,
            completionCandidates = Centrings.class,
            description = OptionText.CENTRING + DEFAULT)
    private Centring centring;

    @Option(
            names = "--noise",
            paramLabel = "NOISE",
            converter = Noises.class,
            completionCandidates = Noises.class,
            description = OptionText.NOISE + " (default: ar1).")
    private @Nullable Noise noise;

    @Option(
            names = "--effects",
            paramLabel = "FORM",
            converter = Forms.class,
            completionCandidates = Forms.class,
            description = OptionText.EFFECTS + " (default: auto).")
    private @Nullable EffectsForm effects;

    @Option(
            names = "--backend",
            // Not NAME, which is that of --method: the shell would complete both alike.
            paramLabel = "BACKEND",
            completionCandidates = BackendNames.class,
            description = OptionText.BACKEND + "; see rowwise backends. Default: the best one there is.")
    private @Nullable String backend;

    @Option(
            names = "--threads",
            paramLabel = "N",
            converter = ThreadsConverter.class,
            description = ThreadsConverter.DESCRIPTION)
    private @Nullable Integer threads;

    /** Attributes of the units of the panel, once it has been read. */
    private List<UnitColumn> attributes = List.of();

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = OptionText.SEED + DEFAULT)
    private long seed;

    /** Returns the chosen method. Its backend is known to work before the first row is read. */
    EstimatorRun.Fit fit(double confidenceLevel) {
        return fit(confidenceLevel, false, null, iterations -> {});
    }

    /**
     * Returns the chosen method.
     *
     * @param confidenceLevel the confidence level
     * @param cellErrors whether single cells get standard errors, if the method has them
     * @param checkpoint the file in which the factor model keeps its fit, or {@code null} for none
     * @param resumed is called with the number of iterations that the checkpoint has
     */
    EstimatorRun.Fit fit(double confidenceLevel, boolean cellErrors, @Nullable Path checkpoint, IntConsumer resumed) {
        EstimatorRun run = run(confidenceLevel);
        // The attributes are known once the table has been read.
        return (panel, listener) -> run.withAttributes(attributes)
                .fit(cellErrors, checkpoint, resumed)
                .of(panel, listener);
    }

    private EstimatorRun run(double confidenceLevel) {
        return new EstimatorRun(choice(), algebra(), threads(), seed, confidenceLevel, attributes);
    }

    /** Sets the attributes of the units for fits from now on. */
    void useAttributes(List<UnitColumn> ofUnits) {
        attributes = List.copyOf(ofUnits);
    }

    /** Rejects attributes if the method has none. */
    void checkTakesAttributes() {
        try {
            method.requireFactorModel(OptionNaming.COMMAND_LINE, "attributes");
        } catch (IllegalArgumentException e) {
            throw new UserInputException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Returns the self-test of the chosen method, with the spectral method for comparison. */
    PanelEvaluation evaluation(double confidenceLevel, int draws) {
        return run(confidenceLevel).evaluation(draws);
    }

    /** Returns the check of the chosen method, which is compared with the spectral method. */
    PanelCheck check(double confidenceLevel) {
        return run(confidenceLevel).check();
    }

    /** Rejects a panel that cannot be checked. */
    void checkCheckable(Panel panel) {
        if (!panel.covariateNames().isEmpty()) {
            throw new UserInputException(
                    "--covariates: checks of a panel with covariates are not available; leave the option" + " out");
        }
    }

    /** Returns the spectral method that accompanies the factor model, or {@code null} if it is the method itself. */
    EstimatorRun.@Nullable Fit accompanyingSpectral(double confidenceLevel) {
        return run(confidenceLevel).accompanyingSpectral();
    }

    /** Returns the spectral method for an inspection, which needs no estimates. */
    SpectralEstimator spectral() {
        if (method == Method.FACTOR_MODEL && spec.commandLine().getParseResult().hasMatchedOption("--method")) {
            throw new UserInputException(
                    "--method factor-model: spectra belong to the spectral method; leave the option out");
        }
        return new EstimatorRun(choice(Method.SPECTRAL), algebra(), threads(), seed, 0.95, List.of()).spectral();
    }

    private EstimatorChoice choice() {
        return choice(method);
    }

    private EstimatorChoice choice(Method of) {
        try {
            return new EstimatorChoice(OptionNaming.COMMAND_LINE, of, rank, centring, noise, effects);
        } catch (IllegalArgumentException e) {
            throw new UserInputException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Returns the chosen backend. */
    LinearAlgebra algebra() {
        try {
            return EstimatorChoice.backend(OptionNaming.COMMAND_LINE, backend);
        } catch (IllegalArgumentException e) {
            throw new UserInputException(
                    e.getMessage() + (BackendsCommand.ND4J.equals(backend) ? ". " + BackendsCommand.nd4jStep() : ""),
                    e);
        }
    }

    long seed() {
        return seed;
    }

    /** Rejects a rank that the panel cannot have. */
    void check(Panel panel) {
        new EstimatorChoice(OptionNaming.COMMAND_LINE, Method.SPECTRAL, rank, centring, null, null)
                .check(panel.units(), panel.periods(), panel.armNames());
    }

    /** Rejects predictions if the method makes none. */
    void checkPredicts() {
        if (method == Method.SPECTRAL) {
            throw new UserInputException(
                    "--predict: the spectral method says nothing about a unit that lacks an arm; use"
                            + " --method factor-model");
        }
    }

    /** Rejects the spectral method, which has no posterior to choose units by. */
    void checkHasPosterior() {
        if (method == Method.SPECTRAL) {
            throw new UserInputException(
                    "--method spectral: units are chosen by their posteriors, and the spectral method has"
                            + " none; use --method factor-model");
        }
    }

    /** Rejects a checkpoint if the method keeps none. */
    void checkKeepsCheckpoints() {
        try {
            method.requireFactorModel(OptionNaming.COMMAND_LINE, "checkpoint");
        } catch (IllegalArgumentException e) {
            throw new UserInputException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Returns the number of threads for reading, 0 for one per core. */
    int threads() {
        return threads == null ? 0 : threads;
    }

    /** Converts the names of methods, including old ones; the shell completes only the current ones. */
    static final class Methods implements ITypeConverter<Method>, Iterable<String> {
        @Override
        public Method convert(String text) {
            try {
                return Method.of(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }

        @Override
        public Iterator<String> iterator() {
            return Method.labels().iterator();
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

    /** The backends on the class path, for the shell to complete. */
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

        static final String DESCRIPTION = "Number of threads; affects nothing but the time. Default: one per core.";

        @Override
        public Integer convert(String text) {
            return Math.toIntExact(NumberParser.whole(text, 1, 9999));
        }
    }
}
