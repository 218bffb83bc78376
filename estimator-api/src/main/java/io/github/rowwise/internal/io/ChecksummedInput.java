package io.github.rowwise.internal.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/** Reads what {@link ChecksummedOutput} wrote. Where the file ends too early it throws {@link EOFException}. */
public final class ChecksummedInput {

    private static final int CHUNK = 1024;

    private final CheckedInputStream in;
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    public ChecksummedInput(InputStream in) {
        this.in = new CheckedInputStream(in, new CRC32C());
    }

    public int getInt() throws IOException {
        fill(Integer.BYTES);
        return number.getInt(0);
    }

    public long getLong() throws IOException {
        fill(Long.BYTES);
        return number.getLong(0);
    }

    public double getDouble() throws IOException {
        return Double.longBitsToDouble(getLong());
    }

    public byte[] getBytes(int count) throws IOException {
        // Does not trust the count: a damaged one must not ask for more memory than the file has bytes.
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        return bytes;
    }

    /** What {@link ChecksummedOutput#putDoubles} wrote. */
    public double[] getDoubles() throws IOException {
        double[] values = new double[getInt()];
        for (int from = 0; from < values.length; from += CHUNK) {
            int count = Math.min(CHUNK, values.length - from);
            ByteBuffer bytes = ByteBuffer.wrap(getBytes(count * Double.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asDoubleBuffer().get(values, from, count);
        }
        return values;
    }

    /** What {@link ChecksummedOutput#putInts} wrote. */
    public int[] getInts() throws IOException {
        int[] values = new int[getInt()];
        for (int k = 0; k < values.length; k++) {
            values[k] = getInt();
        }
        return values;
    }

    /** What {@link ChecksummedOutput#putLongs} wrote. */
    public long[] getLongs() throws IOException {
        long[] values = new long[getInt()];
        for (int k = 0; k < values.length; k++) {
            values[k] = getLong();
        }
        return values;
    }

    public String getText() throws IOException {
        return new String(getBytes(Math.max(0, getInt())), StandardCharsets.UTF_8);
    }

    /** Whether all since the last checksum is as it was written. */
    public boolean isChecksumRight() throws IOException {
        int expected = (int) in.getChecksum().getValue();
        boolean right = getInt() == expected;
        in.getChecksum().reset();
        return right;
    }

    private void fill(int bytes) throws IOException {
        if (in.readNBytes(number.array(), 0, bytes) < bytes) {
            throw new EOFException();
        }
    }
}
