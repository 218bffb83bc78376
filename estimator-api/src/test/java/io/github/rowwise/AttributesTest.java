package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.effects.AttributeEffects;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.UnitColumn;
import io.github.rowwise.panel.Warning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttributesTest {

    private static final int UNITS = 120;
    private static final int PERIODS = 12;
    private static final double SLOPE = .8;
    private static final double NORTH = -1;

    private static final FactorModelEstimator PLAIN =
            FactorModelEstimator.withDefaults().withThreads(2);

    private final double[] sizes = new double[UNITS];
    private final List<String> regions = new ArrayList<>();
    private final double[] truth = new double[UNITS];
    private final Panel panel = panel();

    /** Effects depend on the size and the region; the last unit was never treated. */
    private Panel panel() {
        SplittableRandom random = new SplittableRandom(3);
        double[][] outcomes = new double[UNITS][PERIODS];
        int[][] arms = new int[UNITS][PERIODS];
        for (int i = 0; i < UNITS; i++) {
            sizes[i] = 50 + 10 * random.nextGaussian();
            regions.add(i % 3 == 0 ? "north" : "south");
            truth[i] = 1 + SLOPE * (sizes[i] - 50) / 10 + (i % 3 == 0 ? NORTH : 0) + .5 * random.nextGaussian();
            double level = 5 + .05 * sizes[i] + random.nextGaussian();
            for (int j = 0; j < PERIODS; j++) {
                arms[i][j] = i < UNITS - 1 && random.nextInt(3) == 0 ? 1 : 0;
                outcomes[i][j] = level + Math.sin(j) + arms[i][j] * truth[i] + random.nextGaussian();
            }
        }
        return Panel.of(outcomes, arms, names(UNITS), names(PERIODS));
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    private FactorModelEstimator with(UnitColumn... attributes) {
        return PLAIN.withAttributes(List.of(attributes));
    }

    private UnitColumn size() {
        return UnitColumn.ofNumbers("size", sizes);
    }

    private UnitColumn region() {
        return UnitColumn.ofTexts("region", regions);
    }

    @Test
    void findsHowEffectsDependOnAttributes() {
        UnitEffects effects = with(size(), region()).fit(panel);
        AttributeEffects attributes = effects.attributes(1).orElseThrow();
        assertThat(attributes.coefficients()).hasSize(2);
        AttributeEffects.Coefficient ofSize = attributes.coefficients().get(0);
        assertThat(ofSize.attribute()).isEqualTo("size");
        assertThat(ofSize.level()).isEmpty();
        assertWithin(ofSize.estimate(), SLOPE / 10, .02);
        AttributeEffects.Coefficient ofRegion = attributes.coefficients().get(1);
        assertThat(ofRegion.level()).isEqualTo("north");
        assertThat(ofRegion.base()).isEqualTo("south");
        assertWithin(ofRegion.estimate(), NORTH, .3);
        assertThat(attributes.averages())
                .extracting(AttributeEffects.LevelAverage::level)
                .containsExactly("south", "north");
        assertThat(attributes.averages())
                .extracting(AttributeEffects.LevelAverage::units)
                .containsExactly(80, 40);
        assertWithin(attributes.averages().get(0).ate(), 1, .2);
        assertWithin(attributes.averages().get(1).ate(), 1 + NORTH, .3);
        // The variances are .64 + .22 of .64 + .22 + .25.
        assertThat(attributes.explainedShare()).isBetween(.6, .97);

        UnitEffects plain = PLAIN.fit(panel);
        assertThat(plain.attributes(1)).isEmpty();
        assertThat(error(effects)).isLessThan(.85 * error(plain));
        // The unit that was never treated has a prediction from its own attributes.
        double predicted = effects.predictions()
                .get(effects.predictions().size() - 1)
                .ate()
                .value();
        double expected = 1 + SLOPE * (sizes[UNITS - 1] - 50) / 10;
        assertThat(predicted).isCloseTo(expected, within(.8));
    }

    private static void assertWithin(Estimate found, double truth, double largestError) {
        assertThat(found.standardError()).isLessThan(largestError);
        assertThat(found.value()).isCloseTo(truth, within(3.5 * found.standardError()));
    }

    private double error(UnitEffects effects) {
        double sum = 0;
        for (int unit = 0; unit < UNITS - 1; unit++) {
            Estimate ate = effects.effect(unit, 1).ate();
            sum += ate.isAvailable() ? Math.pow(ate.value() - truth[unit], 2) : 0;
        }
        return Math.sqrt(sum);
    }

    @Test
    void doNotDependOnTheUnitOfAnAttributeOrTheOrderOfLevels() {
        double[] other = Arrays.stream(sizes).map(value -> 3e4 - 1e3 * value).toArray();
        UnitEffects expected = with(size(), region()).fit(panel);
        UnitEffects found = with(region(), UnitColumn.ofNumbers("size", other))
                .withThreads(1)
                .fit(panel);
        assertThat(values(found)).containsExactly(values(expected), within(1e-7));
        assertThat(slope(found, "size").value() * -1e3)
                .isCloseTo(slope(expected, "size").value(), within(1e-8));
        assertThat(slope(found, "region").standardError())
                .isCloseTo(slope(expected, "region").standardError(), within(1e-7));
    }

    private static Estimate slope(UnitEffects effects, String attribute) {
        return effects.attributes(1).orElseThrow().coefficients().stream()
                .filter(coefficient -> coefficient.attribute().equals(attribute))
                .findFirst()
                .orElseThrow()
                .estimate();
    }

    private static double[] values(UnitEffects effects) {
        return effects.effects().stream()
                .map(UnitEffect::ate)
                .filter(Estimate::isAvailable)
                .mapToDouble(Estimate::value)
                .toArray();
    }

    @Test
    void saysWhatWasLeftOutMergedOrFilledIn() {
        double[] incomplete = sizes.clone();
        incomplete[4] = Double.NaN;
        List<String> rare = new ArrayList<>(regions);
        rare.set(7, "islands");
        UnitEffects effects = with(
                        UnitColumn.ofNumbers("size", incomplete),
                        UnitColumn.ofNumbers(
                                "twice",
                                Arrays.stream(sizes).map(size -> 2 * size).toArray()),
                        UnitColumn.ofTexts("region", rare),
                        UnitColumn.ofTexts("country", Collections.nCopies(UNITS, "here")),
                        UnitColumn.ofNumbers("constant", new double[UNITS]))
                .fit(panel);
        assertThat(effects.warnings().stream()
                        .filter(warning -> warning.kind() == Warning.Kind.ATTRIBUTES)
                        .map(Warning::message))
                .containsExactly(
                        "attribute \"size\" is missing in 1 unit, which counts as average",
                        "attribute \"region\": only one unit has the level \"islands\", so it counts as \"south\"",
                        "attribute \"constant\" is the same in all units and was left out");
        UnitEffects collinear = with(
                        size(),
                        UnitColumn.ofNumbers(
                                "twice", Arrays.stream(sizes).map(s -> 2 * s).toArray()))
                .fit(panel);
        assertThat(collinear.warnings())
                .extracting(Warning::message)
                .contains("attribute \"twice\" follows from the attributes before it and was left out");
        assertThat(values(collinear)).containsExactly(values(with(size()).fit(panel)));
    }

    @Test
    void refusesMoreColumnsThanUnitsDetermine() {
        List<String> many =
                IntStream.range(0, UNITS).mapToObj(unit -> "level " + unit / 2).toList();
        assertThatThrownBy(() -> with(UnitColumn.ofTexts("chain", many)).fit(panel))
                .isInstanceOf(InvalidPanelException.class)
                .hasMessageContaining("59 columns for 116 units that are estimable");
        assertThatThrownBy(() -> with(UnitColumn.ofNumbers("size", 1, 2)).fit(panel))
                .isInstanceOf(InvalidPanelException.class)
                .hasMessageContaining("2 values for 120 units");
    }

    @Test
    void areSavedAndResumed(@TempDir Path folder) {
        UnitEffects effects = with(size(), region()).fit(panel);
        Path file = folder.resolve("effects");
        effects.save(file);
        assertThat(UnitEffects.load(file).attributes(1))
                .usingRecursiveComparison()
                .isEqualTo(effects.attributes(1));
    }
}
