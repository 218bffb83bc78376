package io.github.rowwise.cli.database;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;

/**
 * Writes rows to a file in Arrow's IPC format, in batches, so that memory does not grow with the number of rows. Only the
 * generated classes of the format are used, because Arrow's Java library requires JVM options (ADR 16).
 */
final class ArrowFile {

    private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
    private static final int ALIGNMENT = 8;
    private static final int CONTINUATION = -1;

    /** A batch ends when a text column exceeds this size, or after {@link ArrowColumn#MAX_ROWS} rows. */
    private static final int MAX_TEXT_BYTES = 1 << 24;

    private final FileChannel channel;
    private final List<ArrowColumn> columns;
    private final List<BatchLocation> batches = new ArrayList<>();
    private int rows;

    /** Position of a batch in the file and the lengths of its two parts. */
    private record BatchLocation(long position, int metadata, long body) {}

    private ArrowFile(FileChannel channel, List<ArrowColumn> columns) {
        this.channel = channel;
        this.columns = columns;
    }

    /** Writes all rows of a result set. */
    static void write(ResultSet result, Path file) throws SQLException, IOException {
        ResultSetMetaData table = result.getMetaData();
        List<ArrowColumn> columns = new ArrayList<>();
        for (int k = 1; k <= table.getColumnCount(); k++) {
            columns.add(new ArrowColumn(k, table.getColumnName(k), table.getColumnType(k)));
        }
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ArrowFile arrow = new ArrowFile(channel, columns);
            arrow.begin();
            while (result.next()) {
                arrow.add(result);
            }
            arrow.end();
        }
    }

    private void begin() throws IOException {
        writePadded(ByteBuffer.wrap(MAGIC));
        writeMessage(MessageHeader.Schema, this::schema, 0);
    }

    private void add(ResultSet row) throws SQLException, IOException {
        boolean isFull = false;
        for (ArrowColumn column : columns) {
            column.add(row, rows);
            isFull |= column.bytes() > MAX_TEXT_BYTES;
        }
        rows++;
        if (isFull || rows == ArrowColumn.MAX_ROWS) {
            writeBatch();
        }
    }

    private void writeBatch() throws IOException {
        List<ByteBuffer> buffers = new ArrayList<>();
        for (ArrowColumn column : columns) {
            buffers.addAll(column.buffers(rows));
        }
        long body = buffers.stream().mapToLong(ArrowFile::padded).sum();
        long position = channel.position();
        int metadata = writeMessage(MessageHeader.RecordBatch, builder -> batch(builder, buffers), body);
        for (ByteBuffer buffer : buffers) {
            writePadded(buffer);
        }
        batches.add(new BatchLocation(position, metadata, body));
        columns.forEach(ArrowColumn::clear);
        rows = 0;
    }

    private void end() throws IOException {
        if (rows > 0) {
            writeBatch();
        }
        write(integers(CONTINUATION, 0));
        FlatBufferBuilder builder = new FlatBufferBuilder();
        int schema = schema(builder);
        Footer.startDictionariesVector(builder, 0);
        int dictionaries = builder.endVector();
        Footer.startRecordBatchesVector(builder, batches.size());
        for (int k = batches.size() - 1; k >= 0; k--) {
            BatchLocation batch = batches.get(k);
            Block.createBlock(builder, batch.position(), batch.metadata(), batch.body());
        }
        int blocks = builder.endVector();
        builder.finish(Footer.createFooter(builder, MetadataVersion.V5, schema, dictionaries, blocks, 0));
        ByteBuffer footer = builder.dataBuffer();
        int length = footer.remaining();
        write(footer);
        write(integers(length));
        write(ByteBuffer.wrap(MAGIC));
    }

    private int schema(FlatBufferBuilder builder) {
        int[] fields =
                columns.stream().mapToInt(column -> column.field(builder)).toArray();
        return Schema.createSchema(builder, Endianness.Little, Schema.createFieldsVector(builder, fields), 0, 0);
    }

    /** Builds the metadata of a batch. FlatBuffers vectors of structures are built from last to first. */
    private int batch(FlatBufferBuilder builder, List<ByteBuffer> buffers) {
        RecordBatch.startNodesVector(builder, columns.size());
        for (int k = columns.size() - 1; k >= 0; k--) {
            FieldNode.createFieldNode(builder, rows, columns.get(k).nulls());
        }
        int nodes = builder.endVector();
        long end = buffers.stream().mapToLong(ArrowFile::padded).sum();
        RecordBatch.startBuffersVector(builder, buffers.size());
        for (int k = buffers.size() - 1; k >= 0; k--) {
            end -= padded(buffers.get(k));
            Buffer.createBuffer(builder, end, buffers.get(k).remaining());
        }
        return RecordBatch.createRecordBatch(builder, rows, nodes, builder.endVector(), 0, 0);
    }

    /** Writes a message and returns the length of its metadata. */
    private int writeMessage(byte type, ToIntFunction<FlatBufferBuilder> header, long body) throws IOException {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        int offset = header.applyAsInt(builder);
        builder.finish(Message.createMessage(builder, MetadataVersion.V5, type, offset, body, 0));
        ByteBuffer metadata = builder.dataBuffer();
        int length = (int) padded(metadata);
        write(integers(CONTINUATION, length));
        writePadded(metadata);
        return 2 * Integer.BYTES + length;
    }

    private static long padded(ByteBuffer buffer) {
        return (buffer.remaining() + ALIGNMENT - 1L) / ALIGNMENT * ALIGNMENT;
    }

    private static ByteBuffer integers(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            buffer.putInt(value);
        }
        return buffer.flip();
    }

    private void writePadded(ByteBuffer buffer) throws IOException {
        int more = (int) (padded(buffer) - buffer.remaining());
        write(buffer);
        write(ByteBuffer.allocate(more));
    }

    private void write(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
