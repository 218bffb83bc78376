package io.github.rowwise.internal.spectral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.internal.pass.BlockRunner;
import io.github.rowwise.internal.pass.BlocksOf;
import io.github.rowwise.internal.pass.CellHash;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.RowBlocks;
import io.github.rowwise.internal.spectral.NormalPass.Operand;
import io.github.rowwise.internal.svd.SlowLinearAlgebra;
import io.github.rowwise.internal.svd.TruncatedSvd;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.SymmetricEigen;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the truncated decomposition with all eigenpairs of the Gram matrix by Jacobi rotations. */
class SpectralSolverTest {

    private static final int PERIODS = 70;

    /** Too many cells for a full decomposition. */
    private static final int UNITS = 2200;

    /** Enough blocks for a sample. */
    private static final int MANY_UNITS = 120_000;

    private static final int RANK = 3;

    /** Singular values relative to the largest of the noise. The last hardly exceeds it. */
    private static final double[] STRENGTHS = {2.5, 1.8, 1.3};

    @ParameterizedTest
    @ValueSource(ints = {UNITS, MANY_UNITS})
    void valuesAndSubspaceEqualTheFullDecompositionEvenNearTheNoise(int units) {
        SlowLinearAlgebra slow = new SlowLinearAlgebra();
        try (BlockRunner runner = new BlockRunner(RowBlocks.of(blocks(units, STRENGTHS)), 2)) {
            PanelView panel = panel(runner, units);
            List<ArmMatrix> matrices = ArmMeans.fit(panel, ArmMeans.Kind.TWO_WAY, null);
            List<ArmSpectrum> spectra = SpectralSolver.solve(
                    panel, slow, matrices, Collections.nCopies(2, RankDecision.fixed(RANK)), 0, 1e-10);
            for (int arm = 0; arm < 2; arm++) {
                SymmetricEigen full = slow.symmetricEigen(gram(panel, matrices.get(arm)));
                ArmSpectrum spectrum = spectra.get(arm);
                assertThat(spectrum.converged()).isTrue();
                double ratio = Math.sqrt(full.values()[RANK - 1] / full.values()[RANK]);
                assertThat(ratio).isBetween(1.15, 1.6);
                for (int k = 0; k < RANK; k++) {
                    double expected = Math.sqrt(full.values()[k]);
                    assertThat(spectrum.singularValues()[k]).isCloseTo(expected, within(1e-9 * expected));
                    assertThat(sineToSubspace(spectrum.vectors(), k, full.vectors()))
                            .isLessThan(1e-6);
                }
            }
        }
    }

    @Test
    void aSampleOfTheRowsSavesAPassIfFactorsAreStrong() {
        SlowLinearAlgebra slow = new SlowLinearAlgebra();
        try (BlockRunner runner = new BlockRunner(RowBlocks.of(blocks(MANY_UNITS, 8, 7, 6)), 2)) {
            PanelView panel = panel(runner, MANY_UNITS);
            List<ArmMatrix> matrices = ArmMeans.fit(panel, ArmMeans.Kind.TWO_WAY, null);
            int before = runner.progress().passes();
            SpectralSolver.solve(panel, slow, matrices, Collections.nCopies(2, RankDecision.fixed(RANK)), 0, 1e-10);
            int passes = runner.progress().passes() - before;

            for (ArmMatrix matrix : matrices) {
                TruncatedSvd random = new TruncatedSvd(slow, panel.hash(), PERIODS, 4);
                while (!random.isConverged(RANK, 1e-10)) {
                    Operand operand = new Operand(matrix, Operand.PLAIN, random.block());
                    random.accept(NormalPass.run(panel, slow, List.of(operand)).get(0));
                }
                assertThat(passes).isBetween(2, random.passes() - 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 8, 12, 13})
    void manyUnitsAndFewPeriods(int periods) {
        int height = RowBlock.defaultRows(periods);
        double[] outcomes = new SplittableRandom(periods)
                .doubles((long) height * periods)
                .map(u -> 1 / (.1 + u))
                .toArray();
        byte[] arms = new byte[outcomes.length];
        for (int cell = 0; cell < arms.length; cell++) {
            arms[cell] = (byte) (cell % periods % 2 ^ cell / periods % 2);
        }
        List<RowBlock> blocks = IntStream.range(0, 64)
                .mapToObj(b -> new RowBlock(b * height, height, periods, outcomes, arms))
                .toList();
        SlowLinearAlgebra slow = new SlowLinearAlgebra();
        try (BlockRunner runner = new BlockRunner(RowBlocks.of(blocks), 2)) {
            PanelView panel = panel(runner, 64 * height, periods);
            List<ArmMatrix> matrices = ArmMeans.fit(panel, ArmMeans.Kind.UNIT, null);
            List<RankDecision> ranks = Collections.nCopies(2, RankDecision.fixed(1));
            List<ArmSpectrum> spectra = SpectralSolver.solve(panel, slow, matrices, ranks, 0, 1e-10);
            for (int arm = 0; arm < 2; arm++) {
                double largest = Math.sqrt(
                        slow.symmetricEigen(gram(panel, matrices.get(arm))).values()[0]);
                assertThat(spectra.get(arm).singularValues()[0]).isCloseTo(largest, within(1e-9 * largest));
            }
        }
    }

    private static PanelView panel(BlockRunner runner, int units) {
        return panel(runner, units, PERIODS);
    }

    private static PanelView panel(BlockRunner runner, int units, int periods) {
        return new PanelView(runner, units, periods, 2, 1, new CellHash(3, names("u", units), names("p", periods)));
    }

    private static double sineToSubspace(DenseMatrix vectors, int k, DenseMatrix basis) {
        double[] rest = new double[PERIODS];
        for (int j = 0; j < PERIODS; j++) {
            rest[j] = vectors.get(k, j);
        }
        for (int b = 0; b < RANK; b++) {
            double share = 0;
            for (int j = 0; j < PERIODS; j++) {
                share += vectors.get(k, j) * basis.get(j, b);
            }
            for (int j = 0; j < PERIODS; j++) {
                rest[j] -= share * basis.get(j, b);
            }
        }
        double squares = 0;
        for (double value : rest) {
            squares += value * value;
        }
        return Math.sqrt(squares);
    }

    private static DenseMatrix gram(PanelView panel, ArmMatrix matrix) {
        int m = panel.periods();
        DenseMatrix gram = DenseMatrix.zeros(m, m);
        double[] row = new double[m];
        for (RowBlock block : BlocksOf.runner(panel.runner())) {
            for (int r = 0; r < block.rows(); r++) {
                matrix.fillRow(block, r, row);
                for (int i = 0; i < m; i++) {
                    for (int j = 0; j < m; j++) {
                        gram.set(i, j, gram.get(i, j) + row[i] * row[j]);
                    }
                }
            }
        }
        return gram;
    }

    /** Noise of variance 1 and weak factors; a unit is in either arm with probability one half. */
    private static List<RowBlock> blocks(int units, double... strengths) {
        SplittableRandom random = new SplittableRandom(5);
        // Multiplication by 2 and hiding half of the cells gives noise of variance 2 and does not change the factors in
        // expectation.
        double edge = Math.sqrt(2) * (Math.sqrt(units) + Math.sqrt(PERIODS));
        double[][] factors = new double[RANK][PERIODS];
        for (double[] factor : factors) {
            for (int j = 0; j < PERIODS; j++) {
                factor[j] = random.nextGaussian() / Math.sqrt(PERIODS);
            }
        }
        List<RowBlock> blocks = new ArrayList<>();
        int height = RowBlock.defaultRows(PERIODS);
        for (int first = 0; first < units; first += height) {
            int rows = Math.min(height, units - first);
            double[] outcomes = new double[rows * PERIODS];
            byte[] arms = new byte[outcomes.length];
            for (int row = 0; row < rows; row++) {
                double[] loadings = random.doubles(RANK)
                        .map(u -> (u - 0.5) * Math.sqrt(12.0 / units))
                        .toArray();
                for (int j = 0; j < PERIODS; j++) {
                    double outcome = random.nextGaussian();
                    for (int k = 0; k < RANK; k++) {
                        outcome += strengths[k] * edge * loadings[k] * factors[k][j];
                    }
                    outcomes[row * PERIODS + j] = outcome;
                    arms[row * PERIODS + j] = (byte) random.nextInt(2);
                }
            }
            blocks.add(new RowBlock(first, rows, PERIODS, outcomes, arms));
        }
        return blocks;
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(k -> prefix + k).toList();
    }
}
