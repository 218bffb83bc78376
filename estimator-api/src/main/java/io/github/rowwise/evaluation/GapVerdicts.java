package io.github.rowwise.evaluation;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.Interval;
import io.github.rowwise.internal.stats.StudentT;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Turns gaps into verdicts. */
final class GapVerdicts {

    /** Level of all tests. */
    static final double LEVEL = 0.05;

    private final GapRegression gaps;
    private final double bound;
    private final double confidence;

    GapVerdicts(GapRegression gaps, double bound, double confidence) {
        this.gaps = gaps;
        this.bound = bound;
        this.confidence = confidence;
    }

    GapCheck placebo() {
        Estimate average = gaps.average(true);
        List<HorizonGap> horizons = horizons(true);
        if (!average.hasStandardError()) {
            return notMade(average, horizons);
        }
        Verdict verdict = verdict(average);
        return new GapCheck(
                verdict,
                "before treatment starts, outcomes are " + distance(average) + ", " + judgement(verdict),
                average,
                average.pValue(),
                equivalence(average),
                horizons,
                0);
    }

    GapCheck anticipation() {
        return nearest(true, "treatment starts", "anticipates the treatment");
    }

    GapCheck carryOver() {
        return nearest(false, "treatment ends", "outlasts the treatment");
    }

    private GapCheck nearest(boolean isBefore, String when, String finding) {
        List<HorizonGap> horizons = horizons(isBefore);
        Estimate first = horizons.get(0).gap();
        Estimate average = gaps.average(isBefore);
        if (!first.hasStandardError()) {
            return notMade(first, horizons);
        }
        int periods = found(horizons);
        Verdict verdict = verdict(first);
        for (int k = 1; k < periods; k++) {
            verdict = verdict == Verdict.SMALL ? verdict(horizons.get(k).gap()) : verdict;
        }
        String side = isBefore ? "before " : "after ";
        String conclusion;
        if (periods > 0) {
            String span = periods == 1 ? "the period " : "the " + periods + " periods ";
            String more = periods == horizons.size() ? ", and perhaps further" : "";
            conclusion = "something " + finding + ": in " + span + side + when + more
                    + ", outcomes differ from their prediction, next to the treatment by " + size(first) + " (bound "
                    + number(bound) + ")";
        } else {
            conclusion = "in the period next " + side + when + ", outcomes are " + distance(first) + ", "
                    + judgement(verdict);
        }
        return new GapCheck(verdict, conclusion, average, first.pValue(), equivalence(first), horizons, periods);
    }

    private static GapCheck notMade(Estimate gap, List<HorizonGap> horizons) {
        String reason = gap.isAvailable() ? "fewer than two units have such cells" : withoutPrefix(gap);
        return new GapCheck(Verdict.NOT_MADE, reason, gap, Double.NaN, Double.NaN, horizons, 0);
    }

    private static String withoutPrefix(Estimate gap) {
        String text = gap.toString();
        return text.startsWith("none (") ? text.substring(6, text.length() - 1) : text;
    }

    private List<HorizonGap> horizons(boolean isBefore) {
        List<HorizonGap> horizons = new ArrayList<>();
        for (int horizon = 1; horizon <= gaps.horizons(); horizon++) {
            Estimate gap = gaps.gap(isBefore, horizon);
            horizons.add(new HorizonGap(
                    horizon,
                    gaps.cells(isBefore, horizon),
                    gaps.units(isBefore, horizon),
                    gap,
                    gap.hasStandardError() ? equivalence(gap) : Double.NaN));
        }
        return horizons;
    }

    /** The last of the consecutive periods, from the nearest on, that differ in the same direction. */
    private static int found(List<HorizonGap> horizons) {
        int last = 0;
        while (last < horizons.size()
                && isFound(horizons.get(last).gap())
                && Math.signum(horizons.get(last).gap().value())
                        == Math.signum(horizons.get(0).gap().value())) {
            last++;
        }
        return last;
    }

    private static boolean isFound(Estimate gap) {
        return gap.hasStandardError() && gap.pValue() <= LEVEL;
    }

    private Verdict verdict(Estimate gap) {
        return verdict(gap, bound);
    }

    /** Judges a difference that should be zero and does not matter below the bound. */
    static Verdict verdict(Estimate gap, double bound) {
        if (!gap.hasStandardError()) {
            return Verdict.NOT_MADE;
        }
        boolean isSmall = equivalence(gap, bound) <= LEVEL;
        if (isFound(gap)) {
            return isSmall ? Verdict.SMALL : Verdict.FAILED;
        }
        return isSmall ? Verdict.PASSED : Verdict.INCONCLUSIVE;
    }

    private double equivalence(Estimate gap) {
        return equivalence(gap, bound);
    }

    /** The larger p-value of the two one-sided tests. */
    private static double equivalence(Estimate gap, double bound) {
        double t = (bound - Math.abs(gap.value())) / gap.standardError();
        double half = StudentT.twoSidedTail(t, gap.degreesOfFreedom()) / 2;
        return t >= 0 ? half : 1 - half;
    }

    private String judgement(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> "and a gap as large as " + number(bound) + " is ruled out";
            case SMALL -> "which is more than chance, but a gap as large as " + number(bound) + " is ruled out";
            case INCONCLUSIVE -> "but a gap as large as " + number(bound) + " is not ruled out";
            default -> "which is more than chance";
        };
    }

    private String distance(Estimate gap) {
        Interval interval = gap.interval(confidence);
        return number(Math.abs(gap.value())) + (gap.value() < 0 ? " below" : " above") + " their prediction (interval "
                + number(interval.lower()) + " to " + number(interval.upper()) + ")";
    }

    private String size(Estimate gap) {
        Interval interval = gap.interval(confidence);
        return number(gap.value()) + " (interval " + number(interval.lower()) + " to " + number(interval.upper()) + ")";
    }

    /** Three digits. */
    static String number(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(3)).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale();
        return rounded.signum() == 0
                ? "0"
                : exponent > 9 || exponent < -4 ? rounded.toString() : rounded.toPlainString();
    }
}
