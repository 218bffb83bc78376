package io.github.rowwise.cli.report;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Arrays as bytes, lowest byte first, which a browser reads as typed arrays. */
final class TypedArrayEncoding {

    /** The largest whole number that {@link #shorts} holds. */
    static final int MOST_SHORT = 0xFFFF;

    private TypedArrayEncoding() {}

    static byte[] doubles(double[] values) {
        byte[] bytes = bytes(Double.BYTES, values.length);
        ByteBuffer buffer = lowestFirst(bytes);
        for (double value : values) {
            buffer.putDouble(value);
        }
        return bytes;
    }

    /** Single precision, of the values divided by a {@link #scale}. */
    static byte[] floats(double[] values, double scale) {
        byte[] bytes = bytes(Float.BYTES, values.length);
        ByteBuffer buffer = lowestFirst(bytes);
        for (double value : values) {
            buffer.putFloat((float) (value / scale));
        }
        return bytes;
    }

    /** Whole numbers from 0 to {@link #MOST_SHORT}. */
    static byte[] shorts(int[] values) {
        byte[] bytes = bytes(Short.BYTES, values.length);
        ByteBuffer buffer = lowestFirst(bytes);
        for (int value : values) {
            buffer.putShort((short) value);
        }
        return bytes;
    }

    static byte[] ints(int[] values) {
        byte[] bytes = bytes(Integer.BYTES, values.length);
        ByteBuffer buffer = lowestFirst(bytes);
        for (int value : values) {
            buffer.putInt(value);
        }
        return bytes;
    }

    /** The power of two that brings the largest of these values, NaN aside, to 1 or a little above: single precision then holds all. */
    static double scale(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.abs(value) > largest ? Math.abs(value) : largest;
        }
        return largest == 0 ? 1 : Math.scalb(1.0, Math.getExponent(largest));
    }

    private static byte[] bytes(int size, int length) {
        return new byte[Math.multiplyExact(size, length)];
    }

    private static ByteBuffer lowestFirst(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
