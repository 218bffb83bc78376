package io.github.rowwise.targeting;

import io.github.rowwise.effects.Estimate;

/**
 * The area under the curve of what a ranking gains (AUTOC), found within the panel: by how much the units of the top share gain more
 * than all units, averaged over all shares from 0 to 1. It is 0 if the order of the units is worth nothing.
 *
 * <p>Source: Yadlowsky, Fleming, Shah, Brunskill and Wager (2025), doi:10.1080/01621459.2024.2393466.
 *
 * <pre class="example">{@code
 * RankingArea area = RankingTest.withDefaults().run(effects);
 * if (area.isTested() && area.pValue() < 0.05) {
 *     System.out.println("the order of the units is worth " + area.area());
 * }
 * }</pre>
 *
 * @param area in units of the outcome; without a value, and with the reason, if it cannot be tested
 * @param pValue of the hypothesis that the area is not above 0; NaN if it cannot be tested
 * @param units number of units that the ranking was tested on
 * @param guard number of periods between the blocks that were left out, because their noise is correlated with both
 */
public record RankingArea(Estimate area, double pValue, int units, int guard) {

    /**
     * Returns whether the panel allows the test.
     *
     * @return false if the area has no value
     */
    public boolean isTested() {
        return area.isAvailable();
    }

    static RankingArea untested(String reason) {
        return new RankingArea(Estimate.unavailable(reason), Double.NaN, 0, 0);
    }
}
