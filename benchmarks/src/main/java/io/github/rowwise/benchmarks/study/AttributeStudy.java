package io.github.rowwise.benchmarks.study;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.effects.AttributeEffects;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.Interval;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.UnitColumn;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Coverage of how effects depend on attributes of units, and what attributes do for the effects of units. Prints one row per kind
 * of noise and of assignment as Markdown.
 *
 * <p>Panels of 150 units by 10 periods with one factor. A number and a text of two levels explain half of the variance of the
 * effects, which is 1; three more numbers explain nothing.
 */
public final class AttributeStudy {

    private static final int UNITS = 150;
    private static final int PERIODS = 10;
    private static final double SLOPE = .5;
    private static final double CONTRAST = 1;
    private static final double NOISE = 1.5;

    private enum Assignment {
        BY_UNIT,
        FOLLOWS_ATTRIBUTE,
        STAGGERED
    }

    private AttributeStudy() {}

    /**
     * Runs the study.
     *
     * @param args number of draws
     */
    public static void main(String[] args) {
        int draws = Integer.parseInt(args[0]);
        System.out.println(
                "| noise | assignment | number: bias | coverage | text: bias | coverage | explained share | unit"
                        + " effects: RMSE | over that without attributes | with useless ones only | coverage |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
        for (double correlation : new double[] {0, .6}) {
            for (Assignment assignment : Assignment.values()) {
                System.out.println(row(draws, correlation, assignment));
            }
        }
    }

    private static String row(int draws, double correlation, Assignment assignment) {
        double[] biases = new double[2];
        double[] covered = new double[2];
        double share = 0;
        double[] squares = new double[3];
        double[] units = new double[2];
        SplittableRandom seeds = new SplittableRandom(7);
        FactorModelEstimator plain = FactorModelEstimator.withDefaults();
        for (int draw = 0; draw < draws; draw++) {
            Drawn drawn = new Drawn(seeds.split(), correlation, assignment);
            Panel panel = drawn.panel();
            UnitEffects with = plain.withAttributes(drawn.attributes()).fit(panel);
            UnitEffects without = plain.fit(panel);
            UnitEffects useless = plain.withAttributes(drawn.useless()).fit(panel);
            AttributeEffects attributes = with.attributes(1).orElseThrow();
            double[] truth = {SLOPE, attributes.coefficients().get(1).level().equals("a") ? CONTRAST : -CONTRAST};
            for (int k = 0; k < 2; k++) {
                Estimate found = attributes.coefficients().get(k).estimate();
                biases[k] += (found.value() - truth[k]) * Math.signum(truth[k]) / draws;
                covered[k] += contains(found.interval(.95), truth[k]) ? 1.0 / draws : 0;
            }
            share += attributes.explainedShare() / draws;
            for (int unit = 0; unit < UNITS; unit++) {
                if (with.effect(unit, 1).att().isAvailable()) {
                    double effect = drawn.effects[unit];
                    squares[0] += square(with.effect(unit, 1).att().value() - effect);
                    squares[1] += square(without.effect(unit, 1).att().value() - effect);
                    squares[2] += square(useless.effect(unit, 1).att().value() - effect);
                    units[0]++;
                    units[1] += contains(with.effect(unit, 1).att().interval(.95), effect) ? 1 : 0;
                }
            }
        }
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.4f | %.3f | %.4f | %.3f | %.2f | %.3f | %.3f | %.3f | %.3f |",
                correlation == 0 ? "iid" : "ar1",
                assignment.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                biases[0],
                covered[0],
                biases[1],
                covered[1],
                share,
                Math.sqrt(squares[0] / units[0]),
                Math.sqrt(squares[0] / squares[1]),
                Math.sqrt(squares[2] / squares[1]),
                units[1] / units[0]);
    }

    private static double square(double value) {
        return value * value;
    }

    private static boolean contains(Interval interval, double value) {
        return interval.lower() <= value && value <= interval.upper();
    }

    /** A drawn panel and its attributes. */
    private static final class Drawn {

        private final double[][] outcomes = new double[UNITS][PERIODS];
        private final int[][] arms = new int[UNITS][PERIODS];
        private final double[] effects = new double[UNITS];
        private final double[][] numbers = new double[4][UNITS];
        private final String[] texts = new String[UNITS];

        Drawn(SplittableRandom random, double correlation, Assignment assignment) {
            double[] factor = random.doubles(PERIODS, -2, 2).toArray();
            for (int i = 0; i < UNITS; i++) {
                for (double[] number : numbers) {
                    number[i] = random.nextGaussian();
                }
                texts[i] = random.nextBoolean() ? "a" : "b";
                boolean isFirst = texts[i].equals("a");
                effects[i] =
                        1 + SLOPE * numbers[0][i] + (isFirst ? CONTRAST : 0) + Math.sqrt(.5) * random.nextGaussian();
                double level = 2 * random.nextGaussian();
                double loading = random.nextGaussian();
                double propensity = assignment == Assignment.FOLLOWS_ATTRIBUTE
                        ? .15 + .7 / (1 + Math.exp(-2 * numbers[0][i]))
                        : random.nextDouble(.2, .8);
                int start = random.nextInt(3) == 0 ? PERIODS : 2 + random.nextInt(PERIODS - 3);
                double noise = random.nextGaussian();
                for (int j = 0; j < PERIODS; j++) {
                    boolean isTreated =
                            assignment == Assignment.STAGGERED ? j >= start : random.nextDouble() < propensity;
                    arms[i][j] = isTreated ? 1 : 0;
                    noise = correlation * noise + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
                    outcomes[i][j] = level + .3 * j + loading * factor[j] + arms[i][j] * effects[i] + NOISE * noise;
                }
            }
        }

        Panel panel() {
            return Panel.of(outcomes, arms, names(UNITS), names(PERIODS));
        }

        List<UnitColumn> attributes() {
            return List.of(UnitColumn.ofNumbers("number", numbers[0]), UnitColumn.ofTexts("text", List.of(texts)));
        }

        List<UnitColumn> useless() {
            return IntStream.range(1, 4)
                    .mapToObj(k -> UnitColumn.ofNumbers("useless " + k, numbers[k]))
                    .toList();
        }

        private static List<String> names(int count) {
            return IntStream.range(0, count).mapToObj(Integer::toString).toList();
        }
    }
}
