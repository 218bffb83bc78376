package io.github.rowwise.panel;

import io.github.rowwise.internal.pass.BlockBuffer;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.RowBlocks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of a panel file, read whenever they are asked for. Read and not mapped: pages of a mapped file count as the
 * process's memory, and those of the system's cache do not.
 */
final class FileBlocks implements RowBlocks {

    private final Path path;
    private final PanelFileLayout layout;

    /** Blocks that were seen to be whole. Two threads may both check a block. */
    private final boolean[] checked;

    private final AtomicReference<@Nullable BlockBuffer> spare = new AtomicReference<>();
    private FileChannel channel;
    private boolean closed;

    FileBlocks(Path path, PanelFileLayout layout, FileChannel channel) {
        this.path = path;
        this.layout = layout;
        this.checked = new boolean[layout.blocks()];
        this.channel = channel;
    }

    @Override
    public int count() {
        return layout.blocks();
    }

    @Override
    public RowBlock read(int index, BlockBuffer room) {
        int rows = layout.rows(index);
        int cells = rows * layout.periods();
        ByteBuffer bytes = room.bytes(layout.blockBytes(index));
        fill(bytes, layout.blockPosition(index));
        bytes.flip();
        if (!checked[index]) {
            CRC32C checksum = new CRC32C();
            checksum.update(bytes.duplicate().limit(bytes.limit() - Integer.BYTES));
            require(bytes.getInt(bytes.limit() - Integer.BYTES) == (int) checksum.getValue(), index, "is damaged");
        }
        double[] outcomes = room.outcomes(cells);
        if (layout.storage() == OutcomeStorage.DOUBLE) {
            bytes.asDoubleBuffer().get(outcomes);
        } else {
            widen(bytes.asFloatBuffer(), room.floats(), outcomes);
        }
        double[][] covariates = room.covariates(layout.covariates(), cells);
        bytes.position(cells * layout.outcomeBytes());
        for (double[] covariate : covariates) {
            bytes.slice().order(bytes.order()).asDoubleBuffer().get(covariate);
            bytes.position(bytes.position() + cells * Double.BYTES);
        }
        byte[] arms = room.arms(cells);
        bytes.get(arms);
        if (!checked[index]) {
            requireValues(index, outcomes, arms, covariates);
            checked[index] = true;
        }
        return new RowBlock(index * layout.blockRows(), rows, layout.periods(), outcomes, arms, covariates);
    }

    /** Reads the rows alone, once the block as a whole was seen to be sound. */
    @Override
    public void copyRows(int index, int from, int rows, RowArrays to, int at, BlockBuffer room) {
        if (!checked[index]) {
            check(index);
        }
        int columns = layout.periods();
        int cells = rows * columns;
        int width = layout.outcomeBytes();
        long start = layout.blockPosition(index);
        ByteBuffer bytes = room.bytes(cells * width);
        fill(bytes, start + (long) from * columns * width);
        bytes.flip();
        if (layout.storage() == OutcomeStorage.DOUBLE) {
            bytes.asDoubleBuffer().get(to.outcomes(), at, cells);
        } else {
            FloatBuffer floats = bytes.asFloatBuffer();
            for (int k = 0; k < cells; k++) {
                to.outcomes()[at + k] = floats.get(k);
            }
        }
        bytes = room.bytes(cells);
        long allCells = (long) layout.rows(index) * columns;
        fill(bytes, start + allCells * (width + (long) layout.covariates() * Double.BYTES) + (long) from * columns);
        bytes.flip().get(to.arms(), at, cells);
    }

    /** Reads a whole block for its checksum, with a buffer that one thread after the other uses. */
    private void check(int index) {
        BlockBuffer kept = spare.getAndSet(null);
        BlockBuffer room = kept == null ? new BlockBuffer() : kept;
        read(index, room);
        spare.set(room);
    }

    private static void widen(FloatBuffer from, float[] few, double[] to) {
        for (int start = 0; start < to.length; start += few.length) {
            int count = Math.min(few.length, to.length - start);
            from.get(few, 0, count);
            for (int k = 0; k < count; k++) {
                to[start + k] = few[k];
            }
        }
    }

    /** What the kernels rely on, should another program have written the file. */
    private void requireValues(int index, double[] outcomes, byte[] arms, double[][] covariates) {
        boolean right = true;
        for (int cell = 0; cell < arms.length; cell++) {
            right &= arms[cell] >= RowBlock.MISSING && arms[cell] < layout.arms();
            right &= Math.abs(outcomes[cell]) <= (arms[cell] == RowBlock.MISSING ? 0 : Double.MAX_VALUE);
        }
        for (double[] covariate : covariates) {
            for (int cell = 0; cell < arms.length; cell++) {
                right &= Math.abs(covariate[cell]) <= (arms[cell] == RowBlock.MISSING ? 0 : Double.MAX_VALUE);
            }
        }
        require(right, index, "holds an arm that there is not, a number that is not finite, or one of a missing cell");
    }

    private void require(boolean right, int index, String what) {
        if (!right) {
            int first = index * layout.blockRows();
            throw new InvalidPanelException(path + ": the block of units " + (first + 1) + " to "
                    + (first + layout.rows(index)) + " " + what + ": make the file again");
        }
    }

    private void fill(ByteBuffer bytes, long position) {
        while (bytes.hasRemaining()) {
            FileChannel open = open();
            try {
                if (open.read(bytes, position + bytes.position()) < 0) {
                    throw new InvalidPanelException(path + ": has become shorter since it was opened: make it again");
                }
            } catch (ClosedChannelException e) {
                // A thread that is interrupted while it reads closes the channel for all.
                if (Thread.currentThread().isInterrupted()) {
                    throw new UncheckedIOException(path + ": interrupted while it was read", e);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(path + ": cannot be read", e);
            }
        }
    }

    private synchronized FileChannel open() {
        if (closed) {
            throw new IllegalStateException(
                    path + " is closed: keep the panel file open while its panel is used, or read"
                            + " results after UnitEffects.detach()");
        }
        if (!channel.isOpen()) {
            try {
                channel = FileChannel.open(path);
            } catch (IOException e) {
                throw new UncheckedIOException(path + ": cannot be read", e);
            }
        }
        return channel;
    }

    synchronized void close() {
        closed = true;
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": cannot be closed", e);
        }
    }
}
