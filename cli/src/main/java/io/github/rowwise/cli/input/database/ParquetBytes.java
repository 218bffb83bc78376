package io.github.rowwise.cli.input.database;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import shaded.parquet.org.apache.thrift.TBase;
import shaded.parquet.org.apache.thrift.TConfiguration;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.transport.TEndpointTransport;
import shaded.parquet.org.apache.thrift.transport.TTransportException;

/** A stretch of a Parquet file, read from its start. The library's own reader needs a logger. */
final class ParquetBytes extends TEndpointTransport {

    private static final int LARGEST_STRUCT = 1 << 30;

    private final FileChannel channel;
    private final long end;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).limit(0);
    private long next;

    private ParquetBytes(FileChannel channel, long start, long end) throws TTransportException {
        super(new TConfiguration(LARGEST_STRUCT, LARGEST_STRUCT, TConfiguration.DEFAULT_RECURSION_DEPTH));
        this.channel = channel;
        this.next = start;
        this.end = end;
    }

    static ParquetBytes of(FileChannel channel, long start, long end) throws IOException {
        try {
            return new ParquetBytes(channel, start, end);
        } catch (TTransportException e) {
            throw new IOException(e);
        }
    }

    /** Returns the position in the file. */
    long position() {
        return next - buffer.remaining();
    }

    /** Reads a struct into an empty object. */
    <T extends TBase<T, ?>> T struct(T empty) throws IOException {
        try {
            // A list cannot have more elements than there are bytes, so a damaged length allocates little.
            resetConsumedMessageSize(Math.min(LARGEST_STRUCT, end - position()));
            empty.read(new TCompactProtocol(this));
            return empty;
        } catch (TException e) {
            throw new IOException("a header is damaged", e);
        }
    }

    /** Skips bytes and returns their CRC-32. */
    int checksum(long length) throws IOException {
        CRC32 checksum = new CRC32();
        for (long left = length; left > 0; ) {
            if (!buffer.hasRemaining()) {
                fill();
            }
            int taken = (int) Math.min(left, buffer.remaining());
            checksum.update(buffer.slice(buffer.position(), taken));
            buffer.position(buffer.position() + taken);
            left -= taken;
        }
        return (int) checksum.getValue();
    }

    /** Skips bytes without reading them. */
    void skip(long length) {
        long target = position() + length;
        if (length <= buffer.remaining()) {
            buffer.position(buffer.position() + (int) length);
        } else {
            buffer.limit(0);
            next = target;
        }
    }

    private void fill() throws IOException {
        buffer.clear();
        buffer.limit((int) Math.max(0, Math.min(buffer.capacity(), end - next)));
        int read = buffer.hasRemaining() ? channel.read(buffer, next) : -1;
        buffer.flip();
        if (read <= 0) {
            throw new EOFException("a part of it ends too early");
        }
        next += read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws TTransportException {
        if (length == 0) {
            return 0;
        }
        if (!buffer.hasRemaining()) {
            try {
                fill();
            } catch (IOException e) {
                throw new TTransportException(e);
            }
        }
        int taken = Math.min(length, buffer.remaining());
        buffer.get(bytes, offset, taken);
        countConsumedMessageBytes(taken);
        return taken;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void open() {}

    @Override
    public void close() {}
}
