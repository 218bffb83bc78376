package io.github.rowwise;

/** How the noise of a unit goes from one period to the next in the {@link FactorModelEstimator}. */
public enum Noise {
    /** Independent from period to period. */
    IID("iid"),
    /**
     * Autoregressive of order one, each unit with its own correlation, drawn towards the common one. A gap of missing
     * periods restarts it. Without correlation this equals {@link #IID}.
     */
    AR1("ar1");

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
