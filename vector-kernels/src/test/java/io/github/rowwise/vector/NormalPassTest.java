package io.github.rowwise.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.internal.pass.BlockRunner;
import io.github.rowwise.internal.pass.CellHash;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.RowBlocks;
import io.github.rowwise.internal.spectral.ArmMatrix;
import io.github.rowwise.internal.spectral.ArmMatrix.Fold;
import io.github.rowwise.internal.spectral.ArmMeans;
import io.github.rowwise.internal.spectral.NormalKernel;
import io.github.rowwise.internal.spectral.NormalOperand;
import io.github.rowwise.internal.spectral.NormalPass;
import io.github.rowwise.internal.spectral.TileNormalKernel;
import io.github.rowwise.linalg.Backends;
import io.github.rowwise.linalg.DenseMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the kernel on tiles and the vector kernel with matrices filled cell by cell and triple loops. */
class NormalPassTest {

    private static final double SCALE = 0.25;

    @ParameterizedTest(name = "{0} x {1}, {2} arms, blocks of {3}, folds {4}")
    @CsvSource({
        "7, 3, 2, 32, 0",
        "33, 8, 2, 32, 0",
        "40, 21, 3, 7, 0",
        "19, 64, 2, 6, 0",
        "30, 17, 2, 32, 3",
        "9, 100, 4, 3, 2",
        "600, 11, 2, 600, 0"
    })
    void everyOperandIsMultipliedByItsOwnMatrix(int units, int periods, int arms, int blockRows, int folds) {
        SplittableRandom random = new SplittableRandom(periods);
        Fold fold = folds == 0 ? null : new Fold(0, folds);
        List<RowBlock> blocks = blocks(random, units, periods, arms, blockRows);
        try (BlockRunner runner = new BlockRunner(RowBlocks.of(blocks), 2)) {
            PanelView panel = new PanelView(runner, units, periods, arms, SCALE, hash(units, periods));
            List<NormalOperand> operands = new ArrayList<>();
            for (ArmMatrix matrix : ArmMeans.fit(panel, ArmMeans.Kind.TWO_WAY, fold)) {
                for (int copy : new int[] {NormalOperand.PLAIN, 0, 4, 63}) {
                    operands.add(new NormalOperand(matrix, copy, random(random, 1 + operands.size() % 5, periods)));
                }
            }
            List<DenseMatrix> onTiles =
                    NormalPass.run(panel, () -> new TileNormalKernel(new SimdTile(periods)), operands);
            List<DenseMatrix> chosen = NormalPass.run(panel, Backends.select(), operands);
            for (int o = 0; o < operands.size(); o++) {
                double[] expected = expected(panel, blocks, operands.get(o), fold);
                double size = Arrays.stream(expected).map(Math::abs).max().orElse(0);
                // The vector kernel uses single precision for flipped copies.
                double precision = operands.get(o).flippedCopy() == NormalOperand.PLAIN ? 1e-12 : 1e-6;
                assertThat(onTiles.get(o).values()).containsExactly(expected, within(1e-12 * size + 1e-28));
                assertThat(chosen.get(o).values()).containsExactly(expected, within(precision * size + 1e-28));
            }
        }
    }

    @Test
    void aJvmWithTheVectorModuleUsesTheVectorKernel() {
        try (NormalKernel kernel = NormalPass.newKernel(Backends.select(), 9)) {
            assertThat(kernel).isInstanceOf(SimdNormalKernel.class);
        }
    }

    private static double[] expected(
            PanelView panel, List<RowBlock> blocks, NormalOperand operand, @Nullable Fold fold) {
        int m = panel.periods();
        double[] image = new double[operand.vectors().rows() * m];
        for (RowBlock block : blocks) {
            for (int row = 0; row < block.rows(); row++) {
                double[] x = row(panel, operand, fold, block, row);
                for (int k = 0; k < operand.vectors().rows(); k++) {
                    double product = 0;
                    for (int j = 0; j < m; j++) {
                        product += x[j] * operand.vectors().get(k, j);
                    }
                    for (int j = 0; j < m; j++) {
                        image[k * m + j] += x[j] * product;
                    }
                }
            }
        }
        return image;
    }

    private static double[] row(PanelView panel, NormalOperand operand, @Nullable Fold fold, RowBlock block, int row) {
        int m = panel.periods();
        int unit = block.firstRow() + row;
        ArmMatrix matrix = operand.matrix();
        double[] x = new double[m];
        for (int j = 0; j < m; j++) {
            int cell = row * m + j;
            boolean hidden = fold != null && panel.hash().fold(unit, j, fold.folds()) == fold.index();
            if (block.arms()[cell] == matrix.arm() && !hidden) {
                double centred = block.outcomes()[cell] * SCALE - matrix.unitMeans()[unit] - matrix.periodMeans()[j];
                boolean flipped =
                        operand.flippedCopy() >= 0 && (panel.hash().bits(unit, j) >>> operand.flippedCopy() & 1) == 1;
                x[j] = (flipped ? -centred : centred) * m / matrix.cells(unit);
            }
        }
        return x;
    }

    /** Some cells are missing, and some units have no cells in an arm. */
    private static List<RowBlock> blocks(SplittableRandom random, int units, int periods, int arms, int blockRows) {
        List<RowBlock> blocks = new ArrayList<>();
        for (int first = 0; first < units; first += blockRows) {
            int rows = Math.min(blockRows, units - first);
            double[] outcomes = new double[rows * periods];
            byte[] arm = new byte[outcomes.length];
            for (int cell = 0; cell < arm.length; cell++) {
                boolean oneArm = (first + cell / periods) % 5 == 2;
                arm[cell] = (byte) (oneArm ? 1 : random.nextInt(arms + 1) - 1);
                outcomes[cell] = arm[cell] == RowBlock.MISSING ? 0 : 3 + random.nextGaussian();
            }
            blocks.add(new RowBlock(first, rows, periods, outcomes, arm));
        }
        return blocks;
    }

    private static CellHash hash(int units, int periods) {
        return new CellHash(7, names("u", units), names("p", periods));
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(k -> prefix + k).toList();
    }

    private static DenseMatrix random(SplittableRandom random, int rows, int columns) {
        DenseMatrix matrix = DenseMatrix.zeros(rows, columns);
        Arrays.setAll(matrix.values(), k -> random.nextGaussian());
        return matrix;
    }
}
