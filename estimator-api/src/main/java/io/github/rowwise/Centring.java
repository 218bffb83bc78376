package io.github.rowwise;

/**
 * Which means are taken from the outcomes of an arm before they are scaled and completed, and added back afterwards.
 *
 * <p>The published estimator has none. A mean level away from zero is then a large rank-one component whose zero-filled
 * noise swamps the rest.
 *
 * <pre class="example">{@code
 * UnitEffects published = SpectralEstimator.withDefaults().withCentring(Centring.NONE).fit(panel);
 * }</pre>
 */
public enum Centring {
    /** Nothing: Algorithm 1 of arXiv:2605.30319 to the letter. */
    NONE("none"),
    /** The mean of each unit over its observed cells in the arm. */
    UNIT("unit"),
    /** Unit and period effects, fitted by least squares on the arm's observed cells. */
    TWO_WAY("two-way");

    private final String label;

    Centring(String label) {
        this.label = label;
    }

    /**
     * Returns the centring as it is written in options.
     *
     * @return such as {@code two-way}
     */
    public String label() {
        return label;
    }
}
