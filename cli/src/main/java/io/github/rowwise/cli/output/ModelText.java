package io.github.rowwise.cli.output;

import io.github.rowwise.effects.EffectsForm;
import io.github.rowwise.effects.FactorModel;

/** Describes in words what a factor model found. */
public final class ModelText {

    private ModelText() {}

    /**
     * Returns how many factors there are and how long the fit took.
     *
     * @param model the fitted model
     * @return for example {@code 2 factors of 8 kept, after 24 passes}
     */
    public static String factors(FactorModel model) {
        String factors = model.startRank() == 0
                ? "no factors, because two units or two periods cannot show any"
                : NumberFormat.count(model.rank(), "factor") + " of " + model.startRank() + " kept";
        return factors + ", after " + NumberFormat.count(model.passes(), "pass", "passes");
    }

    /**
     * Returns how effects change over time.
     *
     * @param model the fitted model
     * @param place where the reader finds the average effect by time since treatment started
     * @return a phrase whose subject is the effects, such as {@code are constant over time}
     */
    public static String effects(FactorModel model, String place) {
        boolean onFactors = model.effectsForm() == EffectsForm.FACTORS;
        String onset = "build up or wear off with the time since treatment started (see " + place + ")";
        if (model.hasOnsetTerms()) {
            return onFactors ? "change with the factors, and " + onset : onset;
        }
        return onFactors ? "change with the factors" : "are constant over time";
    }

    /**
     * Returns whether units have trends of their own.
     *
     * @param model the fitted model
     * @return a phrase whose subject is the units, such as {@code have no trends of their own}
     */
    public static String trends(FactorModel model) {
        return model.trends() == 0
                ? "have no trends of their own"
                : "have smooth trends of their own (standard deviation "
                        + NumberFormat.of(model.trendStandardDeviation()) + ")";
    }
}
