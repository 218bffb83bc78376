package io.github.rowwise.evaluation;

import io.github.rowwise.effects.Estimate;

/**
 * A unit whose effect differs between two methods by more than their errors explain.
 *
 * <pre class="example">{@code
 * for (MethodAgreement rival : PanelCheck.withDefaults().run(panel).agreement().methods()) {
 *     for (Disagreement unit : rival.disagreements()) {
 *         System.out.println(unit.unit() + " " + unit.own() + " " + rival.method() + " " + unit.other());
 *     }
 * }
 * }</pre>
 *
 * @param unit name of the unit
 * @param arm the arm, 1 or more
 * @param own estimate of the method that is checked: the ATT of a unit whose ATE is extrapolated, else the ATE
 * @param other estimate of the other method
 * @param qValue of the difference, among the units of the comparison
 */
public record Disagreement(String unit, int arm, Estimate own, Estimate other, double qValue) {}
