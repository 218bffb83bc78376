package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.EffectsForm;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelCells;
import io.github.rowwise.panel.Panels;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold of the factor model with more than two arms. */
class FactorModelArmsTest {

    private static final FactorModelEstimator ESTIMATOR =
            FactorModelEstimator.withDefaults().withBackend("ejml").withThreads(1);

    private static final String PANEL = "factormodel/three_arms.csv";

    @Test
    void threadsChangeNothingToTheLastBit() {
        Panel panel = Panels.withBlockRows(Draws.random(3, 150, 30, 3, .1), 32);

        double[] once = everything(ESTIMATOR.withRankLimit(4).fit(panel));

        for (int threads : new int[] {2, 5}) {
            assertThat(everything(
                            ESTIMATOR.withRankLimit(4).withThreads(threads).fit(panel)))
                    .containsExactly(once);
        }
    }

    @ParameterizedTest
    @EnumSource(value = EffectsForm.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void theOrderOfTreatmentsDoesNotMatter(EffectsForm form) throws IOException {
        Panel panel = Tables.panel(PANEL);
        UnitEffects effects = ESTIMATOR.withEffects(form).fit(panel);

        UnitEffects swapped = ESTIMATOR.withEffects(form).fit(relabelled(panel, new int[] {0, 2, 1}));

        for (int arm = 1; arm <= 2; arm++) {
            // The coordinates of the accelerated steps depend on the order, so the fits end at slightly different
            // points, by a twentieth of a standard error.
            assertThat(Tables.distance(Tables.ate(swapped, 3 - arm), Tables.ate(effects, arm)))
                    .isLessThan(1e-2);
            assertThat(swapped.averages(3 - arm).att().standardError())
                    .isCloseTo(effects.averages(arm).att().standardError(), within(5e-4));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Noise.class, mode = EnumSource.Mode.EXCLUDE, names = "BLOCK_JACKKNIFE")
    void theOrderOfUnitsDoesNotMatter(Noise noise) throws IOException {
        Panel panel = Tables.panel(PANEL);
        int[] units = Draws.permutation(panel.units(), 1);
        UnitEffects effects = ESTIMATOR.withNoise(noise).fit(panel);

        int[] periods = IntStream.range(0, panel.periods()).toArray();
        UnitEffects turned = ESTIMATOR.withNoise(noise).fit(Draws.ordered(panel, units, periods));

        for (int arm = 1; arm <= 2; arm++) {
            double[] ate = Tables.ate(turned, arm);
            double[] back = new double[ate.length];
            for (int k = 0; k < ate.length; k++) {
                back[units[k]] = ate[k];
            }
            assertThat(Tables.distance(back, Tables.ate(effects, arm))).isLessThan(1e-6);
        }
    }

    @Test
    void aConstantAddedToAnArmMovesItsEffectsOnly() throws IOException {
        Panel panel = Tables.panel(PANEL);
        UnitEffects effects = ESTIMATOR.fit(panel);

        UnitEffects moved =
                ESTIMATOR.fit(Draws.with(panel, (unit, period, arm, former) -> former + (arm == 2 ? 3 : 0)));

        double[] shifted =
                DoubleStream.of(Tables.ate(effects, 2)).map(ate -> ate + 3).toArray();
        assertThat(Tables.distance(Tables.ate(moved, 2), shifted)).isLessThan(5e-3);
        assertThat(Tables.distance(Tables.ate(moved, 1), Tables.ate(effects, 1)))
                .isLessThan(5e-3);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-120, 1024, 1e120})
    void effectsScaleWithTheOutcomes(double factor) throws IOException {
        Panel panel = Tables.panel(PANEL);
        UnitEffects effects = ESTIMATOR.fit(panel);

        UnitEffects scaled = ESTIMATOR.fit(Draws.with(panel, outcome -> outcome * factor));

        for (int arm = 1; arm <= 2; arm++) {
            double[] expected = DoubleStream.of(Tables.ate(effects, arm))
                    .map(ate -> ate * factor)
                    .toArray();
            assertThat(Tables.distance(Tables.ate(scaled, arm), expected)).isLessThan(1e-8);
        }
    }

    @Test
    void anArmSplitAtRandomHasTheSameEffectTwice() {
        Panel two = Draws.random(8, 80, 60, 2, .05);
        SplittableRandom random = new SplittableRandom(2);
        PanelCells cells = Panel.cells(two.unitNames(), two.periodNames(), List.of("0", "1", "2"));
        for (int i = 0; i < two.units(); i++) {
            for (int j = 0; j < two.periods(); j++) {
                if (two.isObserved(i, j)) {
                    cells.set(i, j, two.arm(i, j) * random.nextInt(1, 3), two.outcome(i, j));
                }
            }
        }

        UnitEffects split = ESTIMATOR.fit(cells.build());
        AverageEffects whole = ESTIMATOR.fit(two).averages(1);

        for (int arm = 1; arm <= 2; arm++) {
            AverageEffects half = split.averages(arm);
            assertThat(half.ate().value())
                    .isCloseTo(whole.ate().value(), within(3 * whole.ate().standardError()));
            assertThat(half.ate().standardError())
                    .isBetween(whole.ate().standardError(), 2 * whole.ate().standardError());
        }
    }

    @Test
    void aUnitThatLacksAnArmIsEstimableInTheOthers() throws IOException {
        UnitEffects effects = ESTIMATOR.fit(Tables.panel(PANEL));

        // The panel's second treatment was taken from unit 11, the first from unit 7, control from unit 3, all from 20.
        assertThat(effects.effect(11, 1).ate().isAvailable()).isTrue();
        assertThat(effects.effect(11, 2).ate().isAvailable()).isFalse();
        assertThat(effects.effect(7, 1).ate().isAvailable()).isFalse();
        assertThat(effects.effect(7, 2).ate().isAvailable()).isTrue();
        for (int arm = 1; arm <= 2; arm++) {
            assertThat(effects.effect(3, arm).ate().isAvailable()).isFalse();
            assertThat(effects.effect(20, arm).ate().isAvailable()).isFalse();
            double mean = DoubleStream.of(Tables.ate(effects, arm))
                    .filter(ate -> !Double.isNaN(ate))
                    .average()
                    .orElseThrow();
            assertThat(effects.averages(arm).arm()).isEqualTo(arm);
            assertThat(effects.averages(arm).units()).isEqualTo(51);
            assertThat(effects.averages(arm).ate().value()).isCloseTo(mean, within(1e-12));
        }
    }

    @Test
    void unitEffectsAreTheAveragesOfTheMatrices() throws IOException {
        Panel panel = Tables.panel(PANEL);
        UnitEffects effects = ESTIMATOR.fit(panel);

        for (int arm = 1; arm <= 2; arm++) {
            double[] row = effects.effectMatrix(arm).row(4);
            double[] sums = new double[3];
            double[] counts = new double[3];
            for (int j = 0; j < row.length; j++) {
                int cell = panel.isObserved(4, j) ? panel.arm(4, j) : -1;
                int estimand = cell == arm ? 1 : cell == 0 ? 2 : -1;
                sums[0] += row[j];
                counts[0]++;
                if (estimand > 0) {
                    sums[estimand] += row[j];
                    counts[estimand]++;
                }
            }
            UnitEffect unit = effects.effect(4, arm);
            assertThat(unit.ate().value()).isCloseTo(sums[0] / counts[0], within(1e-12));
            assertThat(unit.att().value()).isCloseTo(sums[1] / counts[1], within(1e-12));
            assertThat(unit.atu().value()).isCloseTo(sums[2] / counts[2], within(1e-12));
        }
    }

    @Test
    void theTopDecileIsThatOfTheArm() throws IOException {
        UnitEffects effects = ESTIMATOR.fit(Tables.panel(PANEL));

        double[] top = effects.probabilitiesTopDecile();

        for (int arm = 1; arm <= 2; arm++) {
            double expected = 0;
            for (int k = 0; k < top.length; k++) {
                expected += effects.effects().get(k).arm() == arm && !Double.isNaN(top[k]) ? top[k] : 0;
            }
            assertThat(expected).isCloseTo(5.1, within(1e-6));
        }
    }

    @Test
    void manyArmsInFewPeriodsGiveFiniteNumbers() {
        Panel panel = Draws.random(5, 60, 16, 7, .05);

        for (EffectsForm form : EffectsForm.values()) {
            UnitEffects effects = ESTIMATOR.withEffects(form).fit(panel);

            assertThat(effects.effects())
                    .filteredOn(unit -> unit.ate().isAvailable())
                    .isNotEmpty()
                    .allSatisfy(unit -> {
                        assertThat(unit.ate().value()).isFinite();
                        assertThat(unit.ate().standardError()).isFinite().isPositive();
                    });
        }
    }

    private static Panel relabelled(Panel panel, int[] to) {
        PanelCells cells = Panel.cells(panel.unitNames(), panel.periodNames(), panel.armNames());
        for (int i = 0; i < panel.units(); i++) {
            for (int j = 0; j < panel.periods(); j++) {
                if (panel.isObserved(i, j)) {
                    cells.set(i, j, to[panel.arm(i, j)], panel.outcome(i, j));
                }
            }
        }
        return cells.build();
    }

    private static double[] everything(UnitEffects effects) {
        return effects.effects().stream()
                .filter(unit -> unit.ate().isAvailable())
                .flatMapToDouble(unit -> DoubleStream.of(
                        unit.ate().value(),
                        unit.ate().standardError(),
                        unit.att().value(),
                        unit.atu().standardError(),
                        effects.averages(unit.arm()).att().standardError()))
                .toArray();
    }
}
