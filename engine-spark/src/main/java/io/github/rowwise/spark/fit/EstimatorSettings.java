package io.github.rowwise.spark.fit;

import io.github.rowwise.Centring;
import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.FitListener;
import io.github.rowwise.Noise;
import io.github.rowwise.RankRule;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.effects.EffectsForm;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.linalg.Backends;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.tables.Labels;
import io.github.rowwise.tables.RankText;
import io.github.rowwise.tables.Suggestions;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method and its options as texts, which go from process to process. {@code null} where an option was not given.
 *
 * @param prefix what messages put before the name of an option, such as {@code --}
 */
public record EstimatorSettings(
        String prefix,
        String method,
        @Nullable String rank,
        @Nullable String centring,
        @Nullable String noise,
        @Nullable String effects,
        double level,
        long seed,
        @Nullable String backend)
        implements Serializable {

    public static final String REFINED = "refined";
    public static final String SPECTRAL = "spectral";

    /** Rejects values that are none, and options of the other method. */
    public EstimatorSettings {
        choice(prefix, "method", method, List.of(REFINED, SPECTRAL));
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException(
                    prefix + "level " + level + " is not between 0 and 1; write such as 0.95");
        }
        RankRule rule = rule(prefix, rank);
        choice(prefix, "centring", centring, List.of("two-way", "unit", "none"));
        choice(
                prefix,
                "noise",
                noise,
                List.of(Noise.values()).stream().map(Noise::label).toList());
        choice(
                prefix,
                "effects",
                effects,
                List.of(EffectsForm.values()).stream().map(EffectsForm::label).toList());
        if (method.equals(REFINED)) {
            rejectOfSpectral(prefix, rank, rule, centring);
        } else if (noise != null || effects != null) {
            throw new IllegalArgumentException(prefix + (noise != null ? "noise " + noise : "effects " + effects)
                    + ": an option of " + prefix + "method refined; the spectral method has no such choice");
        }
    }

    private static void rejectOfSpectral(
            String prefix, @Nullable String rank, RankRule rule, @Nullable String centring) {
        if (centring != null) {
            throw new IllegalArgumentException(prefix + "centring " + centring + ": an option of " + prefix
                    + "method spectral; the refined method has no such choice");
        }
        if (rule instanceof RankRule.Fixed fixed && fixed.ranks().equals(List.of(0))) {
            throw new IllegalArgumentException(prefix + "rank 0: the refined method starts from a number of factors and"
                    + " drops those without support; give auto or a whole number of 1 or more, or use " + prefix
                    + "method spectral");
        }
        boolean isLimit = rule instanceof RankRule.Fixed fixed && fixed.ranks().size() == 1;
        if (rank != null && !rank.equals("auto") && !isLimit) {
            throw new IllegalArgumentException(prefix + "rank " + rank + ": a rule of " + prefix
                    + "method spectral; the refined method drops factors without support; give auto or a whole number of"
                    + " 1 or more to start from");
        }
    }

    private static void choice(String prefix, String name, @Nullable String value, List<String> allowed) {
        if (value != null) {
            try {
                Labels.of(value, allowed, word -> word);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(prefix + name + ": " + e.getMessage(), e);
            }
        }
    }

    private static RankRule rule(String prefix, @Nullable String rank) {
        try {
            return RankText.parse(rank == null ? "auto" : rank);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(prefix + "rank: " + e.getMessage(), e);
        }
    }

    /** Rejects a rank that the panel cannot have. */
    public void check(long units, int periods, List<String> arms) {
        if (!(rule(prefix, rank) instanceof RankRule.Fixed fixed)) {
            return;
        }
        if (fixed.ranks().size() != 1 && fixed.ranks().size() != arms.size()) {
            throw new InvalidPanelException(prefix + "rank " + fixed.label() + ": there are " + arms.size() + " arms "
                    + Quoted.line(arms.toString()) + "; give one rank for all, or one an arm in this order");
        }
        long most = Math.min(units, periods);
        if (fixed.ranks().stream().anyMatch(number -> number > most)) {
            throw new InvalidPanelException(prefix + "rank " + fixed.label() + ": with " + units + " units and "
                    + periods + " periods the rank can be 0 to " + most);
        }
    }

    /** The backend of this process: the one that was asked for, else the best there is. */
    public LinearAlgebra algebra() {
        if (backend == null) {
            return Backends.select();
        }
        List<String> names = Backends.names();
        if (!names.contains(backend)) {
            throw new IllegalArgumentException(prefix + "backend " + Quoted.line(backend)
                    + ": no such backend here; there are " + String.join(", ", names)
                    + Suggestions.didYouMean(backend, names));
        }
        return Backends.named(backend);
    }

    /** Fits a part. */
    UnitEffects fit(Panel part, FitListener listener) {
        if (method.equals(SPECTRAL)) {
            return SpectralEstimator.withDefaults()
                    .withRank(rule(prefix, rank))
                    .withCentring(means())
                    .withConfidenceLevel(level)
                    .withSeed(seed)
                    .withThreads(1)
                    .withBackend(algebra())
                    .withListener(listener)
                    .fit(part);
        }
        FactorModelEstimator estimator = FactorModelEstimator.withDefaults()
                .withNoise(noise == null ? Noise.AR1 : Labels.of(noise, List.of(Noise.values()), Noise::label))
                .withEffects(
                        effects == null
                                ? EffectsForm.FACTORS
                                : Labels.of(effects, List.of(EffectsForm.values()), EffectsForm::label))
                .withConfidenceLevel(level)
                .withSeed(seed)
                .withThreads(1)
                .withBackend(algebra())
                .withListener(listener);
        boolean isLimited = rank != null && !rank.equals("auto");
        return (isLimited ? estimator.withRankLimit(Integer.parseInt(rank)) : estimator).fit(part);
    }

    private Centring means() {
        return centring == null
                ? Centring.TWO_WAY
                : Labels.of(centring, List.of(Centring.TWO_WAY, Centring.UNIT, Centring.NONE), Centring::label);
    }
}
