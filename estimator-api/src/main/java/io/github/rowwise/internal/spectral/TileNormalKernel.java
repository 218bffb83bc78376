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
                load(block, first, operand);
                DenseMatrix product = DenseMatrix.zeros(rows, operand.vectors().rows());
                tile.product(rows, operand.vectors(), product);
                tile.addTransposedProduct(rows, product, sums.get(o));
            }
        }
    }

    private void load(RowBlock block, int first, NormalOperand operand) {
        if (loaded != operand.matrix()) {
            loaded = operand.matrix();
            for (int r = 0; r < rows; r++) {
                operand.matrix().fillRow(block, first + r, plainRows[r]);
            }
        }
        if (operand.flippedCopy() == NormalOperand.PLAIN) {
            for (int r = 0; r < rows; r++) {
                tile.setRow(r, plainRows[r], 0);
            }
            return;
        }
        if (!hasBits) {
            // The bits belong to the cell, not to the arm.
            hasBits = true;
            for (int r = 0; r < rows; r++) {
                operand.matrix().fillBits(block, first + r, bits[r]);
            }
        }
        for (int r = 0; r < rows; r++) {
            flip(plainRows[r], bits[r], operand.flippedCopy());
            tile.setRow(r, flippedRow, 0);
        }
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
