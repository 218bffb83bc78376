package io.github.rowwise.effects;

import io.github.rowwise.panel.Grade;

/**
 * The effect of one arm, against control, on one unit.
 *
 * <p>Comparisons with NaN are false, so that {@code effect.qValue() <= 0.05} selects only effects that have a q-value.
 *
 * <pre class="example">{@code
 * for (UnitEffect effect : effects.effects()) {
 *     Estimate best = effect.grade() == Grade.EXTRAPOLATED ? effect.att() : effect.ate();
 *     System.out.println(effect.unit() + " " + best);
 * }
 * }</pre>
 *
 * @param unit name of the unit
 * @param arm the arm, 1 or more
 * @param treatedPeriods observed periods in the arm
 * @param controlPeriods observed periods under control
 * @param missingPeriods periods without an outcome
 * @param propensity row propensity: {@code treatedPeriods} over all periods
 * @param ate ATE_i: the effect averaged over all periods
 * @param att ATT_i: the effect averaged over the observed periods in the arm
 * @param atu ATU_i: the effect averaged over the observed control periods
 * @param grade what the estimate is worth
 * @param reason why the grade is not {@link Grade#OK}, in words; empty when it is
 * @param qValue of the ATE: the least false discovery rate at which it would be called different from zero, among the units
 *     of the same arm; NaN where there is no p-value, and for a {@link io.github.rowwise.panel.PanelShard shard}, which does
 *     not know the other units. Source: Benjamini and Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x
 * @param probabilityPositive posterior probability that the ATE is above zero; NaN where there is no posterior: in a unit
 *     without an estimate, and throughout unless a factor model was fitted
 * @param probabilityTopDecile posterior probability that the ATE is above the value that a tenth of the units of the same arm
 *     are expected to exceed; NaN where there is no posterior, and for a shard. Source: Lin, Louis, Paddock and Ridgeway
 *     (2006), doi:10.1214/06-BA130
 */
public record UnitEffect(
        String unit,
        int arm,
        int treatedPeriods,
        int controlPeriods,
        int missingPeriods,
        double propensity,
        Estimate ate,
        Estimate att,
        Estimate atu,
        Grade grade,
        String reason,
        double qValue,
        double probabilityPositive,
        double probabilityTopDecile) {}
