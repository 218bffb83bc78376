package io.github.rowwise.tables;

import io.github.rowwise.Centring;
import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.Noise;
import io.github.rowwise.RankRule;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.effects.EffectsForm;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.linalg.BackendUnavailableException;
import io.github.rowwise.linalg.Backends;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.panel.InvalidPanelException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method with its options, and the conditions on them. Immutable.
 *
 * @param naming how messages name the options
 * @param method the method
 * @param rank the rule of the rank. With the factor model a single whole number is the number of factors to start from
 * @param centring the means that the spectral method subtracts
 * @param noise the noise of the factor model, or {@code null} for the default
 * @param effects how effects change over time in the factor model, or {@code null} for the default
 */
public record EstimatorChoice(
        OptionNaming naming,
        Method method,
        RankRule rank,
        Centring centring,
        @Nullable Noise noise,
        @Nullable EffectsForm effects) {

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if the spectral method has an option of the factor model, or the factor model is to
     *     start from no factors
     */
    public EstimatorChoice {
        if (method == Method.SPECTRAL && noise != null) {
            throw new IllegalArgumentException(Method.FACTOR_MODEL.rejection(naming, "noise", noise.label()));
        }
        if (method == Method.SPECTRAL && effects != null) {
            throw new IllegalArgumentException(Method.FACTOR_MODEL.rejection(naming, "effects", effects.label()));
        }
        if (method == Method.FACTOR_MODEL
                && rank instanceof RankRule.Fixed fixed
                && fixed.ranks().equals(List.of(0))) {
            throw new IllegalArgumentException(
                    naming.name("rank") + " 0: the factor model starts from a number of factors"
                            + " and drops those without support; give auto or a whole number of 1 or more, or use "
                            + naming.name("method") + " spectral");
        }
    }

    /**
     * Rejects options that only the spectral method has, for a caller that fits nothing but the factor model.
     *
     * @param isCentringGiven whether the user chose the centring
     * @param rankText the rank as the user wrote it, or {@code null} if the user did not choose it
     * @throws IllegalArgumentException if the method is the factor model and the user chose the centring or a rule of the
     *     rank
     */
    public void rejectOptionsOfSpectral(boolean isCentringGiven, @Nullable String rankText) {
        if (method == Method.SPECTRAL) {
            return;
        }
        if (isCentringGiven) {
            throw new IllegalArgumentException(Method.SPECTRAL.rejection(naming, "centring", centring.label()));
        }
        if (rankText != null && !rankText.equals(RankText.AUTO) && !isRankLimit()) {
            throw new IllegalArgumentException(naming.name("rank") + " " + rankText + ": a rule of "
                    + naming.name("method")
                    + " spectral; the factor model drops factors without support; give auto or a"
                    + " whole number of 1 or more to start from");
        }
    }

    /**
     * Rejects a rank that the panel cannot have.
     *
     * @param units number of units
     * @param periods number of periods
     * @param arms names of the arms, control first
     * @throws InvalidPanelException if there are not as many ranks as arms, or a rank exceeds units or periods
     */
    public void check(long units, int periods, List<String> arms) {
        if (!(rank instanceof RankRule.Fixed fixed)) {
            return;
        }
        if (fixed.ranks().size() != 1 && fixed.ranks().size() != arms.size()) {
            throw new InvalidPanelException(naming.name("rank") + " " + fixed.label() + ": there are " + arms.size()
                    + " arms " + Quoted.line(arms.toString())
                    + "; give one rank for all, or one per arm in this order");
        }
        long most = Math.min(units, periods);
        if (fixed.ranks().stream().anyMatch(number -> number > most)) {
            throw new InvalidPanelException(naming.name("rank") + " " + fixed.label() + ": with " + units
                    + " units and " + periods + " periods the rank can be 0 to " + most);
        }
    }

    /**
     * Returns whether the rank is the number of factors that the factor model starts from, and not a rule of the spectral
     * method.
     *
     * @return true with the factor model and a single whole number
     */
    public boolean isRankLimit() {
        return method == Method.FACTOR_MODEL
                && rank instanceof RankRule.Fixed fixed
                && fixed.ranks().size() == 1;
    }

    /**
     * Returns the estimator of the factor model with these options.
     *
     * @return the estimator, with defaults for all that is no option here
     */
    public FactorModelEstimator factorModel() {
        FactorModelEstimator estimator = FactorModelEstimator.withDefaults()
                .withNoise(noise == null ? Noise.AR1 : noise)
                .withEffects(effects == null ? EffectsForm.AUTO : effects);
        return isRankLimit() ? estimator.withRankLimit(((RankRule.Fixed) rank).rank(0)) : estimator;
    }

    /**
     * Returns the estimator of the spectral method with these options. A number of factors that the factor model starts
     * from is not its rank.
     *
     * @return the estimator, with defaults for all that is no option here
     */
    public SpectralEstimator spectral() {
        return SpectralEstimator.withDefaults()
                .withRank(isRankLimit() ? RankRule.signFlip() : rank)
                .withCentring(centring);
    }

    /**
     * Returns a backend.
     *
     * @param naming how messages name the options
     * @param name the backend's name, or {@code null} for the best one there is
     * @return the backend
     * @throws IllegalArgumentException if no provider has this name; the message lists the names
     * @throws BackendUnavailableException if the backend cannot be used
     */
    public static LinearAlgebra backend(OptionNaming naming, @Nullable String name) {
        if (name == null) {
            return Backends.select();
        }
        List<String> names = Backends.names();
        if (!names.contains(name)) {
            throw new IllegalArgumentException(
                    naming.name("backend") + " " + Quoted.line(name) + ": no such backend here; there are "
                            + String.join(", ", names) + Suggestions.didYouMean(name, names));
        }
        return Backends.named(name);
    }

    /**
     * Checks a confidence level.
     *
     * @param level the level
     * @return the level
     * @throws IllegalArgumentException if it is not between 0 and 1
     */
    public static double confidenceLevel(double level) {
        if (level > 0 && level < 1) {
            return level;
        }
        throw new IllegalArgumentException(level + " is not between 0 and 1; write such as 0.95");
    }
}
