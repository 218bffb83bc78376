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

/**
 * A column of the current batch in Arrow's layout: the validity bitmap, the end offsets of texts, and the values.
 */
final class ArrowColumn {

    static final int MAX_ROWS = 1 << 16;

    private final int index;
    private final String name;
    private final int type;
    private final byte[] validity = new byte[MAX_ROWS / Byte.SIZE];
    private final ByteBuffer ends = buffer((MAX_ROWS + 1) * Integer.BYTES);
    private ByteBuffer values = buffer(MAX_ROWS);
    private int nulls;

    /**
     * Creates a column without rows.
     *
     * @param index index in the result set, from 1
     * @param name name in the file
     * @param type constant of {@link Types}: text, double or integer
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

    /** Adds the value of a row. */
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
            nulls++;
        } else {
            validity[at / Byte.SIZE] |= (byte) (1 << at % Byte.SIZE);
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

    /** Returns the number of rows without a value. */
    int nulls() {
        return nulls;
    }

    /** Returns the buffers of the first rows. They are valid until the column changes. */
    List<ByteBuffer> buffers(int rows) {
        ByteBuffer bitmap = ByteBuffer.wrap(validity, 0, (rows + Byte.SIZE - 1) / Byte.SIZE);
        ByteBuffer all = values.duplicate().flip();
        return type == Types.VARCHAR ? List.of(bitmap, ends.duplicate().flip(), all) : List.of(bitmap, all);
    }

    void clear() {
        Arrays.fill(validity, (byte) 0);
        ends.clear().putInt(0);
        values.clear();
        nulls = 0;
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
