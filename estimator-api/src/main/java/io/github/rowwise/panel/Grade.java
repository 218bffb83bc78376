package io.github.rowwise.panel;

/**
 * The quality of a unit's estimate, judged from its assignment alone, before any fit.
 *
 * <pre class="example">{@code
 * for (UnitEffect effect : effects.effects()) {
 *     if (effect.grade() != Grade.OK) {
 *         System.out.println(effect.unit() + ": " + effect.grade().label() + ", " + effect.reason());
 *     }
 * }
 * }</pre>
 */
public enum Grade {
    /** Enough periods in both arms. */
    OK("ok"),
    /** Few observed periods in an arm, or a row-scaling factor (periods over periods in the arm) above 20. */
    WEAK("weak"),
    /** One arm only in a single spell at the end or start: an effect over all periods extrapolates in time. */
    EXTRAPOLATED("extrapolated"),
    /** No observed period in one of the arms, or a panel that is one common shock: nothing is estimated. */
    NOT_ESTIMABLE("not estimable");

    private final String label;

    Grade(String label) {
        this.label = label;
    }

    /**
     * Returns the grade as it is written in tables.
     *
     * @return such as {@code not estimable}
     */
    public String label() {
        return label;
    }
}
