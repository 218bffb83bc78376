package io.github.rowwise.targeting;

import io.github.rowwise.Estimator;
import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.NotIdentifiedException;
import io.github.rowwise.effects.FactorModel;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.AssignmentPattern;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.Panel;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Tests within the panel whether the order of the units by their effects is worth anything.
 *
 * <p>The periods are cut into four blocks of equal length. The first and the third make one half, the others the other. Each half is
 * fitted alone. Units are ordered by their effects in one half, and each is scored in the other: by the residuals of its treated
 * cells minus those of its control cells, both against its completed outcomes under control. A score is not shrunk. The halves are
 * then swapped, and the two areas averaged. If the noise is correlated, the first periods of each block but the first are left
 * out, as many as it takes the correlation to fall below 0.1.
 *
 * <p>The standard error is that of a mean over units. The test is one-sided. The area is that of an order from half of the periods, so
 * that the order from all of them is worth more.
 *
 * <p>Both halves need both arms of at least ten units. If treatment is adopted and kept, the area is not tested: each half
 * would compare late periods with early ones, so that a drift of a unit would look like the same effect in both.
 *
 * <p>Source: Yadlowsky, Fleming, Shah, Brunskill and Wager (2025), doi:10.1080/01621459.2024.2393466, with the units' residuals as
 * scores. Immutable, and safe for use by several threads where the method is.
 *
 * <pre class="example">{@code
 * RankingArea area = RankingTest.withDefaults().run(effects);
 * System.out.println(area.area() + " p " + area.pValue());
 * }</pre>
 */
public final class RankingTest {

    static final int BLOCKS = 4;
    private static final int LEAST_BLOCK = 4;
    private static final double NO_CORRELATION = 0.1;

    private final Estimator estimator;
    private final int arm;
    private final boolean isLessBetter;

    private RankingTest(Estimator estimator, int arm, boolean isLessBetter) {
        this.estimator = estimator;
        this.arm = arm;
        this.isLessBetter = isLessBetter;
    }

    /**
     * Returns a test of the default {@link FactorModelEstimator} for the first arm.
     *
     * @return the defaults
     */
    public static RankingTest withDefaults() {
        return new RankingTest(FactorModelEstimator.withDefaults(), 1, false);
    }

    /**
     * Sets the method that orders the units.
     *
     * @param method its results must have completed outcomes; it is fitted twice
     * @return a changed copy
     */
    public RankingTest withEstimator(Estimator method) {
        return new RankingTest(Objects.requireNonNull(method), arm, isLessBetter);
    }

    /**
     * Sets the arm.
     *
     * @param number 1 or more
     * @return a changed copy
     * @throws IllegalArgumentException if it is below 1
     */
    public RankingTest withArm(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("arm " + number + ": give 1 or more; 0 is control");
        }
        return new RankingTest(estimator, number, isLessBetter);
    }

    /**
     * Sets whether lower outcomes are better, so that units with the lowest effects come first. The area is then that of the
     * effects times -1.
     *
     * @param isLess true if they are
     * @return a changed copy
     */
    public RankingTest withLessBetter(boolean isLess) {
        return new RankingTest(estimator, arm, isLess);
    }

    /**
     * Tests the order of the units of a panel that has been fitted.
     *
     * @param effects what the method found in the whole panel, with its panel's cells
     * @return the area, or the reason why it cannot be tested
     * @throws IllegalStateException for a {@link io.github.rowwise.panel.PanelShard shard}, or a detached result
     * @throws IndexOutOfBoundsException if the panel lacks the arm
     */
    public RankingArea run(UnitEffects effects) {
        return run(effects, step -> {});
    }

    /**
     * Tests the order of the units of a panel that has been fitted.
     *
     * @param effects what the method found in the whole panel, with its panel's cells
     * @param watcher is given each step in words before it begins
     * @return the area, or the reason why it cannot be tested
     * @throws IllegalStateException for a {@link io.github.rowwise.panel.PanelShard shard}, or a detached result
     * @throws IndexOutOfBoundsException if the panel lacks the arm
     */
    public RankingArea run(UnitEffects effects, Consumer<String> watcher) {
        Panel panel = effects.panel();
        InternalPanels.requireWhole(panel, "a test of a ranking");
        if (!InternalPanels.hasCells(panel)) {
            throw new IllegalStateException("a test of a ranking needs the panel's cells: run it before detaching");
        }
        Objects.checkIndex(arm, panel.arms());
        if (effects.diagnostics().pattern() != AssignmentPattern.SWITCHING) {
            return RankingArea.untested(
                    "treatment is adopted and kept, so that no part of the periods can check what another"
                            + " part says; that takes units whose treatment switches on and off");
        }
        if (!panel.covariateNames().isEmpty()) {
            return RankingArea.untested("the area of a panel with covariates is not available");
        }
        int guard = guard(effects);
        int block = panel.periods() / BLOCKS;
        if (block - guard < LEAST_BLOCK) {
            return RankingArea.untested("there are too few periods: four blocks of " + block
                    + (guard == 0 ? "" : ", of which " + guard + " are left out because noise is correlated")
                    + ", where each needs " + LEAST_BLOCK + " periods or more");
        }
        try {
            watcher.accept("fitting one half of the periods");
            HalfScores first = HalfScores.of(panel, estimator, arm, 0, guard);
            watcher.accept("fitting the other half of the periods");
            HalfScores second = HalfScores.of(panel, estimator, arm, 1, guard);
            return CrossFit.of(first, second, isLessBetter, guard);
        } catch (NotIdentifiedException e) {
            return RankingArea.untested("half of the periods identifies no effect: " + e.getMessage());
        }
    }

    /** Number of periods after which the noise is hardly correlated. */
    private static int guard(UnitEffects effects) {
        double correlation =
                effects.factorModel().map(FactorModel::noiseCorrelation).orElse(0.0);
        if (Math.abs(correlation) < NO_CORRELATION) {
            return 0;
        }
        return (int) Math.ceil(Math.log(NO_CORRELATION) / Math.log(Math.abs(correlation)));
    }

    /**
     * Describes the test.
     *
     * @return the method
     */
    @Override
    public String toString() {
        return "test of the ranking by " + estimator.name();
    }
}
