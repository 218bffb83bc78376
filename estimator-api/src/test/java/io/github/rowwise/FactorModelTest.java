package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.EffectsForm;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.FactorModel;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Grade;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.Panels;
import io.github.rowwise.simulation.PanelSimulation;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold of the factor model whatever the panel. */
class FactorModelTest {

    private static final FactorModelEstimator ESTIMATOR =
            FactorModelEstimator.withDefaults().withBackend("ejml").withThreads(1);

    @ParameterizedTest
    @EnumSource(EffectsForm.class)
    void theEvidenceBoundNeverFalls(EffectsForm form) throws IOException {
        for (String name : List.of("plain", "gaps", "three_arms")) {
            for (Noise noise : Noise.values()) {
                double[] bounds = ESTIMATOR
                        .withEffects(form)
                        .withNoise(noise)
                        .fit(Tables.panel("factormodel/" + name + ".csv"))
                        .factorModel()
                        .orElseThrow()
                        .evidenceBounds();
                for (int k = 1; k < bounds.length; k++) {
                    assertThat(bounds[k]).isGreaterThanOrEqualTo(bounds[k - 1]);
                }
            }
        }
    }

    @Test
    void threadsChangeNothingToTheLastBit() {
        Panel panel = Panels.withBlockRows(simulated(150, 40, 3), 32);

        double[] once = everything(ESTIMATOR.fit(panel));

        for (int threads : new int[] {2, 5}) {
            assertThat(everything(ESTIMATOR.withThreads(threads).fit(panel))).containsExactly(once);
        }
    }

    @Test
    void backendsAgreeWhereTheStartComesFromPasses() {
        // Too many cells for a full decomposition.
        Panel panel = simulated(420, 320, 4);
        FactorModelEstimator estimator =
                FactorModelEstimator.withDefaults().withRankLimit(4).withEffects(EffectsForm.CONSTANT);

        double[] expected = Tables.ate(estimator.withBackend("ejml").fit(panel), 1);

        for (String backend : TestedBackends.NAMES) {
            assertThat(Tables.distance(Tables.ate(estimator.withBackend(backend).fit(panel), 1), expected))
                    .isLessThan(1e-8);
        }
    }

    @Test
    void aConstantAddedToTreatedCellsMovesTheEffects() {
        double[][] outcomes = outcomes(60, 30, 5);
        int[][] arms = arms(60, 30, 5);
        double[] before = Tables.ate(ESTIMATOR.withRankLimit(3).fit(Draws.panel(outcomes, arms)), 1);
        for (int i = 0; i < 60; i++) {
            for (int j = 0; j < 30; j++) {
                outcomes[i][j] += arms[i][j] * 2;
            }
        }

        double[] after = Tables.ate(ESTIMATOR.withRankLimit(3).fit(Draws.panel(outcomes, arms)), 1);

        double[] shifted = DoubleStream.of(before).map(ate -> ate + 2).toArray();
        // What is drawn towards a level changes with it only through the prior's own width.
        assertThat(Tables.distance(after, shifted)).isLessThan(1e-3);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-120, 1e-9, 1024, 1e120})
    void effectsScaleWithTheOutcomes(double factor) {
        double[][] outcomes = outcomes(50, 30, 6);
        int[][] arms = arms(50, 30, 6);
        UnitEffects plain = ESTIMATOR.fit(Draws.panel(outcomes, arms));
        for (double[] row : outcomes) {
            for (int j = 0; j < row.length; j++) {
                row[j] *= factor;
            }
        }

        UnitEffects scaled = ESTIMATOR.fit(Draws.panel(outcomes, arms));

        double[] expected =
                DoubleStream.of(Tables.ate(plain, 1)).map(ate -> ate * factor).toArray();
        assertThat(Tables.distance(Tables.ate(scaled, 1), expected)).isLessThan(1e-8);
        assertThat(scaled.effect(3, 1).ate().standardError())
                .isCloseTo(plain.effect(3, 1).ate().standardError() * factor, percent(1e-5));
    }

    @Test
    void theOrderOfUnitsDoesNotMatter() {
        double[][] outcomes = outcomes(50, 30, 7);
        int[][] arms = arms(50, 30, 7);
        int n = outcomes.length;
        IntFunction<Integer> mirrored = i -> n - 1 - i;
        double[][] turned =
                IntStream.range(0, n).mapToObj(i -> outcomes[mirrored.apply(i)]).toArray(double[][]::new);
        int[][] turnedArms =
                IntStream.range(0, n).mapToObj(i -> arms[mirrored.apply(i)]).toArray(int[][]::new);

        double[] ate = Tables.ate(ESTIMATOR.fit(Draws.panel(outcomes, arms)), 1);
        double[] turnedAte = Tables.ate(ESTIMATOR.fit(Draws.panel(turned, turnedArms)), 1);

        double[] back = IntStream.range(0, n)
                .mapToDouble(i -> turnedAte[mirrored.apply(i)])
                .toArray();
        assertThat(Tables.distance(back, ate)).isLessThan(1e-7);
    }

    @Test
    void averagesAndMatricesBelongToTheUnits() {
        UnitEffects effects = ESTIMATOR.fit(simulated(60, 30, 8));
        AverageEffects averages = effects.averages(1);

        double mean = DoubleStream.of(Tables.ate(effects, 1)).average().orElseThrow();

        assertThat(averages.ate().value()).isCloseTo(mean, percent(1e-8));
        assertThat(averages.units()).isEqualTo(60);
        double unitError = effects.effect(0, 1).ate().standardError();
        assertThat(averages.ate().standardError()).isBetween(unitError / 60, unitError);
        for (int unit : new int[] {0, 33}) {
            double rowMean =
                    DoubleStream.of(effects.effectMatrix().row(unit)).average().orElseThrow();
            assertThat(rowMean).isCloseTo(effects.effect(unit, 1).ate().value(), percent(1e-7));
        }
        double att = 0;
        int treated = 0;
        for (int period = 0; period < 30; period++) {
            if (effects.panel().arm(4, period) == 1) {
                att += effects.effectMatrix().get(4, period);
                treated++;
            }
        }
        assertThat(effects.effect(4, 1).att().value()).isCloseTo(att / treated, percent(1e-7));
    }

    @Test
    void probabilitiesFollowFromThePosterior() {
        UnitEffects effects = ESTIMATOR.fit(simulated(80, 30, 9));

        double[] positive = effects.probabilitiesPositive();
        double[] top = effects.probabilitiesTopDecile();

        assertThat(DoubleStream.of(top).sum()).isCloseTo(8, percent(1e-6));
        for (int k = 0; k < positive.length; k++) {
            Estimate ate = effects.effects().get(k).ate();
            double oneSided = ate.value() > 0 ? 1 - ate.pValue() / 2 : ate.pValue() / 2;
            assertThat(positive[k]).isCloseTo(oneSided, within(1e-12));
            assertThat(top[k]).isBetween(0.0, 1.0);
        }
        assertThat(SpectralEstimator.withDefaults()
                        .withBackend("ejml")
                        .fit(effects.panel())
                        .probabilitiesPositive())
                .containsOnly(Double.NaN);
    }

    @Test
    void unitsThatLackAnArmHaveAReasonAndNoNumber() throws IOException {
        UnitEffects effects = ESTIMATOR.fit(Tables.panel("factormodel/gaps.csv"));

        for (int unit : new int[] {0, 5}) {
            UnitEffect effect = effects.effect(unit, 1);
            assertThat(effect.ate().isAvailable()).isFalse();
            assertThat(effect.grade()).isEqualTo(Grade.NOT_ESTIMABLE);
            assertThat(effect.reason()).isNotEmpty();
            assertThat(effects.effectMatrix().isAvailable(unit)).isFalse();
            assertThat(effects.probabilitiesPositive()[unit]).isNaN();
        }
        assertThat(effects.outcomeMatrix(0).isAvailable(0)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Noise.class)
    void constantOutcomesHaveNoEffect(Noise noise) {
        for (double level : new double[] {0, 7}) {
            double[][] outcomes = new double[12][10];
            for (double[] row : outcomes) {
                Arrays.fill(row, level);
            }
            double[] ate = Tables.ate(ESTIMATOR.withNoise(noise).fit(Draws.panel(outcomes, arms(12, 10, 1))), 1);

            assertThat(DoubleStream.of(ate).map(Math::abs).max().orElseThrow()).isLessThan(1e-9);
        }
    }

    @ParameterizedTest
    @EnumSource(EffectsForm.class)
    void tinyPanelsGiveFiniteNumbers(EffectsForm form) {
        double[][] outcomes = {{1, 2, 4, 3}, {2, 1, 3, 3}, {0, 1, 1, 2}, {5, 4, 4, 6}};
        int[][] arms = {{0, 1, 0, 0}, {1, 0, 1, 0}, {0, 0, 1, 1}, {1, 0, 0, 1}};

        UnitEffects effects = ESTIMATOR.withEffects(form).fit(Draws.panel(outcomes, arms));
        UnitEffects smallest = ESTIMATOR
                .withEffects(form)
                .fit(Draws.panel(new double[][] {{1, 3}, {2, 2}}, new int[][] {{0, 1}, {1, 0}}));

        for (UnitEffect unit : effects.effects()) {
            assertThat(unit.ate().value()).isFinite();
            assertThat(unit.ate().standardError()).isFinite().isPositive();
        }
        for (UnitEffect unit : smallest.effects()) {
            assertThat(unit.ate().value()).isFinite();
            assertThat(unit.ate().hasStandardError()).isFalse();
        }
    }

    @Test
    void outcomesWithoutNoiseAreMet() {
        double[][] outcomes = new double[30][20];
        int[][] arms = arms(30, 20, 2);
        for (int i = 0; i < 30; i++) {
            for (int j = 0; j < 20; j++) {
                outcomes[i][j] = i + Math.sin(j) * (i % 5) + arms[i][j] * (1 + i % 3);
            }
        }

        double[] ate = Tables.ate(ESTIMATOR.fit(Draws.panel(outcomes, arms)), 1);

        double[] truth = IntStream.range(0, 30).mapToDouble(i -> 1 + i % 3).toArray();
        assertThat(Tables.distance(ate, truth)).isLessThan(1e-3);
    }

    @Test
    void aPeriodWithoutTreatmentIsNoHindrance() {
        int[][] arms = arms(40, 24, 3);
        for (int[] row : arms) {
            row[0] = 0;
            row[11] = 0;
        }

        UnitEffects effects = ESTIMATOR.fit(Draws.panel(outcomes(40, 24, 3), arms));

        assertThat(effects.effects())
                .allSatisfy(unit -> assertThat(unit.ate().value()).isFinite());
        assertThat(effects.warnings())
                .anySatisfy(warning -> assertThat(warning.message()).contains("in 2 of 24 periods"));
    }

    /** In these panels a factor of its own fitted the noise of the noisiest unit, which then had a sure effect. */
    @ParameterizedTest
    @ValueSource(longs = {12, 15, 16})
    void aNoisyUnitIsNoFactor(long seed) {
        Panel panel = PanelSimulation.withDefaults()
                .withNoiseForm(PanelSimulation.NoiseForm.UNEQUAL)
                .withEffect(0, 0)
                .withSeed(seed)
                .generate()
                .panel();
        UnitEffects effects = FactorModelEstimator.withDefaults().fit(panel);
        assertThat(effects.factorModel().orElseThrow().rank()).isEqualTo(3);
        assertThat(Arrays.stream(effects.qValues()).min().orElseThrow()).isGreaterThan(0.1);
    }

    @Test
    void wrongOptionsAreRejectedWithTheirValue() {
        assertThatThrownBy(() -> ESTIMATOR.withRankLimit(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rank limit 0");
        assertThatThrownBy(() -> ESTIMATOR.withConfidenceLevel(1)).hasMessageContaining("level 1.0");
    }

    @Test
    void theFormOfEffectsIsChosenByTheEvidence() {
        FactorModel constant = ESTIMATOR
                .withEffects(EffectsForm.AUTO)
                .fit(simulated(60, 40, 10))
                .factorModel()
                .orElseThrow();

        assertThat(constant.evidenceGain()).isPresent();
        assertThat(constant.effectsForm())
                .isEqualTo(constant.evidenceGain().getAsDouble() > 10 ? EffectsForm.FACTORS : EffectsForm.CONSTANT);
        assertThatThrownBy(() -> ESTIMATOR.fit(simulated(30, 20, 1)).spectrum(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("factorModel()");
    }

    private static double[] everything(UnitEffects effects) {
        return effects.effects().stream()
                .flatMapToDouble(unit -> DoubleStream.of(
                        unit.ate().value(),
                        unit.ate().standardError(),
                        unit.att().value(),
                        unit.atu().standardError(),
                        effects.averages(1).att().standardError()))
                .toArray();
    }

    private static Percentage percent(double percent) {
        return Percentage.withPercentage(percent);
    }

    private static Panel simulated(int n, int m, long seed) {
        return Draws.panel(outcomes(n, m, seed), arms(n, m, seed));
    }

    /** Two factors, unit effects around one, noise of one half. */
    private static double[][] outcomes(int n, int m, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] loadings = normals(random, n, 3);
        double[][] factors = normals(random, m, 2);
        double[][] noise = normals(random, n, m);
        int[][] arms = arms(n, m, seed);
        double[][] outcomes = new double[n][m];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                outcomes[i][j] = 3
                        + loadings[i][0] * factors[j][0]
                        + loadings[i][1] * factors[j][1]
                        + arms[i][j] * (1 + loadings[i][2] / 2)
                        + noise[i][j] / 2;
            }
        }
        return outcomes;
    }

    private static int[][] arms(int n, int m, long seed) {
        SplittableRandom random = new SplittableRandom(~seed);
        int[][] arms = new int[n][m];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                arms[i][j] = j == i % m ? 1 : j == (i + 1) % m ? 0 : random.nextInt(2);
            }
        }
        return arms;
    }

    private static double[][] normals(SplittableRandom random, int rows, int columns) {
        double[][] values = new double[rows][columns];
        for (double[] row : values) {
            Arrays.setAll(row, j -> random.nextGaussian());
        }
        return values;
    }
}
