package io.github.rowwise.internal.factor;

import static io.github.rowwise.internal.factor.FormTrial.Verdict.ACCEPTED;
import static io.github.rowwise.internal.factor.FormTrial.Verdict.OPEN;
import static io.github.rowwise.internal.factor.FormTrial.Verdict.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.rowwise.internal.factor.kernel.Dimensions;
import org.junit.jupiter.api.Test;

/** A smaller form is kept if its evidence comes within the penalty of the larger one's in time. */
class FormTrialTest {

    private static final double LARGER = 1000;

    @Test
    void aFallByThePenaltyIsAccepted() {
        FormTrial trial = new FormTrial(10, 6);
        assertThat(trial.judge(LARGER, LARGER - 10)).isEqualTo(ACCEPTED);
        assertThat(trial.gain()).isEqualTo(10);
    }

    @Test
    void aTrialIsOpenWhileItMaySucceed() {
        FormTrial trial = new FormTrial(10, 6);
        assertThat(trial.judge(LARGER, LARGER - 40)).isEqualTo(OPEN);
        assertThat(trial.judge(LARGER, LARGER - 30)).isEqualTo(OPEN);
        assertThat(trial.judge(LARGER, LARGER - 20)).isEqualTo(OPEN);
        assertThat(trial.judge(LARGER, LARGER - 9)).isEqualTo(ACCEPTED);
        assertThat(trial.gain()).isEqualTo(9);
    }

    /** Four passes are left at the second, with a rise of 5 each. */
    @Test
    void aTrialThatCannotArriveInTimeIsRejected() {
        FormTrial inReach = new FormTrial(10, 6);
        inReach.judge(LARGER, LARGER - 35);
        assertThat(inReach.judge(LARGER, LARGER - 30)).isEqualTo(OPEN);

        FormTrial outOfReach = new FormTrial(10, 6);
        outOfReach.judge(LARGER, LARGER - 36);
        assertThat(outOfReach.judge(LARGER, LARGER - 31)).isEqualTo(REJECTED);
    }

    @Test
    void theLastPassDecides() {
        FormTrial trial = new FormTrial(10, 2);
        assertThat(trial.judge(LARGER, LARGER - 40)).isEqualTo(OPEN);
        assertThat(trial.judge(LARGER, LARGER - 11)).isEqualTo(REJECTED);
    }

    /** Half the logarithm of one more than the units for each parameter: a mean and a variance per coefficient. */
    @Test
    void eachEffectCoefficientLeftOutHasItsPenalty() {
        Dimensions larger = new Dimensions(3, 0, false, 2, 0);
        Dimensions smaller = new Dimensions(3, 0, true, 2, 0);
        double penalty = .5 * 2 * (2 * 3) * Math.log(1 + 40);

        assertThat(FormTrial.of(larger, smaller, 40).judge(LARGER, LARGER - penalty + 1e-9))
                .isEqualTo(ACCEPTED);
        assertThat(FormTrial.of(larger, smaller, 40).judge(LARGER, LARGER - penalty - 1e-9))
                .isEqualTo(OPEN);
    }

    /** Four parameters per onset coefficient, of which each treatment has its own. */
    @Test
    void eachOnsetCoefficientHasItsPenalty() {
        Dimensions larger = new Dimensions(3, 0, true, 2, 3);
        double penalty = .5 * 4 * (2 * 3) * Math.log(1 + 40);

        assertThat(FormTrial.ofOnsets(larger, 40).judge(LARGER, LARGER - penalty + 1e-9))
                .isEqualTo(ACCEPTED);
        assertThat(FormTrial.ofOnsets(larger, 40).judge(LARGER, LARGER - penalty - 1e-9))
                .isEqualTo(OPEN);
        assertThat(FormTrial.onsetThreshold(larger, 40)).isEqualTo(2 * 3 * Math.log(42), offset(1e-9));
    }

    @Test
    void sixPassesDecide() {
        FormTrial trial = FormTrial.ofOnsets(new Dimensions(1, 0, true, 1, 1), 1);
        double[] falls = {20, 16, 12, 8, 4};
        for (double fall : falls) {
            assertThat(trial.judge(LARGER, LARGER - fall)).isEqualTo(OPEN);
        }
        assertThat(trial.judge(LARGER, LARGER - 2)).isEqualTo(REJECTED);
    }

    /** Beyond four penalties and 50. */
    @Test
    void aHopelessTrialEndsAfterOnePass() {
        assertThat(new FormTrial(10, 6).judge(LARGER, LARGER - 90)).isEqualTo(OPEN);
        assertThat(new FormTrial(10, 6).judge(LARGER, LARGER - 91)).isEqualTo(REJECTED);
    }
}
