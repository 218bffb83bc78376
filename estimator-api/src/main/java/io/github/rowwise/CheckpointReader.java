package io.github.rowwise;

import io.github.rowwise.internal.factor.model.CheckpointCodec;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/** Reads what {@link CheckpointWriter} wrote. */
final class CheckpointReader implements CheckpointCodec {

    static final int BUFFER = 1 << 16;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);

    CheckpointReader(FileChannel channel) {
        this.channel = channel;
    }

    /** Whether the file ends with the checksum of all before; afterwards the channel is at the file's start again. */
    static boolean isWhole(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        CRC32C checksum = new CRC32C();
        long left = channel.size() - Integer.BYTES;
        while (left > 0) {
            buffer.clear().limit((int) Math.min(BUFFER, left));
            int count = channel.read(buffer);
            if (count < 0) {
                return false;
            }
            left -= count;
            checksum.update(buffer.flip());
        }
        buffer.clear().limit(Integer.BYTES);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                return false;
            }
        }
        channel.position(0);
        return left == 0 && buffer.getInt(0) == (int) checksum.getValue();
    }

    @Override
    public boolean flag(boolean now) {
        return next(1).get() != 0;
    }

    @Override
    public int count(int now) {
        return next(Integer.BYTES).getInt();
    }

    @Override
    public double number(double now) {
        return next(Double.BYTES).getDouble();
    }

    @Override
    public double[] numbers(double[] now) {
        double[] values = new double[count(0)];
        for (int k = 0; k < values.length; k++) {
            values[k] = number(0);
        }
        return values;
    }

    byte[] bytes() {
        byte[] values = new byte[count(0)];
        for (int k = 0; k < values.length; k++) {
            values[k] = next(1).get();
        }
        return values;
    }

    private ByteBuffer next(int bytes) {
        if (buffer.remaining() < bytes) {
            buffer.compact();
            try {
                while (buffer.position() < bytes) {
                    if (channel.read(buffer) < 0) {
                        throw new EOFException("the file ends before its numbers do");
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            buffer.flip();
        }
        return buffer;
    }
}
