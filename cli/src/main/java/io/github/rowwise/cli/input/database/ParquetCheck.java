package io.github.rowwise.cli.input.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;

/**
 * Checks a Parquet file before it is read: the checksums of its pages, where the file has them, and whether offsets, sizes,
 * counts and types fit each other. DuckDB ignores the checksums, and a wrong size may end its process.
 */
final class ParquetCheck {

    private static final String MAGIC = "PAR1";
    private static final int TAIL = 8;

    private final FileChannel channel;
    private long footer;
    private long pages;
    private long pagesWithChecksum;

    private ParquetCheck(FileChannel channel) {
        this.channel = channel;
    }

    /** A column of values. */
    private record Leaf(SchemaElement element, List<String> path, boolean isRepeated, boolean isRequired) {}

    /** Checks a file. */
    static void check(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            new ParquetCheck(channel).check();
        } catch (RuntimeException e) {
            throw new IOException("a header is damaged", e);
        }
    }

    private void check() throws IOException {
        FileMetaData file = footer();
        List<Leaf> leaves = new ArrayList<>();
        int[] at = {0};
        demand(file.isSetSchema() && !file.schema.isEmpty(), "no columns");
        addLeaves(file.schema, at, new ArrayList<>(), false, true, leaves);
        demand(at[0] == file.schema.size(), "the tree of columns is damaged");
        long rows = 0;
        NavigableMap<Long, Long> chunks = new TreeMap<>();
        for (RowGroup group : file.row_groups) {
            rows += group.num_rows;
            demand(group.num_rows >= 0 && group.columns.size() == leaves.size(), "a group of rows lacks columns");
            for (int i = 0; i < leaves.size(); i++) {
                chunk(group.columns.get(i), leaves.get(i), group.num_rows, chunks);
            }
        }
        demand(rows == file.num_rows, "the number of rows is damaged");
        // A damaged header may have lost its checksum.
        demand(pagesWithChecksum == 0 || pagesWithChecksum == pages, "a page lacks its checksum");
    }

    private FileMetaData footer() throws IOException {
        long size = channel.size();
        demand(size >= MAGIC.length() + TAIL && text(0).equals(MAGIC), "it does not start as one");
        demand(text(size - MAGIC.length()).equals(MAGIC), "it does not end as one; is it complete?");
        ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        channel.read(length, size - TAIL);
        footer = size - TAIL - length.getInt(0);
        demand(footer >= MAGIC.length() && footer < size - TAIL, "the length of its footer is damaged");
        return ParquetBytes.of(channel, footer, size - TAIL).struct(new FileMetaData());
    }

    private String text(long position) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MAGIC.length());
        channel.read(bytes, position);
        return new String(bytes.array(), StandardCharsets.ISO_8859_1);
    }

    private static void addLeaves(
            List<SchemaElement> schema,
            int[] at,
            List<String> path,
            boolean isRepeated,
            boolean isRequired,
            List<Leaf> leaves)
            throws IOException {
        demand(at[0] < schema.size() && path.size() < 100, "the tree of columns is damaged");
        boolean isRoot = at[0] == 0;
        SchemaElement element = schema.get(at[0]++);
        List<String> own = new ArrayList<>(path);
        if (!isRoot) {
            own.add(element.name);
        }
        boolean repeats = isRepeated || (!isRoot && element.repetition_type == FieldRepetitionType.REPEATED);
        boolean requires = isRequired && (isRoot || element.repetition_type == FieldRepetitionType.REQUIRED);
        if (element.isSetType()) {
            demand(ParquetTypes.isConsistent(element), "the type of column " + element.name + " is damaged");
            leaves.add(new Leaf(element, own, repeats, requires));
            return;
        }
        for (int child = 0; child < element.num_children; child++) {
            addLeaves(schema, at, own, repeats, requires, leaves);
        }
    }

    private void chunk(ColumnChunk chunk, Leaf leaf, long rows, NavigableMap<Long, Long> chunks) throws IOException {
        ColumnMetaData data = chunk.meta_data;
        String name = "column " + String.join(".", leaf.path());
        demand(data != null && !chunk.isSetFile_path(), name + " is not in the file");
        demand(
                data.type == leaf.element().type && data.path_in_schema.equals(leaf.path()),
                "the type or the name of " + name + " is damaged");
        demand(leaf.isRepeated() ? data.num_values >= rows : data.num_values == rows, name + " lacks values");
        long start = data.isSetDictionary_page_offset() && data.dictionary_page_offset > 0
                ? Math.min(data.dictionary_page_offset, data.data_page_offset)
                : data.data_page_offset;
        long end = start + data.total_compressed_size;
        demand(start >= MAGIC.length() && end >= start && end <= footer, "the place of " + name + " is damaged");
        var before = chunks.floorEntry(start);
        Long after = chunks.higherKey(start);
        demand(
                (before == null || before.getValue() <= start) && (after == null || end <= after),
                "the place of " + name + " is that of another column");
        if (end > start) {
            chunks.put(start, end);
        }
        pages(ParquetBytes.of(channel, start, end), end, data, leaf, name);
    }

    private void pages(ParquetBytes bytes, long end, ColumnMetaData data, Leaf leaf, String name) throws IOException {
        long values = 0;
        boolean hasDictionary = false;
        while (bytes.position() < end) {
            PageHeader page = bytes.struct(new PageHeader());
            demand(
                    page.compressed_page_size >= 0
                            && page.uncompressed_page_size >= 0
                            && page.compressed_page_size <= end - bytes.position(),
                    "the size of a page of " + name + " is damaged");
            pages++;
            if (page.isSetCrc()) {
                pagesWithChecksum++;
                demand(
                        bytes.checksum(page.compressed_page_size) == page.crc,
                        "the checksum of a page of " + name + " does not fit its content");
            } else {
                bytes.skip(page.compressed_page_size);
            }
            if (page.type == PageType.DICTIONARY_PAGE) {
                demand(
                        page.isSetDictionary_page_header()
                                && page.dictionary_page_header.num_values >= 0
                                && values == 0,
                        "a page of " + name + " is damaged");
                hasDictionary = true;
            } else if (page.type == PageType.DATA_PAGE || page.type == PageType.DATA_PAGE_V2) {
                values += data(page, data, leaf, hasDictionary, name);
            }
        }
        demand(values == data.num_values, name + " lacks values");
    }

    private static long data(PageHeader page, ColumnMetaData data, Leaf leaf, boolean hasDictionary, String name)
            throws IOException {
        boolean isFirst = page.type == PageType.DATA_PAGE;
        demand(
                isFirst ? page.isSetData_page_header() : page.isSetData_page_header_v2(),
                "a page of " + name + " is damaged");
        Encoding encoding = isFirst ? page.data_page_header.encoding : page.data_page_header_v2.encoding;
        int values = isFirst ? page.data_page_header.num_values : page.data_page_header_v2.num_values;
        boolean usesDictionary = encoding == Encoding.PLAIN_DICTIONARY || encoding == Encoding.RLE_DICTIONARY;
        demand(
                values >= 0
                        && data.encodings.contains(encoding)
                        && (!usesDictionary || hasDictionary)
                        && (!isFirst || page.data_page_header.definition_level_encoding == Encoding.RLE),
                "the encoding of a page of " + name + " is damaged");
        int width = ParquetTypes.width(leaf.element());
        if (isFirst && encoding == Encoding.PLAIN && width > 0 && leaf.isRequired() && !leaf.isRepeated()) {
            demand(page.uncompressed_page_size == (long) values * width, "a page of " + name + " lacks values");
        }
        return values;
    }

    private static void demand(boolean holds, String otherwise) throws IOException {
        if (!holds) {
            throw new IOException(otherwise);
        }
    }
}
