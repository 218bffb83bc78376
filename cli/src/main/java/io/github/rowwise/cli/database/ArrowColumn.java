package io.github.rowwise.cli.database;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;

/** A column of the batch that is being filled, as Arrow lays it out: which rows have a value, where texts end, the values. */
final class ArrowColumn {

    static final int MOST_ROWS = 1 << 16;

    private final int index;
    private final String name;
    private final int type;
    private final byte[] isThere = new byte[MOST_ROWS / Byte.SIZE];
    private final ByteBuffer ends = buffer((MOST_ROWS + 1) * Integer.BYTES);
    private ByteBuffer values = buffer(MOST_ROWS);
    private int empty;

    /**
     * An empty column.
     *
     * @param index in the answer, from 1
     * @param type of {@link Types}: text, double or whole number
     */
    ArrowColumn(int index, String name, int type) {
        if (type != Types.VARCHAR && type != Types.DOUBLE && type != Types.INTEGER) {
            throw new IllegalArgumentException("column " + name + ": no Arrow type for SQL type " + type);
        }
        this.index = index;
        this.name = name;
        this.type = type;
        ends.putInt(0);
    }

    void add(ResultSet row, int at) throws SQLException {
        boolean isEmpty;
        if (type == Types.VARCHAR) {
            String text = row.getString(index);
            isEmpty = text == null;
            byte[] bytes = isEmpty ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
            require(bytes.length);
            values.put(bytes);
            ends.putInt(values.position());
        } else if (type == Types.DOUBLE) {
            require(Double.BYTES);
            double number = row.getDouble(index);
            isEmpty = row.wasNull();
            values.putDouble(isEmpty ? 0 : number);
        } else {
            require(Integer.BYTES);
            int number = row.getInt(index);
            isEmpty = row.wasNull();
            values.putInt(isEmpty ? 0 : number);
        }
        if (isEmpty) {
            empty++;
        } else {
            isThere[at / Byte.SIZE] |= (byte) (1 << at % Byte.SIZE);
        }
    }

    private void require(int bytes) {
        if (values.remaining() < bytes) {
            ByteBuffer larger = buffer(Math.max(2 * values.capacity(), values.position() + bytes));
            values = larger.put(values.flip());
        }
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    int bytes() {
        return values.position();
    }

    /** Rows without a value. */
    int empty() {
        return empty;
    }

    /** What is written of so many rows, good until the column changes. */
    List<ByteBuffer> buffers(int rows) {
        ByteBuffer there = ByteBuffer.wrap(isThere, 0, (rows + Byte.SIZE - 1) / Byte.SIZE);
        ByteBuffer all = values.duplicate().flip();
        return type == Types.VARCHAR ? List.of(there, ends.duplicate().flip(), all) : List.of(there, all);
    }

    void clear() {
        Arrays.fill(isThere, (byte) 0);
        ends.clear().putInt(0);
        values.clear();
        empty = 0;
    }

    int field(FlatBufferBuilder builder) {
        int label = builder.createString(name);
        int children = Field.createChildrenVector(builder, new int[0]);
        byte kind;
        int details;
        if (type == Types.VARCHAR) {
            kind = Type.Utf8;
            Utf8.startUtf8(builder);
            details = Utf8.endUtf8(builder);
        } else if (type == Types.DOUBLE) {
            kind = Type.FloatingPoint;
            details = FloatingPoint.createFloatingPoint(builder, Precision.DOUBLE);
        } else {
            kind = Type.Int;
            details = Int.createInt(builder, Integer.SIZE, true);
        }
        return Field.createField(builder, label, true, kind, details, 0, children, 0);
    }
}
