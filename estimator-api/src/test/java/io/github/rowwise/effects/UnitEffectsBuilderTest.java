package io.github.rowwise.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.Estimator;
import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.panel.Grade;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.Warning;
import io.github.rowwise.simulation.PanelSimulation;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnitEffectsBuilderTest {

    private static final double NONE = Double.NaN;

    /** Unit c is never treated; d has drug 2 alone; b misses a period. */
    private static final Panel PANEL = Panel.cells(
                    List.of("a", "b", "c", "d"), List.of("1", "2", "3"), List.of("control", "drug 1", "drug 2"))
            .set(0, 0, 0, 1)
            .set(0, 1, 1, 3)
            .set(0, 2, 0, 1)
            .set(1, 0, 1, 5)
            .set(1, 1, 0, 2)
            .set(1, 2, 1, NONE)
            .set(2, 0, 0, 1)
            .set(2, 1, 0, 1)
            .set(2, 2, 0, 1)
            .set(3, 0, 0, 4)
            .set(3, 1, 2, 6)
            .set(3, 2, 2, 6)
            .build();

    @Test
    void takesCellsGradesAndReasonsFromThePanel() {
        UnitEffects effects = UnitEffects.builder(PANEL)
                .method("by eye")
                .option("effort", "small")
                .seed(7)
                .confidenceLevel(0.9)
                .effect("a", "drug 1", Estimate.of(2, 0.5, 10))
                .effect(3, 2, Estimate.of(2, 1, 10), Estimate.of(3, 1, 10), Estimate.withoutStandardError(1))
                .build();

        UnitEffect a = effects.effect("a", "drug 1");
        assertThat(a).isSameAs(effects.effect(0, 1)).isSameAs(effects.effects().get(0));
        assertThat(a.treatedPeriods()).isEqualTo(1);
        assertThat(a.controlPeriods()).isEqualTo(2);
        assertThat(a.grade()).isEqualTo(effects.diagnostics().grade(0, 1)).isEqualTo(Grade.WEAK);
        assertThat(a.ate().value()).isEqualTo(2);
        assertThat(a.att().isAvailable()).isFalse();
        assertThat(a.qValue()).isEqualTo(a.ate().pValue());
        assertThat(a.probabilityPositive()).isNaN();
        UnitEffect b = effects.effect("b", "drug 1");
        assertThat(b.missingPeriods()).isEqualTo(1);
        assertThat(b.grade()).isEqualTo(Grade.NOT_ESTIMABLE);
        assertThat(b.reason()).isEqualTo("the method gave no estimate");
        assertThat(effects.effect("c", "drug 2").reason()).contains("never in arm 'drug 2'");
        assertThat(effects.effect("d", "drug 2").atu().value()).isEqualTo(1);
        assertThat(effects.effects()).hasSize(8);
        assertThat(effects.provenance().method()).isEqualTo("by eye");
        assertThat(effects.provenance().options()).containsEntry("effort", "small");
        assertThat(effects.provenance().seed()).isEqualTo(7);
        assertThat(effects.provenance().dataHash()).isEqualTo(PANEL.fingerprint());
        assertThat(effects.confidenceLevel()).isEqualTo(0.9);
        assertThat(effects.factorModel()).isEmpty();
        assertThat(effects.predictions()).isEmpty();
        assertThat(effects.neighbouringRanks()).isEmpty();
    }

    @Test
    void averagesAreThoseOfIndependentUnitsUnlessGiven() {
        Estimate nothing = Estimate.unavailable("not asked for");
        AverageEffects given =
                new AverageEffects(2, Estimate.of(9, 1, 5), nothing, nothing, Estimate.withoutStandardError(8), 1);
        UnitEffects effects = UnitEffects.builder(PANEL)
                .effect(0, 1, Estimate.of(2, 3, 1e9), nothing, nothing)
                .effect(1, 1, Estimate.of(4, 4, 1e9), Estimate.of(5, 1, 9), nothing)
                .effect(3, 2, Estimate.of(1, 1, 9))
                .averages(given)
                .build();

        AverageEffects averages = effects.averages(1);
        assertThat(averages.units()).isEqualTo(2);
        assertThat(averages.ate().value()).isEqualTo(3);
        assertThat(averages.ate().standardError()).isCloseTo(2.5, within(1e-12));
        assertThat(averages.att().value()).isEqualTo(5);
        assertThat(averages.atu().isAvailable()).isFalse();
        assertThat(effects.averages(2)).isSameAs(given);
    }

    @Test
    void aPosteriorGivesProbabilities() {
        UnitEffects effects = UnitEffects.builder(PANEL)
                .posterior()
                .effect(0, 1, Estimate.of(0, 1, 10))
                .effect(1, 1, Estimate.of(30, 1, 10))
                .build();

        assertThat(effects.effect(0, 1).probabilityPositive()).isEqualTo(0.5);
        assertThat(effects.effect(1, 1).probabilityPositive()).isGreaterThan(0.999);
        assertThat(effects.effect(1, 1).probabilityTopDecile())
                .isGreaterThan(effects.effect(0, 1).probabilityTopDecile());
        assertThat(effects.effect(2, 1).probabilityPositive()).isNaN();
        assertThat(effects.probabilitiesPositive()[0]).isEqualTo(0.5);
    }

    @Test
    void completedOutcomesGiveWhatIsComputedFromThem() {
        DenseMatrix ones = DenseMatrix.wrap(new double[] {1, 1, 1, 1}, 4, 1);
        UnitEffectsBuilder builder = UnitEffects.builder(PANEL).effect(0, 1, Estimate.withoutStandardError(2));
        for (int arm = 0; arm < 3; arm++) {
            DenseMatrix periods = DenseMatrix.wrap(new double[] {arm, 2 * arm, 3 * arm}, 1, 3);
            builder.outcomes(arm, LowRankMatrix.of(ones, periods));
        }
        UnitEffects effects = builder.build();

        assertThat(effects.hasCompletedOutcomes()).isTrue();
        assertThat(effects.effectMatrix(2).row(1)).containsExactly(2, 4, 6);
        assertThat(effects.outcomeMatrix(1).get(3, 2)).isEqualTo(3);
        assertThat(effects.cellEffect(0, 1, 1).value()).isEqualTo(2);
        assertThat(effects.byPeriod(1)).extracting(PeriodEffect::treatedUnits).containsExactly(1, 1, 0);
        assertThat(effects.byPeriod(1).get(2).effect().value()).isEqualTo(3);
        assertThat(effects.byEventTime(2).get(0).effect().value()).isEqualTo(4);
        assertThat(effects.preTrends(2).get(0).gap().value()).isEqualTo(4);
    }

    @Test
    void withoutCompletedOutcomesTheMessageSaysSo() {
        UnitEffects effects = UnitEffects.builder(PANEL).build();

        assertThat(effects.hasCompletedOutcomes()).isFalse();
        assertThatThrownBy(() -> effects.effectMatrix(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("made by hand without completed outcomes");
        assertThatThrownBy(() -> effects.byPeriod(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> effects.preTrends(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> effects.spectrum(0)).hasMessageContaining("made by hand");
    }

    @Test
    void rejectsWhatDoesNotFitThePanel() {
        assertThatThrownBy(() -> UnitEffects.builder(PANEL)
                        .effect(2, 1, Estimate.withoutStandardError(1))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unit \"c\", arm \"drug 1\": has the estimate 1.0")
                .hasMessageContaining("never in arm 'drug 1'");
        assertThatThrownBy(() -> UnitEffects.builder(PANEL)
                        .effect(0, 1, Estimate.withoutStandardError(1))
                        .effect(0, 1, Estimate.withoutStandardError(2)))
                .hasMessageContaining("has effects already");
        LowRankMatrix small = LowRankMatrix.of(DenseMatrix.zeros(3, 1), DenseMatrix.zeros(1, 3));
        assertThatThrownBy(() -> UnitEffects.builder(PANEL).outcomes(0, small))
                .hasMessageContaining("3 units and 3 periods for a panel of 4 units and 3 periods");
        LowRankMatrix right = LowRankMatrix.of(DenseMatrix.zeros(4, 1), DenseMatrix.zeros(1, 3));
        assertThatThrownBy(() -> UnitEffects.builder(PANEL).outcomes(0, right).build())
                .hasMessageContaining("no completed outcomes of the arms drug 1, drug 2");
        assertThatThrownBy(() -> UnitEffects.builder(PANEL).confidenceLevel(1.5))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> UnitEffects.builder(PANEL).effect(0, 3, Estimate.withoutStandardError(1)))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void namesThatDoNotExistAreMetWithTheClosest() {
        UnitEffects effects = UnitEffects.builder(PANEL).build();

        assertThatThrownBy(() -> effects.effect("a", "drug1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no arm \"drug1\"")
                .hasMessageEndingWith("did you mean \"drug 1\"?");
        assertThatThrownBy(() -> effects.effect("a", "control")).hasMessageContaining("is control");
        assertThatThrownBy(() -> effects.effect("a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("[drug 1, drug 2]");
        Panel stores = PanelSimulation.withDefaults().withSize(8, 30).generate().panel();
        String name = stores.unitNames().get(5);
        assertThat(UnitEffects.builder(stores).build().effect(name).unit()).isEqualTo(name);
        assertThatThrownBy(() -> UnitEffects.builder(stores).build().effect(name + "x"))
                .hasMessageContaining("did you mean \"" + name + "\"?");
    }

    @Test
    void aServiceCanBeTestedWithAnEstimatorMadeByHand() {
        Estimator fake = panel ->
                UnitEffects.builder(panel).effect(0, 1, Estimate.of(2, 0.1, 9)).build();

        assertThat(fake.fit(PANEL).effect("a", "drug 1").ate().value()).isEqualTo(2);
        assertThat(fake.name()).isEqualTo("unnamed estimator");
        assertThat(((Estimator) FactorModelEstimator.withDefaults()).name()).isEqualTo("factor model");
    }

    @Test
    void ownWarningsComeBeforeThoseOfTheAssignment() {
        Warning own = new Warning(Warning.Kind.NOT_CONVERGED, "gave up");
        UnitEffects effects = UnitEffects.builder(PANEL).warning(own).build();

        assertThat(effects.warnings()).startsWith(own);
        assertThat(effects.warnings().subList(1, effects.warnings().size()))
                .isEqualTo(effects.diagnostics().warnings());
    }
}
