package io.github.rowwise.panel;

/**
 * How treatment is spread over units and periods. Every arm but control counts as treatment.
 *
 * <pre class="example">{@code
 * if (PanelDiagnostics.of(panel).pattern() == AssignmentPattern.STAGGERED) {
 *     System.out.println("read the ATT");
 * }
 * }</pre>
 */
public enum AssignmentPattern {
    /** At least one unit leaves treatment, or changes from one treatment to another. */
    SWITCHING("switching"),
    /** Units enter treatment in different periods and stay. */
    STAGGERED("staggered"),
    /** Some units enter treatment in one and the same period and stay, the others never do. */
    BLOCK("block"),
    /** Within each period all units are in the same arm: nothing is identified. */
    COMMON_SHOCK("common shock");

    private final String label;

    AssignmentPattern(String label) {
        this.label = label;
    }

    /**
     * Returns the pattern as it is written in reports.
     *
     * @return such as {@code common shock}
     */
    public String label() {
        return label;
    }
}
