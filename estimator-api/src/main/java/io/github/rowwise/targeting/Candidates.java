package io.github.rowwise.targeting;

/**
 * Which units may be chosen.
 *
 * <pre class="example">{@code
 * TargetPlan plan = Targeting.withDefaults().withCandidates(Candidates.ALL).plan(effects);
 * }</pre>
 */
public enum Candidates {
    /** Units that were not treated, in any arm, in the last period in which they were observed. */
    UNTREATED("untreated"),
    /** All units. */
    ALL("all");

    private final String label;

    Candidates(String label) {
        this.label = label;
    }

    /**
     * Returns the name of the choice.
     *
     * @return one word
     */
    public String label() {
        return label;
    }
}
