package io.github.rowwise.backend.nd4j;

import io.github.rowwise.linalg.DenseMatrix;
import java.util.Objects;
import org.bytedeco.javacpp.DoublePointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An ND4J array outside of the heap, into which matrices are copied row by row without a stride.
 *
 * <p>Accesses outside of the array or after it is closed throw an exception, because a crash of the JVM explains nothing.
 */
final class NativeArray implements AutoCloseable {

    private final INDArray array;
    private final DoublePointer pointer;
    private final long length;
    private boolean closed;

    /** Creates an array with undefined content, outside of the workspaces of the application, so that it can be freed. */
    NativeArray(long length) {
        this.length = length;
        this.array = Nd4j.createUninitializedDetached(DataType.DOUBLE, 'c', length);
        this.pointer = (DoublePointer) array.data().addressPointer();
    }

    static NativeArray of(DenseMatrix a) {
        NativeArray array = new NativeArray((long) a.rows() * a.columns());
        array.put(a);
        return array;
    }

    long length() {
        return length;
    }

    /** Returns the address of the first entry, valid until the array is closed. */
    DoublePointer pointer() {
        return at(0);
    }

    void put(long at, double[] values, int offset, int count) {
        checkRange(at, values, offset, count);
        at(at).put(values, offset, count);
    }

    void get(long at, double[] values, int offset, int count) {
        checkRange(at, values, offset, count);
        at(at).get(values, offset, count);
    }

    private void checkRange(long at, double[] values, int offset, int count) {
        Objects.checkFromIndexSize(at, count, length);
        Objects.checkFromIndexSize(offset, count, values.length);
    }

    private DoublePointer at(long position) {
        if (closed) {
            throw new IllegalStateException("this array is closed");
        }
        return pointer.position(position);
    }

    void put(DenseMatrix a) {
        if (a.stride() == a.columns()) {
            put(0, a.values(), a.offset(), a.rows() * a.columns());
            return;
        }
        for (int row = 0; row < a.rows(); row++) {
            put((long) row * a.columns(), a.values(), a.rowStart(row), a.columns());
        }
    }

    void get(DenseMatrix a) {
        if (a.stride() == a.columns()) {
            get(0, a.values(), a.offset(), a.rows() * a.columns());
            return;
        }
        for (int row = 0; row < a.rows(); row++) {
            get((long) row * a.columns(), a.values(), a.rowStart(row), a.columns());
        }
    }

    /** Returns a copy of the content as a matrix. */
    DenseMatrix matrix(int rows, int columns) {
        DenseMatrix a = DenseMatrix.zeros(rows, columns);
        get(a);
        return a;
    }

    double[] vector(int count) {
        return matrix(1, count).values();
    }

    @Override
    public void close() {
        closed = true;
        array.close();
    }
}
