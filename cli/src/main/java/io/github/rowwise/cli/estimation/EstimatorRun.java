package io.github.rowwise.cli.estimation;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.FitListener;
import io.github.rowwise.RankRule;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.evaluation.PanelCheck;
import io.github.rowwise.evaluation.PanelEvaluation;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.UnitColumn;
import io.github.rowwise.tables.EstimatorChoice;
import io.github.rowwise.tables.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A method with its options and all that a run adds to them.
 *
 * @param choice the method with its options
 * @param algebra the backend
 * @param threads number of threads, 0 for one per core
 * @param seed seed of all random numbers
 * @param confidenceLevel the confidence level
 * @param attributes attributes of the units, on which the factor model's effects may depend
 */
public record EstimatorRun(
        EstimatorChoice choice,
        LinearAlgebra algebra,
        int threads,
        long seed,
        double confidenceLevel,
        List<UnitColumn> attributes) {

    private static final String SPECTRAL = "spectral";
    private static final String CENTRED = SPECTRAL + ", centred";

    /** A method with all its options. */
    public interface Fit {

        /**
         * Fits a panel.
         *
         * @param panel the panel
         * @param listener is called after each pass
         * @return the result
         */
        UnitEffects of(Panel panel, FitListener listener);

        /**
         * Fits a panel.
         *
         * @param panel the panel
         * @return the result
         */
        default UnitEffects of(Panel panel) {
            return of(panel, progress -> {});
        }
    }

    /** Keeps a copy of the list. */
    public EstimatorRun {
        attributes = List.copyOf(attributes);
    }

    /**
     * Sets the attributes of the units.
     *
     * @param ofUnits the attributes
     * @return a changed copy
     */
    public EstimatorRun withAttributes(List<UnitColumn> ofUnits) {
        return new EstimatorRun(choice, algebra, threads, seed, confidenceLevel, ofUnits);
    }

    /**
     * Returns the chosen method.
     *
     * @return the method
     */
    public Fit fit() {
        return fit(false, null, iterations -> {});
    }

    /**
     * Returns the chosen method.
     *
     * @param cellErrors whether single cells get standard errors, if the method has them
     * @param checkpoint the file in which the factor model keeps its fit, or {@code null} for none
     * @param resumed is called with the number of iterations that the checkpoint has
     * @return the method
     */
    public Fit fit(boolean cellErrors, @Nullable Path checkpoint, IntConsumer resumed) {
        if (choice.method() == Method.SPECTRAL) {
            return listening(withRun(choice.spectral()).withConfidenceLevel(confidenceLevel));
        }
        FactorModelEstimator model =
                withRun(choice.factorModel()).withCellErrors(cellErrors).withConfidenceLevel(confidenceLevel);
        FactorModelEstimator kept = checkpoint == null ? model : model.withCheckpoint(checkpoint, resumed);
        return (panel, listener) ->
                kept.withAttributes(attributes).withListener(listener).fit(panel);
    }

    /**
     * Returns the spectral method that accompanies the factor model.
     *
     * @return the method, or {@code null} if the spectral method is the chosen one
     */
    public @Nullable Fit accompanyingSpectral() {
        return choice.method() == Method.FACTOR_MODEL
                ? listening(withRun(choice.spectral()).withConfidenceLevel(confidenceLevel))
                : null;
    }

    /**
     * Returns the spectral method with the options of the run.
     *
     * @return the estimator
     */
    public SpectralEstimator spectral() {
        return withRun(choice.spectral());
    }

    /**
     * Returns the self-test of the chosen method, with the spectral method for comparison.
     *
     * @param draws number of draws
     * @return the self-test
     */
    public PanelEvaluation evaluation(int draws) {
        FactorModelEstimator drawnFrom = withRun(
                        choice.method() == Method.FACTOR_MODEL
                                ? choice.factorModel()
                                : FactorModelEstimator.withDefaults())
                .withAttributes(attributes);
        PanelEvaluation evaluation = PanelEvaluation.withDefaults()
                .withModel(drawnFrom)
                .withMethod(methodName(), fit()::of)
                .withDraws(draws)
                .withConfidenceLevel(confidenceLevel)
                .withSeed(seed);
        Fit spectral = accompanyingSpectral();
        if (spectral != null) {
            return evaluation.withMethod(spectralName(), spectral::of);
        }
        return methodName().equals(CENTRED)
                ? evaluation
                : evaluation.withMethod(CENTRED, withRun(SpectralEstimator.withDefaults()));
    }

    /**
     * Returns the check of the chosen method, which is compared with the spectral method.
     *
     * @return the check
     */
    public PanelCheck check() {
        Fit spectral = accompanyingSpectral();
        return PanelCheck.withDefaults()
                .withEstimator(fit()::of)
                .withComparisons(
                        spectral == null
                                ? Map.of("factor model", withRun(FactorModelEstimator.withDefaults()))
                                : Map.of("spectral method", spectral::of))
                .withConfidenceLevel(confidenceLevel)
                .withSeed(seed);
    }

    private String methodName() {
        return choice.method() == Method.FACTOR_MODEL ? "factor model" : spectralName();
    }

    private String spectralName() {
        String means = switch (choice.centring()) {
            case TWO_WAY -> ", centred";
            case UNIT -> ", unit means";
            case NONE -> "";
        };
        RankRule rank = choice.rank();
        boolean isDefaultRank = rank.equals(RankRule.signFlip()) || choice.isRankLimit();
        String label = rank instanceof RankRule.Fixed fixed ? fixed.label() : rank.toString();
        return SPECTRAL + means + (isDefaultRank ? "" : ", rank " + label);
    }

    private static Fit listening(SpectralEstimator estimator) {
        return (panel, listener) -> estimator.withListener(listener).fit(panel);
    }

    private SpectralEstimator withRun(SpectralEstimator estimator) {
        SpectralEstimator chosen = estimator.withSeed(seed).withBackend(algebra);
        return threads == 0 ? chosen : chosen.withThreads(threads);
    }

    private FactorModelEstimator withRun(FactorModelEstimator estimator) {
        FactorModelEstimator chosen = estimator.withSeed(seed).withBackend(algebra);
        return threads == 0 ? chosen : chosen.withThreads(threads);
    }
}
