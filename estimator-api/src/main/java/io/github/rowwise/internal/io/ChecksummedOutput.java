package io.github.rowwise.internal.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/** Writes little-endian numbers, texts and bytes, and on request a CRC-32C of all since the last one. */
public final class ChecksummedOutput {

    private static final int CHUNK = 1024;

    private final CheckedOutputStream out;
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /** The caller flushes the stream. */
    public ChecksummedOutput(OutputStream out) {
        this.out = new CheckedOutputStream(out, new CRC32C());
    }

    public void putInt(int value) throws IOException {
        number.putInt(0, value);
        out.write(number.array(), 0, Integer.BYTES);
    }

    public void putLong(long value) throws IOException {
        number.putLong(0, value);
        out.write(number.array(), 0, Long.BYTES);
    }

    public void putDouble(double value) throws IOException {
        putLong(Double.doubleToRawLongBits(value));
    }

    /** The bytes alone, without their number. */
    public void putBytes(byte[] bytes) throws IOException {
        out.write(bytes, 0, bytes.length);
    }

    /** How many there are, then the numbers. */
    public void putDoubles(double[] values) throws IOException {
        putInt(values.length);
        ByteBuffer bytes = ByteBuffer.allocate(Math.min(values.length, CHUNK) * Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < values.length; from += CHUNK) {
            int count = Math.min(CHUNK, values.length - from);
            bytes.clear().asDoubleBuffer().put(values, from, count);
            out.write(bytes.array(), 0, count * Double.BYTES);
        }
    }

    /** How many there are, then the numbers. */
    public void putInts(int[] values) throws IOException {
        putInt(values.length);
        for (int value : values) {
            putInt(value);
        }
    }

    /** How many there are, then the numbers. */
    public void putLongs(long[] values) throws IOException {
        putInt(values.length);
        for (long value : values) {
            putLong(value);
        }
    }

    /** The number of bytes in UTF-8, then the bytes. */
    public void putText(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        putInt(bytes.length);
        putBytes(bytes);
    }

    public void putChecksum() throws IOException {
        putInt((int) out.getChecksum().getValue());
        out.getChecksum().reset();
    }
}
