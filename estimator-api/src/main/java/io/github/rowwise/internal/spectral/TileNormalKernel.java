package io.github.rowwise.internal.spectral;

import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.Tile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kernel that uses the tile of a backend. The rows of a matrix and the random bits of its cells are computed once for the
 * matrix and all of its flipped copies.
 */
public final class TileNormalKernel implements NormalKernel {

    private final Tile tile;
    private final double[][] plainRows;
    private final long[][] bits;
    private final double[] flippedRow;
    private int rows;
    private @Nullable ArmMatrix loaded;
    private boolean hasBits;

    public TileNormalKernel(Tile tile) {
        this.tile = tile;
        this.plainRows = new double[tile.rows()][tile.columns()];
        this.bits = new long[tile.rows()][tile.columns()];
        this.flippedRow = new double[tile.columns()];
    }

    @Override
    public void add(RowBlock block, List<NormalOperand> operands, List<DenseMatrix> sums) {
        for (int first = 0; first < block.rows(); first += tile.rows()) {
            rows = Math.min(tile.rows(), block.rows() - first);
            loaded = null;
            hasBits = false;
            for (int o = 0; o < operands.size(); o++) {
                NormalOperand operand = operands.get(o);
                int used = load(block, first, operand);
                if (used > 0) {
                    DenseMatrix product =
                            DenseMatrix.zeros(used, operand.vectors().rows());
                    tile.product(used, operand.vectors(), product);
                    tile.addTransposedProduct(used, product, sums.get(o));
                }
            }
        }
    }

    /** Loads the rows of units with cells in the arm; the others are 0. Returns their number. */
    private int load(RowBlock block, int first, NormalOperand operand) {
        ArmMatrix matrix = operand.matrix();
        boolean isFlipped = operand.flippedCopy() != NormalOperand.PLAIN;
        if (isFlipped && !hasBits) {
            // The bits belong to the cell, not to the arm.
            hasBits = true;
            for (int r = 0; r < rows; r++) {
                matrix.fillBits(block, first + r, bits[r]);
            }
        }
        int used = 0;
        for (int r = 0; r < rows; r++) {
            if (matrix.cells(block.firstRow() + first + r) == 0) {
                continue;
            }
            if (loaded != matrix) {
                matrix.fillRow(block, first + r, plainRows[r]);
            }
            if (isFlipped) {
                flip(plainRows[r], bits[r], operand.flippedCopy());
            }
            tile.setRow(used++, isFlipped ? flippedRow : plainRows[r], 0);
        }
        loaded = matrix;
        return used;
    }

    @Override
    public void close() {
        tile.close();
    }

    private void flip(double[] row, long[] rowBits, int copy) {
        for (int j = 0; j < row.length; j++) {
            long sign = rowBits[j] >>> copy << 63;
            flippedRow[j] = Double.longBitsToDouble(Double.doubleToRawLongBits(row[j]) ^ sign);
        }
    }
}
