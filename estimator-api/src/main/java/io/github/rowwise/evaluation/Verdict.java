package io.github.rowwise.evaluation;

/**
 * What a check of a panel says, from good to bad.
 *
 * <pre class="example">{@code
 * if (PanelCheck.withDefaults().run(panel).verdict().compareTo(Verdict.INCONCLUSIVE) >= 0) {
 *     System.err.println("look at the checks before you use the effects");
 * }
 * }</pre>
 */
public enum Verdict {
    /** The check could not be made on this panel; the reason is in its conclusion. */
    NOT_MADE("not made"),
    /** Nothing is wrong that would matter: a deviation is not seen, and one that matters is ruled out. */
    PASSED("passed"),
    /** There is a deviation, but it is certainly smaller than the bound, or concerns few units. */
    SMALL("small"),
    /** A deviation is not seen, but the panel is too small or too noisy to rule one out. */
    INCONCLUSIVE("inconclusive"),
    /** There is a deviation, which may matter. */
    FAILED("failed");

    private final String label;

    Verdict(String label) {
        this.label = label;
    }

    /**
     * Returns the verdict in a word or two.
     *
     * @return such as {@code passed}
     */
    public String label() {
        return label;
    }
}
