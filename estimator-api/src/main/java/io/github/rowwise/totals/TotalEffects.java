package io.github.rowwise.totals;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the effects of a result amount to, by unit and in all. Immutable, and safe for use by several threads.
 *
 * <pre class="example">{@code
 * TotalEffects totals = EffectTotals.of(effects).compute();
 * System.out.println(totals.arm(1).total() + ", of which " + totals.units().get(0).total() + " in the first unit");
 * }</pre>
 *
 * @param scale what the outcome measures; empty if it was not given, so that there are no percentages
 * @param hasWorth whether values were given
 * @param hasCost whether costs were given
 * @param units one entry per unit and arm, parallel to {@link io.github.rowwise.effects.UnitEffects#effects()}
 * @param arms one entry per arm, from arm 1 on
 */
public record TotalEffects(
        Optional<OutcomeScale> scale, boolean hasWorth, boolean hasCost, List<UnitTotals> units, List<ArmTotals> arms) {

    /**
     * Keeps copies of the lists.
     *
     * @param scale what the outcome measures
     * @param hasWorth whether values were given
     * @param hasCost whether costs were given
     * @param units one entry per unit and arm
     * @param arms one entry per arm, from arm 1 on
     */
    public TotalEffects {
        units = List.copyOf(units);
        arms = List.copyOf(arms);
    }

    /**
     * Returns what the effects of an arm amount to over all units.
     *
     * @param arm the arm, 1 or more
     * @return the amounts in all
     * @throws IndexOutOfBoundsException if there is no such arm
     */
    public ArmTotals arm(int arm) {
        return arms.get(Objects.checkIndex(arm - 1, arms.size()));
    }
}
