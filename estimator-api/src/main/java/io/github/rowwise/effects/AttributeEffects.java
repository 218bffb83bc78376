package io.github.rowwise.effects;

import java.util.List;

/**
 * How the effects of an arm depend on attributes of units, from {@link io.github.rowwise.FactorModelEstimator#withAttributes}.
 *
 * <p>The attributes enter the prior mean of levels and effects, and units borrow from units like them. The coefficients are those
 * of this prior mean, estimated together with everything else. A regression of the units' estimates on attributes would be biased
 * towards zero, because these estimates are shrunk.
 *
 * <p>A coefficient describes which units have larger effects. It does not say that changing the attribute would change the effect.
 *
 * <pre class="example">{@code
 * UnitEffects byRegion = FactorModelEstimator.withDefaults()
 *         .withAttributes(List.of(UnitColumn.ofTexts("region", List.of("north", "south", "south"))))
 *         .fit(panel);
 * byRegion.attributes(1).ifPresent(attributes -> {
 *     for (AttributeEffects.LevelAverage average : attributes.averages()) {
 *         System.out.println(average.level() + " " + average.ate().interval(0.95));
 *     }
 * });
 * }</pre>
 *
 * @param coefficients one per numeric attribute, and one per level of a text attribute other than its base
 * @param averages one per level of each text attribute
 * @param explainedShare share of the variance of ATE_i between units that the attributes explain, from 0 to 1
 */
public record AttributeEffects(List<Coefficient> coefficients, List<LevelAverage> averages, double explainedShare) {

    /**
     * Keeps copies of the lists.
     *
     * @param coefficients one per numeric attribute, and one per level of a text attribute other than its base
     * @param averages one per level of each text attribute
     * @param explainedShare share of the variance of ATE_i between units that the attributes explain, from 0 to 1
     */
    public AttributeEffects {
        coefficients = List.copyOf(coefficients);
        averages = List.copyOf(averages);
    }

    /**
     * What an attribute adds to ATE_i, other attributes being equal.
     *
     * @param attribute name of the attribute
     * @param level the level of a text attribute that is compared with the base; empty for a number
     * @param base the base level of a text attribute, which most units have; empty for a number
     * @param estimate in units of the outcome: per unit of a number, or the difference between level and base
     */
    public record Coefficient(String attribute, String level, String base, Estimate estimate) {}

    /**
     * Average of ATE_i over units like those of a level of a text attribute, with average values of the other attributes.
     *
     * @param attribute name of the attribute
     * @param level the level
     * @param units number of units of the panel with the level
     * @param ate the average
     */
    public record LevelAverage(String attribute, String level, int units, Estimate ate) {}

    /** The same with standard errors multiplied by a factor. */
    AttributeEffects widened(double factor) {
        return new AttributeEffects(
                coefficients.stream()
                        .map(one -> new Coefficient(
                                one.attribute(),
                                one.level(),
                                one.base(),
                                one.estimate().widened(factor)))
                        .toList(),
                averages.stream()
                        .map(one -> new LevelAverage(
                                one.attribute(),
                                one.level(),
                                one.units(),
                                one.ate().widened(factor)))
                        .toList(),
                explainedShare);
    }
}
