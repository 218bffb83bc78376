package io.github.rowwise.effects;

/**
 * A pre-trend: observed less fitted outcomes under control, a number of periods before a unit enters an arm. A check of the
 * model, not an effect.
 *
 * <p>Where treatment follows neither the noise nor what is to come, gaps are around zero at every event time; gaps that
 * grow towards the switch speak against it. The cells are among those that were fitted, which draws gaps towards zero.
 * Serially correlated noise keeps gaps of neighbouring event times together: with {@link io.github.rowwise.Noise#AR1} look at how they
 * change, not at their level.
 *
 * <pre class="example">{@code
 * for (PreTrend before : effects.preTrends(1)) {
 *     System.out.println(before.eventTime() + " " + before.gap()); // around zero, without a trend
 * }
 * }</pre>
 *
 * @param eventTime minus the number of periods until the unit enters the arm; -1 is the period before
 * @param cells observed control cells that the average is over
 * @param units units that these cells belong to
 * @param gap the average of the observed outcome less the completed outcome under control; its standard error goes by
 *     how units differ, and there is none with a single unit
 */
public record PreTrend(int eventTime, int cells, int units, Estimate gap) {}
