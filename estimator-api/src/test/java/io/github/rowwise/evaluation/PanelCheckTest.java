package io.github.rowwise.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.effects.UnitEffectsBuilder;
import io.github.rowwise.panel.Grade;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelCells;
import io.github.rowwise.simulation.PanelSimulation;
import io.github.rowwise.simulation.PanelSimulation.Assignment;
import io.github.rowwise.simulation.PanelSimulation.NoiseForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class PanelCheckTest {

    private static final FactorModelEstimator MODEL =
            FactorModelEstimator.withDefaults().withBackend("ejml");

    private static final PanelCheck CHECK = PanelCheck.withDefaults()
            .withEstimator(MODEL)
            .withComparisons(
                    Map.of("spectral method", SpectralEstimator.withDefaults().withBackend("ejml")))
            .withDraws(4);

    private static Panel panel(Assignment assignment, NoiseForm noise) {
        return PanelSimulation.withDefaults()
                .withSize(60, 60)
                .withRank(1)
                .withAssignment(assignment)
                .withNoiseForm(noise)
                .withSeed(4)
                .generate()
                .panel();
    }

    /** Adds a shift to the control cells in the two periods before or after treatment. */
    private static Panel leaking(Panel panel, int direction, double shift) {
        PanelCells cells = Panel.cells(panel.unitNames(), panel.periodNames(), panel.armNames());
        panel.forEachRow((unit, outcomes, arms) -> {
            for (int j = 0; j < arms.length; j++) {
                boolean isNear = false;
                for (int k = 1; k <= 2; k++) {
                    int at = j + direction * k;
                    isNear |= at >= 0 && at < arms.length && arms[at] == 1;
                }
                cells.set(unit, j, arms[j], outcomes[j] + (arms[j] == 0 && isNear ? shift : 0));
            }
        });
        return cells.build();
    }

    @Test
    void passesWhereNothingIsWrong() {
        PanelChecks checks = CHECK.run(panel(Assignment.BLOCKS, NoiseForm.IID));

        assertThat(checks.anticipation().periods()).isZero();
        assertThat(checks.carryOver().periods()).isZero();
        assertThat(List.of(checks.placebo(), checks.anticipation(), checks.carryOver()))
                .allSatisfy(check -> {
                    assertThat(check.verdict()).isEqualTo(Verdict.PASSED);
                    assertThat(check.pValue()).isBetween(0.05, 1.0);
                    assertThat(check.equivalencePValue()).isBetween(0.0, 0.05);
                });
        assertThat(checks.pretendedAdoption().coverage()).isBetween(0.9, 1.0);
        assertThat(checks.verdict()).isLessThan(Verdict.FAILED);
        assertThat(checks.conclusion()).doesNotContain("leave out");
    }

    @Test
    void proposesToLeaveOutWhatLeaks() {
        Panel panel = panel(Assignment.BLOCKS, NoiseForm.IID);

        PanelChecks before = CHECK.withDraws(0).run(leaking(panel, 1, 1.5));
        PanelChecks after = CHECK.withDraws(0).run(leaking(panel, -1, -1.5));

        assertThat(before.anticipation().periods()).isEqualTo(2);
        assertThat(before.anticipation().verdict()).isEqualTo(Verdict.FAILED);
        assertThat(before.carryOver().periods()).isZero();
        assertThat(before.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(before.conclusion()).contains("leave out the 2 periods before treatment starts");
        assertThat(before.placebo().average().value()).isPositive();
        assertThat(after.carryOver().periods()).isEqualTo(2);
        assertThat(after.carryOver().average().value()).isNegative();
        assertThat(after.anticipation().periods()).isZero();
        assertThat(after.conclusion()).contains("leave out the 2 periods after treatment ends");
        assertThat(CHECK.withDraws(0)
                        .run(leaking(panel, -1, -1.5).withoutTransitions(0, 2))
                        .verdict())
                .isLessThan(Verdict.FAILED);
    }

    /** The factor model with half the standard errors. */
    private static UnitEffects boastful(Panel panel) {
        UnitEffects effects = MODEL.fit(panel);
        UnitEffectsBuilder boast = UnitEffects.builder(panel)
                .method("boastful")
                .posterior()
                .outcomes(0, effects.outcomeMatrix(0))
                .outcomes(1, effects.outcomeMatrix(1));
        for (int unit = 0; unit < panel.units(); unit++) {
            UnitEffect effect = effects.effect(unit, 1);
            boast.effect(unit, 1, halved(effect.ate()), halved(effect.att()), halved(effect.atu()));
        }
        return boast.build();
    }

    private static Estimate halved(Estimate estimate) {
        return estimate.hasStandardError()
                ? Estimate.of(estimate.value(), estimate.standardError() / 2, estimate.degreesOfFreedom())
                : estimate;
    }

    @Test
    void findsIntervalsThatAreTooNarrow() {
        Panel panel = panel(Assignment.BLOCKS, NoiseForm.AUTOREGRESSIVE);

        CoverageCheck narrow =
                CHECK.withEstimator(PanelCheckTest::boastful).run(panel).pretendedAdoption();
        CoverageCheck right = CHECK.run(panel).pretendedAdoption();

        assertThat(narrow.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(narrow.coverage()).isLessThan(right.coverage());
        assertThat(narrow.conclusion()).contains("have to be wider by the factor");
        assertThat(right.verdict()).isNotEqualTo(Verdict.FAILED);
        assertThat(narrow.widening()).isBetween(1.6, 2.3);
    }

    @Test
    void namesUnitsWhoseEffectDependsOnTheMethod() {
        Panel panel = panel(Assignment.BLOCKS, NoiseForm.IID);
        UnitEffects effects = MODEL.fit(panel);
        int odd = 0;
        while (effects.diagnostics().grade(odd, 1) != Grade.OK) {
            odd++;
        }
        int changed = odd;

        PanelChecks checks = CHECK.withDraws(0)
                .withComparisons(Map.of("same", data -> MODEL.fit(data.withoutTransitions(0, 0)), "wrong", data -> {
                    PanelCells cells = Panel.cells(data.unitNames(), data.periodNames(), data.armNames());
                    data.forEachRow((unit, outcomes, arms) -> {
                        for (int j = 0; j < arms.length; j++) {
                            cells.set(unit, j, arms[j], outcomes[j] + (unit == changed && arms[j] == 1 ? 9 : 0));
                        }
                    });
                    return MODEL.fit(cells.build());
                }))
                .run(effects, step -> {});

        MethodAgreement same = agreement(checks, "same");
        assertThat(same.disagreements()).isEmpty();
        assertThat(same.correlation()).isCloseTo(1, within(1e-9));
        assertThat(agreement(checks, "wrong").disagreements())
                .singleElement()
                .satisfies(one ->
                        assertThat(one.unit()).isEqualTo(panel.unitNames().get(changed)));
        assertThat(agreement(checks, "two-way fit").compared()).isEqualTo(54);
    }

    private static MethodAgreement agreement(PanelChecks checks, String method) {
        return checks.agreement().methods().stream()
                .filter(one -> one.method().equals(method))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void doesNotMakeChecksThatThePanelDoesNotAllow() {
        PanelChecks staggered = CHECK.withDraws(0).run(panel(Assignment.STAGGERED, NoiseForm.IID));

        assertThat(staggered.carryOver().verdict()).isEqualTo(Verdict.NOT_MADE);
        assertThat(staggered.carryOver().conclusion()).contains("no control cell so long after an end");
        assertThat(staggered.carryOver().pValue()).isNaN();
        assertThat(staggered.pretendedAdoption().verdict()).isEqualTo(Verdict.NOT_MADE);
        assertThat(staggered.pretendedAdoption().widening()).isEqualTo(1);
        assertThat(staggered.placebo().verdict()).isNotEqualTo(Verdict.NOT_MADE);
    }

    @Test
    void isTheSameAgainAndInAnotherUnitOfTheOutcome() {
        Panel panel = panel(Assignment.STAGGERED, NoiseForm.IID);
        List<String> steps = new ArrayList<>();

        PanelChecks once = CHECK.run(panel);
        PanelChecks again = CHECK.withEstimator(MODEL.withThreads(1)).run(MODEL.fit(panel), steps::add);
        PanelCells cells = Panel.cells(panel.unitNames(), panel.periodNames(), panel.armNames());
        panel.forEachRow((unit, outcomes, arms) -> {
            for (int j = 0; j < arms.length; j++) {
                cells.set(unit, j, arms[j], 1024 * outcomes[j]);
            }
        });
        PanelChecks scaled = CHECK.withDraws(0).run(cells.build());

        assertThat(again).hasToString(once.toString());
        assertThat(scaled.placebo().average().value())
                .isEqualTo(1024 * once.placebo().average().value());
        assertThat(scaled.bound()).isEqualTo(1024 * once.bound());
        assertThat(steps)
                .startsWith("predicting hidden cells", "pretending treatments, draw 1 of 4")
                .contains("comparing with the spectral method");
    }

    @Test
    void widerIntervalsOfAResult() {
        UnitEffects effects = MODEL.withCellErrors(true).fit(panel(Assignment.BLOCKS, NoiseForm.IID));

        UnitEffects wider = effects.widened(1.5).widened(2);

        assertThat(wider.provenance().widening()).isEqualTo(3);
        assertThat(effects.provenance().widening()).isEqualTo(1);
        assertThat(wider.effect(3, 1).att().standardError())
                .isEqualTo(3 * effects.effect(3, 1).att().standardError());
        assertThat(wider.effect(3, 1).ate().value())
                .isEqualTo(effects.effect(3, 1).ate().value());
        assertThat(wider.effect(3, 1).qValue())
                .isGreaterThan(effects.effect(3, 1).qValue());
        assertThat(wider.averages(1).att().standardError())
                .isEqualTo(3 * effects.averages(1).att().standardError());
        assertThat(wider.byPeriod(1).get(5).effect().standardError())
                .isEqualTo(3 * effects.byPeriod(1).get(5).effect().standardError());
        assertThat(wider.cellEffect(3, 1, 5).standardError())
                .isEqualTo(3 * effects.cellEffect(3, 1, 5).standardError());
        assertThat(effects.widened(1)).isSameAs(effects);
        assertThatThrownBy(() -> effects.widened(0.9)).hasMessageContaining("factor 0.9");
        assertThatThrownBy(() -> effects.detach().widened(2)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void rejectsWrongSettings() {
        assertThatThrownBy(() -> CHECK.withHorizons(0)).hasMessageContaining("0 periods around treatments");
        assertThatThrownBy(() -> CHECK.withBound(0)).hasMessageContaining("bound 0.0");
        assertThatThrownBy(() -> CHECK.withDraws(-1)).hasMessageContaining("-1 draws");
        assertThatThrownBy(() -> CHECK.withConfidenceLevel(1)).isInstanceOf(IllegalArgumentException.class);
        Panel covariates = Panel.cells(
                        List.of("a", "b"), List.of("1", "2"), List.of("0", "1"), List.of("x"), OutcomeStorage.DOUBLE)
                .set(0, 0, 0, 1, 2)
                .set(1, 0, 1, 1, 3)
                .build();
        assertThatThrownBy(() -> CHECK.run(covariates))
                .isInstanceOf(InvalidPanelException.class)
                .hasMessageContaining("covariates");
    }
}
