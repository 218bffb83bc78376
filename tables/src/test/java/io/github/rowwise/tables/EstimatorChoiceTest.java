package io.github.rowwise.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowwise.Centring;
import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.Noise;
import io.github.rowwise.RankRule;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.effects.EffectsForm;
import io.github.rowwise.linalg.BackendUnavailableException;
import io.github.rowwise.panel.InvalidPanelException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EstimatorChoiceTest {

    private static EstimatorChoice choice(
            OptionNaming naming, Method method, RankRule rank, @Nullable Noise noise, @Nullable EffectsForm effects) {
        return new EstimatorChoice(naming, method, rank, Centring.UNIT, noise, effects);
    }

    @Test
    void messagesNameTheOptionsOfTheCaller() {
        assertThatThrownBy(() ->
                        choice(OptionNaming.COMMAND_LINE, Method.SPECTRAL, RankRule.signFlip(), null, EffectsForm.AUTO))
                .hasMessage(
                        "--effects auto: an option of --method factor-model; the spectral method has no such option");
        assertThatThrownBy(() ->
                        choice(OptionNaming.PARAMETER, Method.SPECTRAL, RankRule.signFlip(), null, EffectsForm.AUTO))
                .hasMessage(
                        "effectsForm auto: an option of method factor-model; the spectral method has no such option");
        assertThatThrownBy(
                        () -> choice(OptionNaming.COMMAND_LINE, Method.SPECTRAL, RankRule.signFlip(), Noise.IID, null))
                .hasMessageStartingWith("--noise iid: an option of --method factor-model");
        assertThatThrownBy(() -> choice(OptionNaming.COMMAND_LINE, Method.FACTOR_MODEL, RankRule.fixed(0), null, null))
                .hasMessageStartingWith("--rank 0: the factor model starts from a number of factors");
        EstimatorChoice model = choice(OptionNaming.PARAMETER, Method.FACTOR_MODEL, RankRule.heldOut(), null, null);
        assertThatThrownBy(() -> model.rejectOptionsOfSpectral(true, null))
                .hasMessage("centring unit: an option of method spectral; the factor model has no such option");
        assertThatThrownBy(() -> model.rejectOptionsOfSpectral(false, "held-out"))
                .hasMessageStartingWith("rank held-out: a rule of method spectral");
    }

    @Test
    void aRankHasToFitThePanel() {
        EstimatorChoice two = choice(OptionNaming.COMMAND_LINE, Method.SPECTRAL, RankRule.fixed(1, 13), null, null);
        assertThatThrownBy(() -> two.check(20, 30, List.of("0", "1", "2")))
                .isInstanceOf(InvalidPanelException.class)
                .hasMessage(
                        "--rank 1,13: there are 3 arms [0, 1, 2]; give one rank for all, or one per arm in this order");
        assertThatThrownBy(() -> two.check(12, 30, List.of("0", "1")))
                .hasMessage("--rank 1,13: with 12 units and 30 periods the rank can be 0 to 12");
        two.check(13, 30, List.of("0", "1"));
    }

    @Test
    void aNumberOfFactorsToStartFromIsNoRankOfTheSpectralMethod() {
        assertThat(choice(OptionNaming.COMMAND_LINE, Method.FACTOR_MODEL, RankRule.fixed(3), null, null)
                        .isRankLimit())
                .isTrue();
        assertThat(choice(OptionNaming.COMMAND_LINE, Method.FACTOR_MODEL, RankRule.fixed(3, 3), null, null)
                        .isRankLimit())
                .isFalse();
        assertThat(choice(OptionNaming.COMMAND_LINE, Method.SPECTRAL, RankRule.fixed(3), null, null)
                        .isRankLimit())
                .isFalse();
    }

    @Test
    void theOldNameOfTheFactorModelStillWorks() {
        assertThat(Method.of("refined")).isEqualTo(Method.FACTOR_MODEL);
        assertThat(Method.labels()).containsExactly("factor-model", "spectral");
        assertThatThrownBy(() -> Method.of("x")).hasMessageNotContaining("refined");
    }

    @Test
    void namesOfOptions() {
        assertThat(OptionNaming.PARAMETER.name("confidence-level")).isEqualTo("confidenceLevel");
        assertThat(OptionNaming.COMMAND_LINE.name("confidence-level")).isEqualTo("--confidence-level");
        assertThat(OptionNaming.PARAMETER.assignment("control")).isEqualTo("control = ");
        assertThat(OptionNaming.COMMAND_LINE.assignment("control")).isEqualTo("--control ");
    }

    @Test
    void onlyTheNamedBackendIsProbed() {
        assertThat(EstimatorChoice.backend(OptionNaming.COMMAND_LINE, "ejml")).isNotNull();
        assertThat(ProbedProvider.PROBES).hasValue(0);
        assertThatThrownBy(() -> EstimatorChoice.backend(OptionNaming.COMMAND_LINE, "ejm"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--backend ejm: no such backend here; there are ejml, probed; did you mean \"ejml\"?");
        assertThat(ProbedProvider.PROBES).hasValue(0);
        assertThatThrownBy(() -> EstimatorChoice.backend(OptionNaming.COMMAND_LINE, "probed"))
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessageContaining("it only counts");
        assertThat(ProbedProvider.PROBES).hasValue(1);
    }

    @Test
    void estimatorsHaveTheOptions() {
        EstimatorChoice model = choice(
                OptionNaming.COMMAND_LINE, Method.FACTOR_MODEL, RankRule.fixed(3), Noise.IID, EffectsForm.CONSTANT);
        assertThat(model.factorModel())
                .hasToString(FactorModelEstimator.withDefaults()
                        .withNoise(Noise.IID)
                        .withEffects(EffectsForm.CONSTANT)
                        .withRankLimit(3)
                        .toString());
        assertThat(choice(OptionNaming.COMMAND_LINE, Method.FACTOR_MODEL, RankRule.signFlip(), null, null)
                        .factorModel())
                .hasToString(FactorModelEstimator.withDefaults().toString());
        assertThat(model.spectral())
                .hasToString(SpectralEstimator.withDefaults()
                        .withCentring(Centring.UNIT)
                        .toString());
        assertThat(choice(OptionNaming.COMMAND_LINE, Method.SPECTRAL, RankRule.fixed(3), null, null)
                        .spectral())
                .hasToString(SpectralEstimator.withDefaults()
                        .withCentring(Centring.UNIT)
                        .withRank(RankRule.fixed(3))
                        .toString());
    }
}
