package io.github.rowwise.effects;

import io.github.rowwise.panel.Grade;

/**
 * The effect of one arm, against control, on one unit.
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
        String reason) {}
