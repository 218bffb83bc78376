package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.LowRankMatrix;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Grade;
import io.github.rowwise.panel.Panel;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Panels at the edge of what can be estimated. Whatever is reported is a finite number, or a reason. */
@Tag("slow")
class EdgesTest {

    private static final List<RankRule> RULES = List.of(
            RankRule.fixed(1),
            RankRule.fixed(2),
            RankRule.signFlip(),
            RankRule.eigenvalueRatio(),
            RankRule.spectralGap(),
            RankRule.heldOut());

    private static UnitEffects fit(Panel panel, RankRule rank, Centring centring) {
        return SpectralEstimator.withDefaults()
                .withBackend("ejml")
                .withRank(rank)
                .withCentring(centring)
                .withNeighbouringRanks(true)
                .fit(panel);
    }

    record Case(String what, Panel panel) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Case> panels() {
        Panel plain = Draws.random(3, 12, 10, 2, 0.1);
        return Stream.of(
                new Case("constant outcomes", Draws.with(plain, y -> 0.1)),
                new Case("constant outcomes, large", Draws.with(Draws.random(3, 210, 205, 2, 0.1), y -> 0.1)),
                new Case("zero outcomes", Draws.with(plain, y -> 0)),
                new Case("zero outcomes, large", Draws.with(Draws.random(3, 210, 205, 2, 0.1), y -> 0)),
                new Case("a constant in each arm", Draws.with(plain, (i, j, arm, y) -> arm == 1 ? 1.7 : -0.3)),
                new Case("outcomes of 1e-150", Draws.with(plain, y -> 1e-150 * y)),
                new Case("outcomes of 1e150", Draws.with(plain, y -> 1e150 * y)),
                new Case("outcomes of 1e-310", Draws.with(plain, y -> 1e-310 * y)),
                new Case("outcomes of 1e289", Draws.with(plain, y -> 1e289 * Math.tanh(y))),
                new Case("huge and tiny units", Draws.with(plain, (i, j, arm, y) -> (i % 2 == 0 ? 1e150 : 1e-150) * y)),
                new Case("one huge cell", Draws.with(plain, (i, j, arm, y) -> i == 0 && j == 0 ? 1e150 : y)),
                new Case("2 x 2", drawn("01", "10")),
                new Case("2 x 2 with a gap", drawn("01", ".0")),
                new Case("wide", Draws.random(4, 3, 500, 2, 0.2)),
                new Case("tall", Draws.random(5, 500, 3, 2, 0.2)),
                new Case("a single treated unit", drawn("000111000", "000000000", "000000000")),
                new Case("a single treated cell", drawn("000010000", "000000000", "000000000")),
                new Case("a single control cell", drawn("111101111", "111111111", "111111111")),
                new Case("a period without treatment", drawn("0110", "0011", "0101", "0110")),
                new Case("a period without an outcome", drawn(".110", ".011", ".101", ".110")),
                new Case("lonely cells", drawn("0.1....", "..0.1..", "....0.1", "1.....0")),
                new Case("staggered", drawn("0011111", "0000111", "0000001", "0000000")),
                new Case("three arms, one rare", drawn("0101010", "1010102", "0011001", "1100110")));
    }

    private static Panel drawn(String... units) {
        double[][] outcomes = new double[units.length][units[0].length()];
        int[][] arms = new int[units.length][units[0].length()];
        for (int i = 0; i < units.length; i++) {
            for (int j = 0; j < units[i].length(); j++) {
                char cell = units[i].charAt(j);
                arms[i][j] = cell == '.' ? 0 : cell - '0';
                outcomes[i][j] = cell == '.' ? Double.NaN : Math.sin(7 * i + 3 * j) + arms[i][j];
            }
        }
        return Draws.panel(outcomes, arms);
    }

    @ParameterizedTest
    @MethodSource("panels")
    void everythingReportedIsFiniteOrHasAReason(Case c) {
        for (Centring centring : Centring.values()) {
            for (RankRule rule : RULES) {
                UnitEffects effects = fit(c.panel(), rule, centring);
                for (UnitEffect unit : effects.effects()) {
                    Stream.of(unit.ate(), unit.att(), unit.atu()).forEach(EdgesTest::assertFinite);
                    assertThat(unit.reason().isEmpty()).isEqualTo(unit.grade() == Grade.OK);
                }
                effects.neighbouringRanks().forEach(neighbours -> {
                    assertFinite(neighbours.oneFewer());
                    assertFinite(neighbours.oneMore());
                });
                for (int arm = 0; arm < c.panel().arms(); arm++) {
                    assertThat(effects.spectrum(arm).singularValues())
                            .isNotEmpty()
                            .doesNotContain(Double.NaN);
                    for (double value : effects.spectrum(arm).singularValues()) {
                        assertThat(value).isFinite().isNotNegative();
                    }
                    LowRankMatrix outcomes = effects.outcomeMatrix(arm);
                    for (int i = 0; i < c.panel().units(); i += 1 + c.panel().units() / 20) {
                        for (int j = 0; j < c.panel().periods() && outcomes.isAvailable(i); j++) {
                            assertThat(outcomes.get(i, j)).isFinite();
                        }
                    }
                }
                for (int arm = 1; arm < c.panel().arms(); arm++) {
                    AverageEffects averages = effects.averages(arm);
                    Stream.of(averages.ate(), averages.att(), averages.atu()).forEach(EdgesTest::assertFinite);
                    effects.byPeriod(arm).forEach(period -> assertFinite(period.effect()));
                }
                for (double qValue : effects.qValues()) {
                    assertThat(Double.isNaN(qValue) || (qValue >= 0 && qValue <= 1))
                            .isTrue();
                }
            }
        }
    }

    private static void assertFinite(Estimate estimate) {
        if (!estimate.isAvailable()) {
            assertThat(estimate.toString()).matches("none \\(.+\\)");
            return;
        }
        assertThat(estimate.value()).isFinite();
        if (estimate.hasStandardError()) {
            assertThat(estimate.standardError()).isFinite().isPositive();
            assertThat(estimate.pValue()).isBetween(0.0, 1.0);
            assertThat(estimate.interval(0.95).contains(estimate.value())).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void constantOutcomesGiveTheirDifferenceAndNoStandardError(RankRule rule) {
        for (double level : new double[] {0, 1, 0.1, -1 / 3.0, 12345.678}) {
            Panel panel = Draws.with(Draws.random(3, 14, 11, 2, 0.2), (i, j, arm, y) -> arm == 1 ? level + 2.3 : level);
            for (Centring centring : List.of(Centring.UNIT, Centring.TWO_WAY)) {
                for (UnitEffect unit : fit(panel, rule, centring).effects()) {
                    if (unit.ate().isAvailable()) {
                        for (Estimate estimate : List.of(unit.ate(), unit.att(), unit.atu())) {
                            assertThat(estimate.value()).isCloseTo(2.3, within(1e-15 + 1e-14 * Math.abs(level)));
                            assertThat(estimate.hasStandardError())
                                    .as("standard error %s", estimate)
                                    .isFalse();
                        }
                    }
                }
            }
        }
    }

    /** Outcomes without noise fit to rounding, of which no test of an effect may be made. */
    @ParameterizedTest
    @MethodSource("rules")
    void unitAndPeriodEffectsWithoutNoiseGiveNoStandardError(RankRule rule) {
        for (double shift : new double[] {0, 1e6}) {
            Panel panel = Draws.with(
                    Draws.random(9, 30, 25, 2, 0.2), (i, j, arm, y) -> shift + Math.sin(i) + 3 * Math.cos(j));
            for (UnitEffect unit : fit(panel, rule, Centring.TWO_WAY).effects()) {
                assertThat(unit.ate().value()).isCloseTo(0, within(1e-13 + 1e-14 * shift));
                assertThat(unit.ate().hasStandardError()).as("%s", unit.ate()).isFalse();
            }
        }
    }

    static List<RankRule> rules() {
        return RULES;
    }

    @Test
    void unitsThatLackAnArmHaveAReasonAndChangeTheOthersByFactorsOnly() {
        String[] switching = {"01011010", "10100101", "01100110", "11001010", "00110101"};
        Panel without = drawn(switching);
        Panel with =
                drawn(Stream.concat(Stream.of(switching), Stream.of("00000000", "11111111", "........", "0.0.0.0."))
                        .toArray(String[]::new));
        UnitEffects effects = fit(with, RankRule.fixed(1), Centring.UNIT);
        List<String> reasons = List.of("never treated", "always treated", "no period with an outcome", "never treated");
        for (int k = 0; k < 4; k++) {
            UnitEffect unit = effects.effect(5 + k, 1);
            String reason = reasons.get(k);
            assertThat(unit.grade()).isEqualTo(Grade.NOT_ESTIMABLE);
            assertThat(unit.reason()).contains(reason);
            assertThatThrownBy(() -> unit.ate().value()).hasMessageContaining(reason);
            assertThat(effects.effectMatrix().isAvailable(5 + k)).isFalse();
        }
        assertThat(effects.averages(1).units()).isEqualTo(5);
        // Without factors and period means nothing passes between units; a silent unit passes nothing at all.
        assertThat(Tables.distance(
                        ateOfFirstFive(fit(with, RankRule.fixed(0), Centring.UNIT)),
                        ateOfFirstFive(fit(without, RankRule.fixed(0), Centring.UNIT))))
                .isLessThan(1e-14);
        Panel silent =
                drawn(Stream.concat(Stream.of(switching), Stream.of("........")).toArray(String[]::new));
        assertThat(Tables.distance(
                        ateOfFirstFive(fit(silent, RankRule.fixed(2), Centring.TWO_WAY)),
                        ateOfFirstFive(fit(without, RankRule.fixed(2), Centring.TWO_WAY))))
                .isLessThan(1e-12);
    }

    private static double[] ateOfFirstFive(UnitEffects effects) {
        return Arrays.copyOf(Tables.ate(effects, 1), 5);
    }

    @ParameterizedTest
    @CsvSource({"000010000,1", "111101111,1", "000011000,2"})
    void aSingleCellInAnArmGivesAnEstimateWithoutAStandardError(String unit, int cells) {
        Panel panel = drawn(unit, "010101010", "101010101", "001100110");
        for (RankRule rule : RULES) {
            UnitEffect effect = fit(panel, rule, Centring.TWO_WAY).effect(0, 1);

            assertThat(effect.ate().isAvailable()).isTrue();
            assertThat(effect.ate().hasStandardError()).isEqualTo(cells > 1);
            assertThat(effect.grade()).isEqualTo(Grade.WEAK);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0011 0011 0011", "0101 0.01 010.", "0.1. .1.0"})
    void aCommonShockIdentifiesNothing(String units) {
        Panel panel = drawn(units.split(" ", -1));

        assertThatThrownBy(() -> fit(panel, RankRule.signFlip(), Centring.TWO_WAY))
                .isInstanceOf(NotIdentifiedException.class)
                .hasMessageContaining("common shock")
                .hasMessageContaining("same arm");
        assertThat(SpectralEstimator.withDefaults().withBackend("ejml").spectra(panel))
                .as("spectra need no effect")
                .hasSize(2);
    }

    @Test
    void withoutAnEstimableUnitTheReasonOfOneIsGiven() {
        assertThatThrownBy(() -> fit(drawn("0000", "1111", "00.0"), RankRule.signFlip(), Centring.TWO_WAY))
                .isInstanceOf(NotIdentifiedException.class)
                .hasMessageContaining("none of the 3 units")
                .hasMessageContaining("'u0'")
                .hasMessageContaining("never treated");
    }

    @Test
    void anOptionOutsideItsRangeIsRejected() {
        SpectralEstimator estimator = SpectralEstimator.withDefaults();

        assertThatThrownBy(() -> estimator.withConfidenceLevel(1))
                .hasMessageContaining("1.0")
                .hasMessageContaining("between");
        assertThatThrownBy(() -> estimator.withThreads(0)).hasMessageContaining("0 threads");
        assertThatThrownBy(() -> estimator.withBackend("none-such").fit(drawn("01", "10")))
                .hasMessageContaining("none-such");
        UnitEffects three = fit(drawn("012012", "120120", "201102"), RankRule.fixed(1), Centring.TWO_WAY);
        assertThatThrownBy(three::effectMatrix)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("[1, 2]");
        assertThatThrownBy(() -> three.effect(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> three.effect(0, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> three.effectMatrix(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
