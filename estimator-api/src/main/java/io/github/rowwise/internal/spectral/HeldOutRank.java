package io.github.rowwise.internal.spectral;

import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.RowScratch;
import io.github.rowwise.internal.pass.Sums;
import io.github.rowwise.internal.spectral.ArmMatrix.Fold;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Chooses the rank of each arm by cross-validation.
 *
 * <p>For each fold, the observed cells of the fold are hidden, the arm is completed from the other cells with each rank
 * up to the highest, and the result is compared with the hidden cells. The smallest rank whose error is within one
 * standard error of the smallest error is chosen.
 */
public final class HeldOutRank {

    /** Convergence tolerance of the vectors. The errors on hidden cells hardly depend on further digits. */
    private static final double TOLERANCE = 1e-4;

    private HeldOutRank() {}

    /** Returns one decision per arm. */
    public static List<RankDecision> decide(
            PanelView panel, LinearAlgebra algebra, ArmMeans.Kind kind, int highest, int folds) {
        double[][][] errors = new double[panel.arms()][folds][];
        for (int f = 0; f < folds; f++) {
            List<ArmMatrix> matrices = ArmMeans.fit(panel, kind, new Fold(f, folds));
            List<DenseMatrix> factors = SpectralSolver.solve(
                            panel,
                            algebra,
                            matrices,
                            Collections.nCopies(panel.arms(), RankDecision.fixed(highest)),
                            0,
                            TOLERANCE)
                    .stream()
                    .map(ArmSpectrum::vectors)
                    .toList();
            List<Completion> completions = Completion.of(panel, algebra, matrices, factors);
            for (int arm = 0; arm < panel.arms(); arm++) {
                errors[arm][f] = meanSquaredErrors(panel, completions.get(arm), highest);
            }
        }
        List<RankDecision> decisions = new ArrayList<>();
        for (double[][] armErrors : errors) {
            decisions.add(RankDecision.fixed(smallestWithinOneStandardError(armErrors, highest)));
        }
        return List.copyOf(decisions);
    }

    static int smallestWithinOneStandardError(double[][] errors, int highest) {
        double[] means = new double[highest + 1];
        int best = 0;
        for (int rank = 0; rank <= highest; rank++) {
            for (double[] fold : errors) {
                means[rank] += fold[rank] / errors.length;
            }
            best = means[rank] < means[best] ? rank : best;
        }
        double squares = 0;
        for (double[] fold : errors) {
            squares += (fold[best] - means[best]) * (fold[best] - means[best]);
        }
        double bound = means[best] + Math.sqrt(squares / (errors.length - 1) / errors.length);
        int rank = 0;
        while (means[rank] > bound) {
            rank++;
        }
        return rank;
    }

    /**
     * Returns the mean squared error on an arm's hidden cells with the first 0, 1, ..., {@code highest} factors. Units
     * without visible cells are excluded.
     */
    private static double[] meanSquaredErrors(PanelView panel, Completion completion, int highest) {
        double[] sums = panel.runner()
                .reduceBlocks(
                        () -> new RowScratch(new double[panel.periods()]),
                        (scratch, block) -> squaredErrors(scratch.values(), block, completion, highest),
                        Sums::add);
        for (int rank = 0; rank <= highest; rank++) {
            sums[rank] /= Math.max(1, sums[highest + 1]);
        }
        return sums;
    }

    private static double[] squaredErrors(double[] residuals, RowBlock block, Completion completion, int highest) {
        double[] sums = new double[highest + 2];
        ArmMatrix matrix = completion.matrix();
        DenseMatrix factors = completion.factors();
        for (int row = 0; row < block.rows(); row++) {
            int unit = block.firstRow() + row;
            if (matrix.cells(unit) == 0) {
                continue;
            }
            matrix.fillHidden(block, row, residuals);
            for (int j = 0; j < residuals.length; j++) {
                if (!Double.isNaN(residuals[j])) {
                    double residual = residuals[j];
                    for (int rank = 0; rank <= highest; rank++) {
                        sums[rank] += residual * residual;
                        if (rank < factors.rows()) {
                            residual -= completion.loadings().get(unit, rank) * factors.get(rank, j);
                        }
                    }
                    sums[highest + 1]++;
                }
            }
        }
        return sums;
    }
}
