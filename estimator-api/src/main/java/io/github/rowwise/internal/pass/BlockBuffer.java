package io.github.rowwise.internal.pass;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One thread's arrays for a block that is not kept as a kernel wants it. */
public final class BlockBuffer {

    private static final int FLOATS = 4096;

    private double[] outcomes = new double[0];
    private byte[] arms = new byte[0];
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private float[] floats = new float[0];

    /** An array of exactly this length, with anything in it. */
    public double[] outcomes(int cells) {
        if (outcomes.length != cells) {
            outcomes = new double[cells];
        }
        return outcomes;
    }

    /** An array of exactly this length, with anything in it. */
    public byte[] arms(int cells) {
        if (arms.length != cells) {
            arms = new byte[cells];
        }
        return arms;
    }

    /** An empty little-endian buffer outside the heap, with this limit. */
    public ByteBuffer bytes(int size) {
        if (bytes.capacity() < size) {
            bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.LITTLE_ENDIAN);
        }
        return bytes.clear().limit(size);
    }

    /** A few thousand floats, to come by in small steps from where they are to where they become doubles. */
    public float[] floats() {
        if (floats.length == 0) {
            floats = new float[FLOATS];
        }
        return floats;
    }
}
