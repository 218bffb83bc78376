package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.effects.EffectsForm;
import io.github.rowwise.effects.EventTimeEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Absent periods count in the factor model's noise, trends and event times. */
class AbsentPeriodsTest {

    private static final FactorModelEstimator MODEL =
            FactorModelEstimator.withDefaults().withCellErrors(true);
    private static final int UNITS = 30;

    /** Years with nine years absent, and one more. */
    private static final int[] YEARS = IntStream.concat(IntStream.range(1980, 1996), IntStream.range(2005, 2020))
            .filter(year -> year != 2011)
            .toArray();

    private static List<String> names(int[] numbers) {
        return IntStream.of(numbers).mapToObj(Integer::toString).toList();
    }

    /** Units adopt and stay; the effect builds up over ten years; noise is correlated. */
    private static double[][][] cells() {
        SplittableRandom random = new SplittableRandom(12);
        int span = 2020 - 1980;
        double[] factor = random.doubles(span, -1, 1).toArray();
        double[][] outcomes = new double[UNITS][span];
        double[][] arms = new double[UNITS][span];
        for (int unit = 0; unit < UNITS; unit++) {
            double noise = 0;
            double loading = random.nextGaussian();
            int start = unit % 3 == 0 ? span : 8 + random.nextInt(28);
            for (int j = 0; j < span; j++) {
                noise = .6 * noise + .3 * random.nextGaussian();
                arms[unit][j] = j >= start ? 1 : 0;
                double effect = j >= start ? 3 * (1 - Math.exp(-(j - start) / 6.0)) : 0;
                outcomes[unit][j] = unit % 7 + loading * factor[j] + noise + effect;
            }
        }
        return new double[][][] {outcomes, arms};
    }

    private static Panel panel(int[] years, boolean isSpaced) {
        double[][][] all = cells();
        int first = years[0];
        int[] columns = isSpaced ? IntStream.range(first, 2020).toArray() : years;
        double[][] outcomes = new double[UNITS][columns.length];
        int[][] arms = new int[UNITS][columns.length];
        for (int unit = 0; unit < UNITS; unit++) {
            for (int j = 0; j < columns.length; j++) {
                int year = columns[j];
                boolean isThere = IntStream.of(years).anyMatch(y -> y == year);
                outcomes[unit][j] = isThere ? all[0][unit][year - first] : Double.NaN;
                arms[unit][j] = isThere ? (int) all[1][unit][year - first] : 0;
            }
        }
        return Panel.of(
                outcomes, arms, Draws.names("u", UNITS), isSpaced ? Draws.names("p", columns.length) : names(columns));
    }

    @ParameterizedTest
    @EnumSource(EffectsForm.class)
    void equalPeriodsWithoutOutcomes(EffectsForm form) {
        UnitEffects absent = MODEL.withEffects(form).fit(panel(YEARS, false));
        UnitEffects empty = MODEL.withEffects(form).fit(panel(YEARS, true));

        assertThat(absent.factorModel().orElseThrow().rank())
                .isEqualTo(empty.factorModel().orElseThrow().rank());
        for (int unit = 0; unit < UNITS; unit++) {
            if (!absent.effect(unit, 1).att().isAvailable()) {
                continue;
            }
            assertThat(absent.effect(unit, 1).att().value())
                    .isCloseTo(empty.effect(unit, 1).att().value(), within(1e-6));
            assertThat(absent.effect(unit, 1).att().standardError())
                    .isCloseTo(empty.effect(unit, 1).att().standardError(), within(1e-6));
            for (int j = 0; j < YEARS.length; j++) {
                int column = YEARS[j] - 1980;
                assertThat(absent.outcomeRow(unit, 1)[j]).isCloseTo(empty.outcomeRow(unit, 1)[column], within(1e-6));
                assertThat(absent.cellEffect(unit, 1, j).standardError())
                        .isCloseTo(empty.cellEffect(unit, 1, column).standardError(), within(1e-6));
            }
        }
        assertThat(absent.byPeriod(1)).hasSize(YEARS.length);
        assertThat(times(absent)).isEqualTo(times(empty));
        for (int k = 0; k < absent.byEventTime(1).size(); k++) {
            EventTimeEffect here = absent.byEventTime(1).get(k);
            EventTimeEffect there = empty.byEventTime(1).get(k);
            assertThat(here.effect().value()).isCloseTo(there.effect().value(), within(1e-6));
            assertThat(here.effect().standardError()).isCloseTo(there.effect().standardError(), within(1e-6));
        }
    }

    private static List<Integer> times(UnitEffects effects) {
        return effects.byEventTime(1).stream().map(EventTimeEffect::eventTime).toList();
    }

    @Test
    void averagesOverAllPeriodsLeaveAbsentOnesOut() {
        UnitEffects effects = MODEL.withEffects(EffectsForm.FACTORS).fit(panel(YEARS, false));
        for (int unit = 1; unit < UNITS; unit++) {
            if (effects.effect(unit, 1).ate().isAvailable()) {
                double mean = 0;
                for (int j = 0; j < YEARS.length; j++) {
                    mean += (effects.outcomeMatrix(1).row(unit)[j]
                                    - effects.outcomeMatrix(0).row(unit)[j])
                            / YEARS.length;
                }
                assertThat(effects.effect(unit, 1).ate().value()).isCloseTo(mean, within(1e-9));
            }
        }
    }

    @Test
    void aSavedResultKeepsTheTimes(@TempDir Path folder) {
        UnitEffects effects = MODEL.withEffects(EffectsForm.ONSET).fit(panel(YEARS, false));
        Path file = folder.resolve("effects");
        effects.save(file);

        UnitEffects loaded = UnitEffects.load(file);

        for (int unit = 1; unit < UNITS; unit += 3) {
            assertThat(loaded.outcomeRow(unit, 1)).isEqualTo(effects.outcomeRow(unit, 1));
        }
        assertThat(loaded.byEventTime(1)).hasToString(effects.byEventTime(1).toString());
    }

    @Test
    void threadsDoNotMatterAndThePanelStaysAsItIs() {
        Panel panel = panel(YEARS, false);
        List<Double> values = new ArrayList<>();
        for (int threads : new int[] {1, 3}) {
            values.add(MODEL.withThreads(threads).fit(panel).averages(1).att().value());
        }
        assertThat(values.get(0)).isEqualTo(values.get(1));
        assertThat(panel.periodNames()).isEqualTo(names(YEARS));
    }

    @Test
    void aTypingErrorInAYearDoesNotFillTheTimeSince() {
        int[] years = IntStream.range(0, 20).map(j -> j == 0 ? 202 : 2000 + j).toArray();
        double[][] outcomes = new double[8][20];
        int[][] arms = new int[8][20];
        SplittableRandom random = new SplittableRandom(1);
        for (int unit = 0; unit < 8; unit++) {
            for (int j = 0; j < 20; j++) {
                arms[unit][j] = random.nextInt(2);
                outcomes[unit][j] = random.nextGaussian() + arms[unit][j];
            }
        }
        UnitEffects effects = MODEL.fit(Panel.of(outcomes, arms, Draws.names("u", 8), names(years)));
        assertThat(effects.averages(1).att().value()).isBetween(0.0, 2.0);
    }
}
