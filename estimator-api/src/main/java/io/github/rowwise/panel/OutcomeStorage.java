package io.github.rowwise.panel;

/**
 * How a panel keeps outcomes. Products and sums are computed with doubles in either case; the arm takes another byte a cell.
 *
 * <pre class="example">{@code
 * PanelCells cells = Panel.cells(unitNames, periodNames, List.of("control", "treated"), OutcomeStorage.FLOAT);
 * }</pre>
 */
public enum OutcomeStorage {

    /** 8 bytes an outcome, every digit kept. */
    DOUBLE,

    /**
     * 4 bytes an outcome, rounded to 24 binary digits: 6e-8 relative. Its outcomes are 0 or between 1.2e-38 and 3.4e38 in
     * size. Take outcomes far from 0 that differ by little, such as 1e9 plus noise of 1, only as doubles.
     */
    FLOAT;

    /** The largest outcome in size. Sums over more cells than a panel can have then stay finite. */
    public static final double LARGEST_OUTCOME = 1e290;

    /** What an outcome becomes when it is kept: itself, or the nearest float. */
    double round(double outcome) {
        return this == DOUBLE ? outcome : (float) outcome;
    }

    /** Whether an outcome would lose more than digits. */
    boolean holds(double outcome) {
        double size = Math.abs(round(outcome));
        return this == DOUBLE || (size <= Float.MAX_VALUE && (size >= Float.MIN_NORMAL || outcome == 0));
    }
}
