package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.effects.Spectrum;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Grade;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelDiagnostics;
import io.github.rowwise.simulation.PanelSimulation;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class RankRulesTest {

    private static final SpectralEstimator ESTIMATOR =
            SpectralEstimator.withDefaults().withBackend("ejml");

    /** Effects without a spread, so that both arms have the three factors of the untreated outcomes. */
    private static Panel rankThree(int units, int periods, long seed) {
        return PanelSimulation.withDefaults()
                .withSize(units, periods)
                .withEffect(1, 0)
                .withSeed(seed)
                .generate()
                .panel();
    }

    private static Panel noise(int units, int periods, long seed) {
        return PanelSimulation.withDefaults()
                .withSize(units, periods)
                .withRank(0)
                .withEffect(1, 0)
                .withSeed(seed)
                .generate()
                .panel();
    }

    private static List<Integer> ranks(RankRule rule, Panel panel) {
        return ESTIMATOR.withRank(rule).spectra(panel).stream()
                .map(Spectrum::rank)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void signFlipFindsThreeFactorsOfThree(long seed) {
        assertThat(ranks(RankRule.signFlip(), rankThree(300, 300, seed))).containsExactly(3, 3);
    }

    /**
     * Five copies and the matrix itself have the same law, so the matrix has the largest value once in six; the second
     * arm makes no difference.
     */
    @Test
    void signFlipKeepsOneFactorOfNoiseAboutOnceInSix() {
        int kept = 0;
        int most = 0;
        int draws = 60;
        for (long seed = 0; seed < draws; seed++) {
            for (int rank : ranks(RankRule.signFlip(), noise(60, 50, seed))) {
                kept += rank > 0 ? 1 : 0;
                most = Math.max(most, rank);
            }
        }
        assertThat(most).isLessThanOrEqualTo(1);
        assertThat(kept / (2.0 * draws)).isBetween(0.02, 0.3);
    }

    @Test
    void moreCopiesKeepLessNoise() {
        long few = LongStream.range(0, 60)
                .filter(seed ->
                        ranks(new RankRule.SignFlip(1), noise(40, 40, seed)).get(0) > 0)
                .count();
        long many = LongStream.range(0, 60)
                .filter(seed ->
                        ranks(new RankRule.SignFlip(40), noise(40, 40, seed)).get(0) > 0)
                .count();

        assertThat(few).isBetween(15L, 45L);
        assertThat(many).isLessThan(9);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theEigenvalueRatioFindsThreeFactorsWhereArmsAreBalanced(long seed) {
        assertThat(ranks(RankRule.eigenvalueRatio(), rankThree(300, 300, seed))).containsExactly(3, 3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void heldOutCellsFindAboutThreeFactors(long seed) {
        assertThat(ranks(RankRule.heldOut(), rankThree(300, 300, seed)))
                .allSatisfy(rank -> assertThat(rank).isBetween(2, 4));
    }

    @Test
    void heldOutCellsFindNothingInNoise() {
        assertThat(ranks(RankRule.heldOut(), noise(120, 100, 1))).containsExactly(0, 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theSpectralGapFindsThreeFactorsWithConstantsThatFit(long seed) {
        assertThat(ranks(new RankRule.SpectralGap(0.5, 1), rankThree(300, 300, seed)))
                .containsExactly(3, 3);
    }

    @Test
    void theSpectralGapOfTheProofKeepsNothingAndSaysSo() {
        Panel panel = rankThree(120, 100, 1);
        UnitEffects nothing = ESTIMATOR
                .withRank(RankRule.spectralGap())
                .withCentring(Centring.NONE)
                .fit(panel);

        assertThat(nothing.spectrum(0).rank()).isZero();
        assertThat(nothing.spectrum(0).gap()).isEmpty();
        assertThat(nothing.spectrum(0).threshold().orElseThrow()).isPositive().isFinite();
        assertThat(nothing.warnings()).anyMatch(warning -> warning.message().contains("no factor of arm 'control'"));
        assertThat(nothing.effects()).allSatisfy(unit -> {
            assertThat(unit.ate().isAvailable()).isFalse();
            assertThat(unit.att().isAvailable()).isFalse();
            assertThat(unit.grade()).isEqualTo(Grade.NOT_ESTIMABLE);
            assertThat(unit.reason()).contains("no factor", "spectral-gap", "give a rank");
        });
        assertThat(nothing.averages(1).ate().isAvailable()).isFalse();
        assertThat(nothing.averages(1).units()).isZero();
        assertThat(nothing.byPeriod(1))
                .allSatisfy(period -> assertThat(period.effect().isAvailable()).isFalse());
        assertThat(nothing.effectMatrix().isAvailable(0)).isFalse();
        assertThat(nothing.qValues()).containsOnly(Double.NaN);
    }

    @Test
    void withCentringRankZeroIsTheDifferenceOfFittedMeans() {
        Panel panel = rankThree(60, 50, 1);
        UnitEffects byGap = ESTIMATOR.withRank(RankRule.spectralGap()).fit(panel);

        assertThat(byGap.spectrum(0).rank()).isZero();
        assertThat(Tables.ate(byGap, 1))
                .isEqualTo(Tables.ate(ESTIMATOR.withRank(RankRule.fixed(0)).fit(panel), 1));
        assertThat(byGap.effect(0, 1).ate().isAvailable()).isTrue();
    }

    /** c K T(a) with T(a) = sqrt((m + n) log(m + n) / q), q the least row propensity. */
    @Test
    void theThresholdOfTheSpectralGapIsThePapers() {
        Panel panel = rankThree(40, 30, 1);
        double least = 1;
        for (int i = 0; i < 40; i++) {
            least = Math.min(least, PanelDiagnostics.of(panel).propensity(i, 1));
        }
        double t = Math.sqrt(70 * Math.log(70) / least);

        assertThat(ESTIMATOR
                        .withRank(new RankRule.SpectralGap(2, 3))
                        .spectra(panel)
                        .get(1)
                        .threshold()
                        .orElseThrow())
                .isCloseTo(6 * t, within(1e-9 * t));
    }

    @ParameterizedTest
    @CsvSource({"3, 7", "7, 3", "2, 2", "2, 9", "12, 12"})
    void ranksNeverExceedTheSmallerSide(int units, int periods) {
        int smaller = Math.min(units, periods);
        Panel panel = Draws.random(5, units, periods, 2, 0);
        for (RankRule rule : List.of(
                RankRule.signFlip(),
                RankRule.eigenvalueRatio(),
                RankRule.heldOut(),
                new RankRule.SpectralGap(1e-9, 1),
                RankRule.fixed(smaller))) {
            assertThat(ranks(rule, panel)).allSatisfy(rank -> assertThat(rank).isBetween(0, smaller));
        }
        assertThatThrownBy(() -> ranks(RankRule.fixed(smaller + 1), panel))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rank " + (smaller + 1))
                .hasMessageContaining(units + " units")
                .hasMessageContaining(periods + " periods")
                .hasMessageContaining("from 0 to " + smaller);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 201})
    void aFixedRankIsKeptWhateverThePathToIt(int rank) {
        for (Panel panel : List.of(rankThree(201, 203, 1), Draws.with(rankThree(201, 203, 1), y -> 4))) {
            assertThat(ranks(RankRule.fixed(rank), panel)).containsExactly(rank, rank);
        }
    }

    @Test
    void ranksByArmAreKeptEachInItsArm() {
        for (Panel panel : List.of(rankThree(60, 70, 1), rankThree(201, 703, 1))) {
            assertThat(ranks(RankRule.fixed(3, 5), panel)).containsExactly(3, 5);
            UnitEffects effects = ESTIMATOR.withRank(RankRule.fixed(3, 5)).fit(panel);
            assertThat(effects.provenance().options()).containsEntry("rank", "fixed 3,5");
            // Control's completion is that of rank 3, treatment's that of rank 5, and their difference the effect.
            double control = ESTIMATOR
                    .withRank(RankRule.fixed(3))
                    .fit(panel)
                    .outcomeMatrix(0)
                    .get(7, 9);
            double treated = ESTIMATOR
                    .withRank(RankRule.fixed(5))
                    .fit(panel)
                    .outcomeMatrix(1)
                    .get(7, 9);
            assertThat(effects.effectMatrix().get(7, 9)).isCloseTo(treated - control, within(1e-7));
        }
    }

    @Test
    void ranksByArmMustBeOneAnArm() {
        assertThatThrownBy(() -> ranks(RankRule.fixed(1, 2, 3), rankThree(20, 30, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "ranks 1,2,3 for the 2 arms [control, treated]: give one rank for all arms, or one per arm");
        assertThatThrownBy(() -> ranks(RankRule.fixed(1, 21), rankThree(20, 30, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rank 21 is above 20");
    }
}
