package io.github.rowwise.benchmarks.study;

import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.panel.PanelFile;
import io.github.rowwise.panel.PanelFileWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Simulates a panel of any size and writes it to a panel file, unit by unit. The model has a baseline per unit, three factors
 * that also affect the effects, propensities from 0.2 to 0.8, and noise with autocorrelation 0.3. The same arguments give the
 * same file.
 */
public final class LargePanel {

    private static final int FACTORS = 3;

    private LargePanel() {}

    /**
     * Writes the file.
     *
     * @param arguments units, periods, {@code float} or {@code double}, and the file
     */
    public static void main(String[] arguments) {
        OutcomeStorage storage = arguments[2].equals("float") ? OutcomeStorage.FLOAT : OutcomeStorage.DOUBLE;
        write(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), storage, Path.of(arguments[3]));
    }

    static void write(int units, int periods, OutcomeStorage storage, Path file) {
        SplittableRandom random = new SplittableRandom(7);
        double[][] factors = new double[FACTORS][periods];
        for (double[] factor : factors) {
            for (int j = 0; j < periods; j++) {
                factor[j] = random.nextGaussian();
            }
        }
        try (PanelFileWriter writer =
                PanelFile.writer(file, names("unit ", units), names("", periods), List.of("0", "1"), storage)) {
            byte[] arms = new byte[periods];
            double[] outcomes = new double[periods];
            for (int unit = 0; unit < units; unit++) {
                drawUnit(random, factors, arms, outcomes);
                writer.add(arms, outcomes);
            }
            writer.finish();
        }
    }

    private static void drawUnit(SplittableRandom random, double[][] factors, byte[] arms, double[] outcomes) {
        double baseline = 5 + random.nextGaussian();
        double effect = .5 + .3 * random.nextGaussian();
        double[] loadings = new double[FACTORS];
        double[] effects = new double[FACTORS];
        for (int k = 0; k < FACTORS; k++) {
            loadings[k] = .7 * random.nextGaussian();
            effects[k] = .2 * random.nextGaussian();
        }
        double propensity = random.nextDouble(.2, .8);
        double noise = random.nextGaussian();
        for (int j = 0; j < arms.length; j++) {
            arms[j] = (byte) (random.nextDouble() < propensity ? 1 : 0);
            outcomes[j] = baseline + arms[j] * effect + noise;
            for (int k = 0; k < FACTORS; k++) {
                outcomes[j] += factors[k][j] * (loadings[k] + arms[j] * effects[k]);
            }
            noise = .3 * noise + Math.sqrt(1 - .3 * .3) * random.nextGaussian();
        }
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(k -> prefix + k).toList();
    }
}
