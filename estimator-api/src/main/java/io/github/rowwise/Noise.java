package io.github.rowwise;

/**
 * How the noise of a unit depends on that of the period before in the {@link FactorModelEstimator}.
 *
 * <pre class="example">{@code
 * UnitEffects checked =
 *         FactorModelEstimator.withDefaults().withNoise(Noise.BLOCK_JACKKNIFE).fit(panel);
 * }</pre>
 */
public enum Noise {
    /** Independent from period to period. */
    IID("iid"),
    /**
     * Autoregressive of order one, each unit with its own correlation, drawn towards the common one. A gap of missing
     * periods restarts it. Without correlation this equals {@link #IID}.
     */
    AR1("ar1"),
    /**
     * Fitted as {@link #IID}; the noise's share of a unit's standard errors is then found by leaving out each of ten blocks
     * of consecutive periods in turn (delete-block jackknife). A check of the standard errors that assumes no form of serial
     * correlation but that it is short against a block; the estimates gain nothing, and {@link #AR1} is the better choice
     * where it fits.
     */
    BLOCK_JACKKNIFE("block-jackknife");

    private final String label;

    Noise(String label) {
        this.label = label;
    }

    /**
     * Returns the noise as it is written in options.
     *
     * @return such as {@code ar1}
     */
    public String label() {
        return label;
    }
}
