package io.github.rowwise;

import io.github.rowwise.internal.factor.model.CheckpointCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/** Writes a checkpoint's numbers through one small buffer, and their checksum at the end. */
final class CheckpointWriter implements CheckpointCodec {

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(CheckpointReader.BUFFER);
    private final CRC32C checksum = new CRC32C();

    CheckpointWriter(FileChannel channel) {
        this.channel = channel;
    }

    @Override
    public boolean flag(boolean now) {
        room(1).put((byte) (now ? 1 : 0));
        return now;
    }

    @Override
    public int count(int now) {
        room(Integer.BYTES).putInt(now);
        return now;
    }

    @Override
    public double number(double now) {
        room(Double.BYTES).putDouble(now);
        return now;
    }

    @Override
    public double[] numbers(double[] now) {
        count(now.length);
        for (double value : now) {
            number(value);
        }
        return now;
    }

    void bytes(byte[] values) {
        count(values.length);
        for (byte value : values) {
            room(1).put(value);
        }
    }

    /** Writes what is left, then the checksum, and waits until the disk has it. */
    void finish() throws IOException {
        empty();
        buffer.putInt((int) checksum.getValue());
        empty();
        channel.force(true);
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            try {
                empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return buffer;
    }

    private void empty() throws IOException {
        buffer.flip();
        checksum.update(buffer.duplicate());
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }
}
