package io.github.rowwise.effects;

/**
 * The effect of one arm at one event time: a number of periods after a unit entered the arm.
 *
 * <pre class="example">{@code
 * for (EventTimeEffect at : effects.byEventTime(1)) {
 *     System.out.println(at.eventTime() + " " + at.effect() + " in " + at.units() + " units");
 * }
 * }</pre>
 *
 * @param eventTime periods since the first one of the spell in the arm, which is 0
 * @param cells observed cells in the arm that the average is over
 * @param units units that these cells belong to
 * @param effect the average of M_ij over the cells
 */
public record EventTimeEffect(int eventTime, int cells, int units, Estimate effect) {}
