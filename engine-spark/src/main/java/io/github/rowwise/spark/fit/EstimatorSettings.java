package io.github.rowwise.spark.fit;

import io.github.rowwise.Centring;
import io.github.rowwise.FitListener;
import io.github.rowwise.Noise;
import io.github.rowwise.RankRule;
import io.github.rowwise.effects.EffectsForm;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.tables.EstimatorChoice;
import io.github.rowwise.tables.Labels;
import io.github.rowwise.tables.Method;
import io.github.rowwise.tables.OptionNaming;
import io.github.rowwise.tables.RankText;
import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A method and its options as texts, which can be sent from process to process. {@code null} if an option was not given.
 *
 * @param naming how messages name the options
 * @param method label of the method
 * @param rank rule of the rank
 * @param centring label of the centring
 * @param noise label of the noise
 * @param effects label of the form of the effects
 * @param confidenceLevel confidence level of the intervals
 * @param seed seed of all random numbers
 * @param backend name of the backend
 */
public record EstimatorSettings(
        OptionNaming naming,
        String method,
        @Nullable String rank,
        @Nullable String centring,
        @Nullable String noise,
        @Nullable String effects,
        double confidenceLevel,
        long seed,
        @Nullable String backend)
        implements Serializable {

    /** Rejects values that are not allowed, and options of the other method. */
    public EstimatorSettings {
        try {
            EstimatorChoice.confidenceLevel(confidenceLevel);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(naming.name("confidence-level") + " " + e.getMessage(), e);
        }
        choice(naming, method, rank, centring, noise, effects).rejectOptionsOfSpectral(centring != null, rank);
    }

    private static EstimatorChoice choice(
            OptionNaming naming,
            String method,
            @Nullable String rank,
            @Nullable String centring,
            @Nullable String noise,
            @Nullable String effects) {
        Method chosen = value(naming, "method", method, Method::of, Method.FACTOR_MODEL);
        RankRule rule = value(naming, "rank", rank, RankText::parse, RankRule.signFlip());
        Centring means = value(
                naming,
                "centring",
                centring,
                text -> Labels.of(text, List.of(Centring.TWO_WAY, Centring.UNIT, Centring.NONE), Centring::label),
                Centring.TWO_WAY);
        Noise ofModel = value(
                naming, "noise", noise, text -> Labels.of(text, List.of(Noise.values()), Noise::label), Noise.AR1);
        EffectsForm form = value(
                naming,
                "effects",
                effects,
                text -> Labels.of(text, List.of(EffectsForm.values()), EffectsForm::label),
                EffectsForm.AUTO);
        return new EstimatorChoice(
                naming, chosen, rule, means, noise == null ? null : ofModel, effects == null ? null : form);
    }

    private static <T> T value(
            OptionNaming naming, String option, @Nullable String text, Function<String, T> parser, T byDefault) {
        try {
            return text == null ? byDefault : parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(naming.name(option) + ": " + e.getMessage(), e);
        }
    }

    /**
     * Returns the options and their conditions.
     *
     * @return the options as values
     */
    public EstimatorChoice choice() {
        return choice(naming, method, rank, centring, noise, effects);
    }

    /**
     * Returns the backend of this process.
     *
     * @return the chosen backend, or the best one there is
     */
    public LinearAlgebra algebra() {
        return EstimatorChoice.backend(naming, backend);
    }

    /** Fits a shard. */
    UnitEffects fit(Panel shard, FitListener listener) {
        EstimatorChoice choice = choice();
        return choice.method() == Method.SPECTRAL
                ? choice.spectral()
                        .withConfidenceLevel(confidenceLevel)
                        .withSeed(seed)
                        .withThreads(1)
                        .withBackend(algebra())
                        .withListener(listener)
                        .fit(shard)
                : choice.factorModel()
                        .withConfidenceLevel(confidenceLevel)
                        .withSeed(seed)
                        .withThreads(1)
                        .withBackend(algebra())
                        .withListener(listener)
                        .fit(shard);
    }
}
