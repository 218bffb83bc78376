package io.github.rowwise.targeting;

/**
 * How many units can be treated: a number, a share of the candidates, an amount of money to spend on their costs, or no limit.
 * Immutable, and safe for use by several threads.
 *
 * <pre class="example">{@code
 * Budget twentyStores = Budget.units(20);
 * Budget aFifth = Budget.share(0.2);
 * Budget money = Budget.amount(10_000);
 * }</pre>
 */
public final class Budget {

    private enum Kind {
        UNITS,
        SHARE,
        AMOUNT,
        UNLIMITED
    }

    private static final Budget NO_LIMIT = new Budget(Kind.UNLIMITED, Double.POSITIVE_INFINITY);

    private final Kind kind;
    private final double value;

    private Budget(Kind kind, double value) {
        this.kind = kind;
        this.value = value;
    }

    /**
     * Returns a budget for a number of units.
     *
     * @param number 1 or more; more than there are candidates allows all of them
     * @return the budget
     * @throws IllegalArgumentException if the number is below 1
     */
    public static Budget units(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("a budget of " + number + " units: give 1 or more");
        }
        return new Budget(Kind.UNITS, number);
    }

    /**
     * Returns a budget for a share of the candidates, rounded to the nearest number of units, and at least one.
     *
     * @param ofCandidates above 0 and at most 1
     * @return the budget
     * @throws IllegalArgumentException if the share is not above 0, or above 1
     */
    public static Budget share(double ofCandidates) {
        if (!(ofCandidates > 0 && ofCandidates <= 1)) {
            throw new IllegalArgumentException(
                    "a budget of the share " + ofCandidates + " of the candidates: give a share above 0, at most 1");
        }
        return new Budget(Kind.SHARE, ofCandidates);
    }

    /**
     * Returns a budget for the sum of the costs of the chosen units.
     *
     * @param most largest sum, above 0, in the unit of the costs
     * @return the budget
     * @throws IllegalArgumentException if it is not a finite number above 0
     */
    public static Budget amount(double most) {
        if (!(most > 0) || Double.isInfinite(most)) {
            throw new IllegalArgumentException("a budget of the amount " + most + ": give a finite number above 0");
        }
        return new Budget(Kind.AMOUNT, most);
    }

    /**
     * Returns a budget that allows every unit whose gain is worth its cost.
     *
     * @return the budget
     */
    public static Budget unlimited() {
        return NO_LIMIT;
    }

    /**
     * Returns whether costs count against the budget.
     *
     * @return true for an {@link #amount}
     */
    public boolean isAmount() {
        return kind == Kind.AMOUNT;
    }

    /** Returns the number of units that it allows at most. */
    int mostUnits(int candidates) {
        return switch (kind) {
            case UNITS -> (int) Math.min(candidates, value);
            case SHARE -> (int) Math.max(1, Math.round(value * candidates));
            case AMOUNT, UNLIMITED -> candidates;
        };
    }

    /** Returns the largest sum of costs. */
    double mostCosts() {
        return isAmount() ? value : Double.POSITIVE_INFINITY;
    }

    /**
     * Describes the budget.
     *
     * @return such as {@code 20 units}
     */
    @Override
    public String toString() {
        return switch (kind) {
            case UNITS -> (int) value + (value == 1 ? " unit" : " units");
            case SHARE -> "the share " + value + " of the candidates";
            case AMOUNT -> "the amount " + value;
            case UNLIMITED -> "no limit";
        };
    }
}
