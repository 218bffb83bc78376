package io.github.rowwise.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.jspecify.annotations.Nullable;

/**
 * Contents of an Arrow file, read by Arrow's own library.
 *
 * @param schema names and types
 * @param rows the cells as texts, {@code null} for an empty one
 * @param batches number of rows of each batch
 */
public record ArrowText(String schema, List<List<@Nullable String>> rows, List<Integer> batches) {

    /** Reads a file. */
    public static ArrowText read(Path file) throws IOException {
        List<List<@Nullable String>> rows = new ArrayList<>();
        List<Integer> batches = new ArrayList<>();
        try (BufferAllocator allocator = new RootAllocator();
                ArrowFileReader reader = new ArrowFileReader(FileChannel.open(file), allocator)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            while (reader.loadNextBatch()) {
                batches.add(root.getRowCount());
                for (int row = 0; row < root.getRowCount(); row++) {
                    List<@Nullable String> cells = new ArrayList<>();
                    for (FieldVector column : root.getFieldVectors()) {
                        cells.add(
                                column.isNull(row)
                                        ? null
                                        : column.getObject(row).toString());
                    }
                    rows.add(cells);
                }
            }
            return new ArrowText(root.getSchema().toString(), rows, batches);
        }
    }
}
