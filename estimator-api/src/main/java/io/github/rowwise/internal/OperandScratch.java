package io.github.rowwise.internal;

import io.github.rowwise.internal.NormalPass.Operand;
import io.github.rowwise.linalg.Tile;
import org.jspecify.annotations.Nullable;

/**
 * One thread's tile for several matrices in turn. The rows of a matrix, and the random bits of its cells, are made once
 * and serve it and all its flipped copies.
 */
final class OperandScratch implements PassScratch {

    private final Tile tile;
    private final double[][] plainRows;
    private final long[][] bits;
    private @Nullable RowBlock block;
    private int first;
    private int rows;
    private @Nullable ArmMatrix loaded;
    private boolean hasBits;

    OperandScratch(Tile tile) {
        this.tile = tile;
        this.plainRows = new double[tile.rows()][tile.columns()];
        this.bits = new long[tile.rows()][tile.columns()];
    }

    Tile tile() {
        return tile;
    }

    /** Names the rows that the following operands are about. */
    void startRows(RowBlock rowsOf, int firstRow, int count) {
        block = rowsOf;
        first = firstRow;
        rows = count;
        loaded = null;
        hasBits = false;
    }

    /** Fills the tile with the operand's rows. */
    void load(Operand operand) {
        RowBlock from = block;
        if (from == null) {
            throw new IllegalStateException("no rows have been started");
        }
        if (loaded != operand.matrix()) {
            loaded = operand.matrix();
            for (int r = 0; r < rows; r++) {
                operand.matrix().fillRow(from, first + r, plainRows[r]);
            }
        }
        if (operand.flippedCopy() == Operand.PLAIN) {
            for (int r = 0; r < rows; r++) {
                tile.setRow(r, plainRows[r], 0);
            }
            return;
        }
        if (!hasBits) {
            // They belong to the cell, whatever the arm.
            hasBits = true;
            for (int r = 0; r < rows; r++) {
                operand.matrix().fillBits(from, first + r, bits[r]);
            }
        }
        for (int r = 0; r < rows; r++) {
            tile.setFlippedRow(r, plainRows[r], bits[r], operand.flippedCopy());
        }
    }

    @Override
    public void close() {
        tile.close();
    }
}
