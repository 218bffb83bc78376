package io.github.rowwise.benchmarks.study;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.averages.CellSelection;
import io.github.rowwise.averages.EffectAverages;
import io.github.rowwise.averages.GroupAverage;
import io.github.rowwise.averages.GroupAverages;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.UnitColumn;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Coverage of averages by group: of the average over all units if treatment is decided for twelve groups of units that have events
 * of their own, and of the averages of four groups and their contrasts if treatment is decided by unit.
 */
public final class GroupStudy {

    private static final int PERIODS = 60;
    private static final int UNITS = 120;
    private static final double LEVEL = 0.95;
    private static final double MEAN_EFFECT = 1;

    private final PrintStream out;
    private final int draws;

    GroupStudy(PrintStream out, int draws) {
        this.out = out;
        this.draws = draws;
    }

    /**
     * Prints both tables in Markdown.
     *
     * @param arguments number of draws
     */
    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("expected one argument: number of draws");
        }
        GroupStudy study = new GroupStudy(System.out, Integer.parseInt(arguments[0]));
        try (Draws parallel = new Draws((long) UNITS * PERIODS)) {
            study.treatmentByGroup(parallel);
            study.out.println();
            study.treatmentByUnit(parallel);
        }
    }

    /**
     * How panels are drawn.
     *
     * @param sizes number of units of each group
     * @param correlation of the noise and of the groups' events from one period to the next
     * @param isByGroup whether treatment is decided by group, with events of each group
     */
    private record Design(int[] sizes, double correlation, boolean isByGroup) {

        static Design of(boolean isEqual, double correlation) {
            int[] sizes = IntStream.range(0, 12)
                    .map(g -> isEqual ? 10 : 2 + 16 * g / 11)
                    .toArray();
            return new Design(sizes, correlation, true);
        }

        int units() {
            return IntStream.of(sizes).sum();
        }
    }

    /**
     * A panel with known effects.
     *
     * @param effects the effect on each unit
     * @param groups the group of each unit
     */
    private record Drawn(Panel panel, double[] effects, UnitColumn groups) {

        static Drawn of(Design design, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            int n = design.units();
            double[] factor = random.doubles(PERIODS, -1.7, 1.7).toArray();
            double[][] outcomes = new double[n][PERIODS];
            int[][] arms = new int[n][PERIODS];
            double[] effects = new double[n];
            List<String> names = new ArrayList<>();
            int unit = 0;
            for (int group = 0; group < design.sizes().length; group++) {
                double ofGroup = 0.2 * random.nextGaussian();
                double[] events = series(random, design.correlation(), design.isByGroup() ? 0.3 : 0);
                int[] course = course(random);
                for (int k = 0; k < design.sizes()[group]; k++) {
                    names.add("group " + group);
                    effects[unit] = MEAN_EFFECT + ofGroup + 0.3 * random.nextGaussian();
                    double level = random.nextGaussian();
                    double loading = random.nextGaussian();
                    double[] noise = series(random, design.correlation(), 0.5);
                    arms[unit] = design.isByGroup() ? course.clone() : course(random);
                    for (int j = 0; j < PERIODS; j++) {
                        outcomes[unit][j] =
                                level + loading * factor[j] + arms[unit][j] * effects[unit] + events[j] + noise[j];
                    }
                    unit++;
                }
            }
            Panel panel = Panel.of(
                    outcomes,
                    arms,
                    IntStream.range(0, n).mapToObj(i -> "u" + i).toList(),
                    IntStream.range(0, PERIODS).mapToObj(j -> "" + j).toList());
            return new Drawn(panel, effects, UnitColumn.ofTexts("group", names));
        }

        /** A stationary series of order one. */
        private static double[] series(SplittableRandom random, double correlation, double deviation) {
            double[] series = new double[PERIODS];
            for (int j = 0; j < PERIODS; j++) {
                double innovation = deviation * random.nextGaussian();
                series[j] = j == 0
                        ? innovation
                        : correlation * series[j - 1] + Math.sqrt(1 - correlation * correlation) * innovation;
            }
            return series;
        }

        /** Treatment that may change every five periods. */
        private static int[] course(SplittableRandom random) {
            int[] course = new int[PERIODS];
            for (int j = 0; j < PERIODS; j++) {
                course[j] = j % 5 == 0 ? random.nextInt(2) : course[j - 1];
            }
            return course;
        }

        double mean(String group) {
            int index = groups.levels().indexOf(group);
            int[] of = groups.levelIndexes();
            return IntStream.range(0, effects.length)
                    .filter(unit -> index < 0 || of[unit] == index)
                    .mapToDouble(unit -> effects[unit])
                    .average()
                    .orElseThrow();
        }

        EffectAverages fit(int threads) {
            return EffectAverages.of(FactorModelEstimator.withDefaults()
                            .withThreads(threads)
                            .fit(panel))
                    .withThreads(threads);
        }
    }

    /** Returns 1 if the interval of an estimate covers the truth. */
    private static double covers(Estimate estimate, double truth) {
        return estimate.interval(LEVEL).contains(truth) ? 1 : 0;
    }

    private static double[] sum(List<double[]> rows) {
        double[] sum = new double[rows.get(0).length];
        for (double[] row : rows) {
            for (int k = 0; k < sum.length; k++) {
                sum[k] += row[k];
            }
        }
        return sum;
    }

    void treatmentByGroup(Draws parallel) {
        out.println(
                "| groups | noise and events | coverage by unit | coverage by group, of groups like these | of these"
                        + " groups | standard error by group over that by unit |");
        out.println("|---|---|---|---|---|---|");
        for (boolean isEqual : new boolean[] {true, false}) {
            for (double correlation : new double[] {0, 0.5}) {
                Design design = Design.of(isEqual, correlation);
                double[] sums = sum(parallel.run(draws, draw -> {
                    Drawn drawn = Drawn.of(design, draw);
                    GroupAverages groups = drawn.fit(parallel.threadsPerFit()).byGroup(drawn.groups());
                    Estimate byUnit = groups.overall(1).att();
                    Estimate byGroup = groups.overallByGroup(1).att();
                    return new double[] {
                        covers(byUnit, MEAN_EFFECT),
                        covers(byGroup, MEAN_EFFECT),
                        covers(byGroup, drawn.mean("")),
                        byGroup.standardError() / byUnit.standardError()
                    };
                }));
                out.printf(
                        Locale.ROOT,
                        "| %s | %s | %.3f | %.3f | %.3f | %.1f |%n",
                        isEqual ? "12 of 10 units" : "12 of 2 to 18 units",
                        noise(correlation),
                        sums[0] / draws,
                        sums[1] / draws,
                        sums[2] / draws,
                        sums[3] / draws);
            }
        }
    }

    void treatmentByUnit(Draws parallel) {
        out.println("| noise | coverage of group averages | of contrasts with all others | of averages with weights |");
        out.println("|---|---|---|---|");
        for (double correlation : new double[] {0, 0.5}) {
            Design design = new Design(new int[] {15, 25, 35, 45}, correlation, false);
            double[] sums = sum(parallel.run(draws, draw -> {
                Drawn drawn = Drawn.of(design, draw);
                EffectAverages averages = drawn.fit(parallel.threadsPerFit());
                GroupAverages groups = averages.byGroup(drawn.groups());
                double[] covered = new double[3];
                for (GroupAverage group : groups.averages(1)) {
                    double own = drawn.mean(group.group());
                    double share = group.units() / (double) UNITS;
                    double others = (drawn.mean("") - share * own) / (1 - share);
                    covered[0] += covers(group.averages().ate(), own) / 4;
                    covered[1] += covers(group.contrast().ate(), own - others) / 4;
                }
                covered[2] = weighted(drawn, averages);
                return covered;
            }));
            out.printf(
                    Locale.ROOT,
                    "| %s | %.3f | %.3f | %.3f |%n",
                    noise(correlation),
                    sums[0] / draws,
                    sums[1] / draws,
                    sums[2] / draws);
        }
    }

    /** Returns 1 if the interval of the average with weights from 1 to 10 covers it. */
    private static double weighted(Drawn drawn, EffectAverages averages) {
        double[] weights =
                IntStream.range(0, UNITS).mapToDouble(unit -> 1 + unit % 10).toArray();
        double sum = 0;
        double total = 0;
        for (int unit = 0; unit < UNITS; unit++) {
            sum += weights[unit] * drawn.effects()[unit];
            total += weights[unit];
        }
        Estimate ate = averages.withWeights(weights).over(CellSelection.all()).ate();
        return covers(ate, sum / total);
    }

    private static String noise(double correlation) {
        return correlation == 0 ? "iid" : "AR(1), " + correlation;
    }
}
