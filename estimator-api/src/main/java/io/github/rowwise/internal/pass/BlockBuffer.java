package io.github.rowwise.internal.pass;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reusable arrays of one thread, for blocks whose stored form differs from the one that kernels read. */
public final class BlockBuffer {

    private static final int FLOATS = 4096;

    private double[] outcomes = new double[0];
    private byte[] arms = new byte[0];
    private double[][] covariates = RowBlock.NO_COVARIATES;
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private float[] floats = new float[0];

    /** Returns an array of exactly this length. Its contents are undefined. */
    public double[] outcomes(int cells) {
        if (outcomes.length != cells) {
            outcomes = new double[cells];
        }
        return outcomes;
    }

    /** Returns an array of exactly this length. Its contents are undefined. */
    public byte[] arms(int cells) {
        if (arms.length != cells) {
            arms = new byte[cells];
        }
        return arms;
    }

    /** Returns arrays of exactly this length, one per covariate. Their contents are undefined. */
    public double[][] covariates(int count, int cells) {
        if (covariates.length != count || (count > 0 && covariates[0].length != cells)) {
            covariates = new double[count][cells];
        }
        return covariates;
    }

    /** Returns an empty little-endian direct buffer with this limit. */
    public ByteBuffer bytes(int size) {
        if (bytes.capacity() < size) {
            bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.LITTLE_ENDIAN);
        }
        return bytes.clear().limit(size);
    }

    /** Returns a short array, for converting floats to doubles in small steps. */
    public float[] floats() {
        if (floats.length == 0) {
            floats = new float[FLOATS];
        }
        return floats;
    }
}
