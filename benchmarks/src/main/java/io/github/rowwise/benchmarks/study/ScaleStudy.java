package io.github.rowwise.benchmarks.study;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.benchmarks.LeastTime;
import io.github.rowwise.effects.FactorModel;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelCells;
import io.github.rowwise.simulation.PanelSimulation;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Cost of both methods as a function of units, periods, rank, rank limit and arms: minimum processor time of several fits,
 * passes of the factor model, and exponents of the growth with units and periods.
 */
public final class ScaleStudy {

    private static final int THREADS = 2;
    private static final int FITS = 3;
    private static final int RANK_LIMIT = 8;

    private final PrintStream out;
    private int fits = FITS;

    ScaleStudy(PrintStream out) {
        this.out = out;
    }

    /**
     * Prints the tables in Markdown.
     *
     * @param arguments none, or a number by which the numbers of units are divided, for a trial run
     * @throws Exception if a fit fails
     */
    public static void main(String[] arguments) throws Exception {
        new ScaleStudy(System.out).print(arguments.length == 0 ? 1 : Integer.parseInt(arguments[0]));
    }

    /**
     * Cost of the fits of a panel.
     *
     * @param at value of the quantity that varies
     * @param cells number of cells
     * @param model minimum processor time of the factor model, in seconds
     * @param passes number of passes of the factor model
     * @param rank number of factors kept
     * @param spectral minimum processor time of Algorithm 1 in seconds, NaN for more than two arms
     */
    record Cost(double at, long cells, double model, int passes, int rank, double spectral) {

        double modelPass() {
            return model / passes;
        }
    }

    private interface PanelSource {
        Panel panel();
    }

    void print(int divisor) throws Exception {
        // A trial run needs no accurate times.
        fits = divisor == 1 ? FITS : 1;
        out.println("| varies | at | cells | factor model s | passes | rank | ns per cell and pass | Algorithm 1 s |");
        out.println("|---|---|---|---|---|---|---|---|");
        // Warms up the JIT compiler.
        cost(0, RANK_LIMIT, () -> panel(10_000 / divisor, 200, 3));
        List<Cost> units = new ArrayList<>();
        for (int n : new int[] {2_500, 5_000, 10_000, 20_000, 40_000, 80_000}) {
            int count = n / divisor;
            units.add(row("units", cost(count, RANK_LIMIT, () -> panel(count, 200, 3))));
        }
        List<Cost> periods = new ArrayList<>();
        for (int m : new int[] {100, 200, 400, 800, 1_600, 3_200}) {
            periods.add(row("periods", cost(m, RANK_LIMIT, () -> panel(5_000 / divisor, m, 3))));
        }
        for (int r = 1; r <= 8; r++) {
            int rank = r;
            row("rank", cost(r, RANK_LIMIT, () -> panel(10_000 / divisor, 200, rank)));
        }
        for (int limit : new int[] {2, 4, 8, 12, 16}) {
            row("rank limit", cost(limit, limit, () -> panel(10_000 / divisor, 200, 2)));
        }
        for (int a = 2; a <= 5; a++) {
            int arms = a;
            row("arms", cost(a, RANK_LIMIT, () -> arms(panel(10_000 / divisor, 200, 3), arms)));
        }
        out.println();
        out.println("| cost grows with | factor model | one pass | number of passes | Algorithm 1 |");
        out.println("|---|---|---|---|---|");
        exponents("units", units);
        exponents("periods", periods);
    }

    private Cost row(String varies, Cost cost) {
        out.printf(
                Locale.ROOT,
                "| %s | %.0f | %d | %.2f | %d | %d | %.1f | %s |%n",
                varies,
                cost.at(),
                cost.cells(),
                cost.model(),
                cost.passes(),
                cost.rank(),
                cost.modelPass() / cost.cells() * 1e9,
                Double.isNaN(cost.spectral()) ? "" : String.format(Locale.ROOT, "%.2f", cost.spectral()));
        return cost;
    }

    private void exponents(String varies, List<Cost> costs) {
        double[] at = costs.stream().mapToDouble(Cost::at).toArray();
        out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f | %.2f |%n",
                varies,
                slope(at, costs.stream().mapToDouble(Cost::model).toArray()),
                slope(at, costs.stream().mapToDouble(Cost::modelPass).toArray()),
                slope(at, costs.stream().mapToDouble(Cost::passes).toArray()),
                slope(at, costs.stream().mapToDouble(Cost::spectral).toArray()));
    }

    /** Returns the least-squares slope of the logarithm of y on the logarithm of x. */
    static double slope(double[] x, double[] y) {
        double meanX = IntStream.range(0, x.length)
                .mapToDouble(k -> Math.log(x[k]))
                .average()
                .orElseThrow();
        double meanY = IntStream.range(0, y.length)
                .mapToDouble(k -> Math.log(y[k]))
                .average()
                .orElseThrow();
        double products = 0;
        double squares = 0;
        for (int k = 0; k < x.length; k++) {
            products += (Math.log(x[k]) - meanX) * (Math.log(y[k]) - meanY);
            squares += (Math.log(x[k]) - meanX) * (Math.log(x[k]) - meanX);
        }
        return products / squares;
    }

    private Cost cost(double at, int rankLimit, PanelSource source) throws Exception {
        Panel panel = source.panel();
        FactorModelEstimator estimator =
                FactorModelEstimator.withDefaults().withRankLimit(rankLimit).withThreads(THREADS);
        SpectralEstimator spectral = SpectralEstimator.withDefaults().withThreads(THREADS);
        LeastTime model = new LeastTime();
        LeastTime svd = new LeastTime();
        FactorModel found = estimator.fit(panel).factorModel().orElseThrow();
        for (int fit = 0; fit < fits; fit++) {
            model.time(() -> estimator.fit(panel));
            if (panel.arms() == 2) {
                svd.time(() -> spectral.fit(panel));
            }
        }
        return new Cost(
                at,
                (long) panel.units() * panel.periods(),
                model.processor(),
                found.passes(),
                found.rank(),
                panel.arms() == 2 ? svd.processor() : Double.NaN);
    }

    private static Panel panel(int units, int periods, int rank) {
        return PanelSimulation.withDefaults()
                .withSize(units, periods)
                .withRank(rank)
                .withMissing(0.01)
                .generate()
                .panel();
    }

    /** Splits the treatment of a panel into further arms, each with its own effect. */
    private static Panel arms(Panel panel, int arms) {
        if (arms == 2) {
            return panel;
        }
        List<String> names = IntStream.range(0, arms).mapToObj(a -> "arm " + a).toList();
        PanelCells cells = Panel.cells(panel.unitNames(), panel.periodNames(), names);
        for (int unit = 0; unit < panel.units(); unit++) {
            for (int period = 0; period < panel.periods(); period++) {
                boolean observed = panel.isObserved(unit, period);
                int arm = observed && panel.arm(unit, period) == 1 ? 1 + (unit + period / 7) % (arms - 1) : 0;
                double outcome = observed ? panel.outcome(unit, period) + arm * 0.3 : Double.NaN;
                cells.set(unit, period, arm, outcome);
            }
        }
        return cells.build();
    }
}
