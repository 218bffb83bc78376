package io.github.rowwise.internal.outcome;

import io.github.rowwise.internal.pass.RowBlock;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The smallest and the largest outcomes of a panel, how often they occur, and how many outcomes are close to 0. */
final class OutcomeRange implements Serializable {

    private static final long serialVersionUID = 1;

    /** An outcome is close to 0 if it is below this share of the unit's mean. */
    private static final double CLOSE_TO_ZERO = .05;

    private final Extreme smallest = new Extreme(1);
    private final Extreme largest = new Extreme(-1);
    private long cells;
    private long missing;
    private long closeToZero;

    /** The value at one end of the range. The signed values are compared, so that the smallest of them is at the end. */
    private static final class Extreme implements Serializable {

        private static final long serialVersionUID = 1;

        private final int sign;
        private double value = Double.POSITIVE_INFINITY;
        private double next = Double.POSITIVE_INFINITY;
        private long count;
        private @Nullable String unit;
        private int period;

        Extreme(int sign) {
            this.sign = sign;
        }

        void add(double outcome, String name, int at) {
            double signed = sign * outcome;
            if (signed > next) {
                return;
            }
            if (signed < value) {
                next = value;
                value = signed;
                count = 1;
                unit = name;
                period = at;
            } else if (signed == value) {
                count++;
            } else {
                next = signed;
            }
        }

        void add(Extreme later) {
            double ours = value;
            if (later.value < value) {
                value = later.value;
                count = later.count;
                unit = later.unit;
                period = later.period;
            } else if (later.value == value) {
                count += later.count;
            }
            next = Math.min(Math.min(above(ours), above(later.value)), Math.min(above(next), above(later.next)));
        }

        private double above(double signed) {
            return signed > value ? signed : Double.POSITIVE_INFINITY;
        }

        OutcomeFacts.RepeatedExtreme described() {
            return new OutcomeFacts.RepeatedExtreme(sign * value, sign * next, count, String.valueOf(unit), period);
        }
    }

    OutcomeRange add(RowBlock block, List<String> unitNames) {
        int m = block.columns();
        for (int row = 0; row < block.rows(); row++) {
            String name = unitNames.get(block.firstRow() + row);
            double sum = 0;
            double least = Double.POSITIVE_INFINITY;
            int seen = 0;
            for (int j = 0; j < m; j++) {
                if (block.arms()[row * m + j] != RowBlock.MISSING) {
                    double outcome = block.outcomes()[row * m + j];
                    smallest.add(outcome, name, j);
                    largest.add(outcome, name, j);
                    least = Math.min(least, outcome);
                    sum += outcome;
                    seen++;
                }
            }
            cells += seen;
            missing += m - seen;
            double limit = CLOSE_TO_ZERO * sum / seen;
            for (int j = 0; least > 0 && least < limit && j < m; j++) {
                boolean isClose =
                        block.arms()[row * m + j] != RowBlock.MISSING && block.outcomes()[row * m + j] < limit;
                closeToZero += isClose ? 1 : 0;
            }
        }
        return this;
    }

    OutcomeRange add(OutcomeRange later) {
        smallest.add(later.smallest);
        largest.add(later.largest);
        cells += later.cells;
        missing += later.missing;
        closeToZero += later.closeToZero;
        return this;
    }

    /** Returns the value at an end of the range that looks like a code, or {@code null}. */
    OutcomeFacts.@Nullable RepeatedExtreme repeatedExtreme() {
        if (isCode(smallest, -largest.value) || isNinesBelowZero()) {
            return smallest.described();
        }
        return isCode(largest, -smallest.value) ? largest.described() : null;
    }

    /** Returns whether a value is repeated and lies farther from the others than these from one another. */
    private static boolean isCode(Extreme extreme, double otherEnd) {
        double gap = extreme.next - extreme.value;
        double rest = otherEnd - extreme.next;
        return extreme.count >= OutcomeScan.REPEATED && Double.isFinite(extreme.next) && rest > 0 && gap > rest;
    }

    /** Returns whether the only negative outcome is repeated and has no digit but 9, such as -99. */
    private boolean isNinesBelowZero() {
        double value = smallest.value;
        return smallest.count >= OutcomeScan.REPEATED
                && smallest.next >= 0
                && value > -1e9
                && value == Math.rint(value)
                && Long.toString((long) value).matches("-9+");
    }

    /** Returns the share of missing cells if outcomes are positive and often close to 0; 0 otherwise. */
    double missingShareAboveZero() {
        boolean isCut = smallest.value > 0 && closeToZero > OutcomeScan.CLOSE_SHARE * cells;
        return isCut ? missing / (double) (missing + cells) : 0;
    }
}
