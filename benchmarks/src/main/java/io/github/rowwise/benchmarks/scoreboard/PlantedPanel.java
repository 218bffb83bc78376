package io.github.rowwise.benchmarks.scoreboard;

import io.github.rowwise.panel.Panel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A panel of real outcomes to which effects were added where a drawn treatment is on.
 *
 * @param panel the panel
 * @param atts true ATT of each unit; NaN for a unit that is never treated
 */
record PlantedPanel(Panel panel, double[] atts) {

    /** How treatment is assigned. */
    enum Assignment {
        /** 60 % of the units adopt and keep the treatment, those with a large first factor earlier. */
        STAGGERED("adopted and kept"),
        /** Treatment comes and goes; propensities follow two factors. */
        LATENT("on and off, follows factors"),
        /** Treatment lasts for several periods, more often in units with a large first factor. */
        SPELLS("on and off, in spells"),
        /** One cell in ten is treated, more often where the first factor is large. */
        RARE("on and off, rare");

        final String label;

        Assignment(String label) {
            this.label = label;
        }
    }

    /** How the effect depends on the time since the unit entered the treatment. */
    enum Course {
        NONE("none"),
        CONSTANT("constant"),
        BUILDS_UP("builds up"),
        WEARS_OFF("wears off");

        final String label;

        Course(String label) {
            this.label = label;
        }
    }

    /** Draws treatments and effects. Effects average 0.8 times the spread of the outcomes and differ between units. */
    static PlantedPanel draw(BaseOutcomes base, Assignment assignment, Course course, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int n = base.outcomes().length;
        int m = base.periods();
        double[][] loadings = base.loadings(2);
        boolean[][] treated = assign(assignment, loadings, base.factors(2), random);
        double spread = base.spread();
        double[][] outcomes = new double[n][];
        int[][] arms = new int[n][m];
        double[] atts = new double[n];
        for (int i = 0; i < n; i++) {
            double size = 0.8 * spread * (1 + 0.7 * (0.5 * loadings[1][i] + 0.85 * random.nextGaussian()));
            outcomes[i] = base.outcomes()[i].clone();
            int since = 0;
            int cells = 0;
            double sum = 0;
            for (int j = 0; j < m; j++) {
                since = treated[i][j] ? since + 1 : 0;
                if (since > 0) {
                    double effect = size * share(course, since, m);
                    outcomes[i][j] += effect;
                    arms[i][j] = 1;
                    sum += effect;
                    cells++;
                }
            }
            atts[i] = sum / cells;
        }
        List<String> periods = IntStream.range(0, m).mapToObj(Integer::toString).toList();
        return new PlantedPanel(Panel.of(outcomes, arms, base.units(), periods), atts);
    }

    private static double share(Course course, int since, int periods) {
        double decay = Math.exp(-6.0 * since / periods);
        return switch (course) {
            case NONE -> 0;
            case CONSTANT -> 1;
            case BUILDS_UP -> 2 * (1 - decay);
            case WEARS_OFF -> 2 * decay;
        };
    }

    private static boolean[][] assign(
            Assignment assignment, double[][] loadings, double[][] factors, SplittableRandom random) {
        int n = loadings[0].length;
        int m = factors[0].length;
        return switch (assignment) {
            case STAGGERED -> staggered(loadings[0], m, random);
            case LATENT -> {
                boolean[][] treated = new boolean[n][m];
                for (int i = 0; i < n; i++) {
                    double own = 0.3 * random.nextGaussian();
                    for (int j = 0; j < m; j++) {
                        double score = 1.1 * loadings[0][i] + 0.9 * loadings[1][i] * factors[1][j] + own;
                        treated[i][j] = random.nextDouble() < 0.1 + 0.8 * logistic(score);
                    }
                }
                yield treated;
            }
            case RARE -> {
                boolean[][] treated = new boolean[n][m];
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < m; j++) {
                        double score = 1.3 * loadings[0][i] + 0.8 * factors[0][j];
                        treated[i][j] = random.nextDouble() < 0.03 + 0.2 * logistic(score);
                    }
                }
                yield treated;
            }
            case SPELLS -> {
                boolean[][] treated = new boolean[n][m];
                for (int i = 0; i < n; i++) {
                    double on = 0.04 + 0.2 * logistic(1.5 * loadings[0][i]);
                    double off = 0.04 + 0.2 * logistic(-1.5 * loadings[0][i]);
                    treated[i][0] = random.nextDouble() < on / (on + off);
                    for (int j = 1; j < m; j++) {
                        double draw = random.nextDouble();
                        treated[i][j] = treated[i][j - 1] ? draw >= off : draw < on;
                    }
                }
                yield treated;
            }
        };
    }

    private static boolean[][] staggered(double[] loadings, int m, SplittableRandom random) {
        int n = loadings.length;
        double[] scores =
                Arrays.stream(loadings).map(v -> v + random.nextGaussian()).toArray();
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -scores[i]))
                .mapToInt(i -> i)
                .toArray();
        boolean[][] treated = new boolean[n][m];
        for (int k = 0; k < (int) (0.6 * n); k++) {
            int start = random.nextInt(m / 3, m - Math.max(2, m / 10));
            Arrays.fill(treated[order[k]], start, m, true);
        }
        return treated;
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
