package io.github.rowwise.spark.fit;

import io.github.rowwise.CheckpointException;
import io.github.rowwise.engine.ShardCheckpoint;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The checkpoints of a fit, in a folder that all processes reach. It has one folder per iteration with one file per shard. The
 * driver marks an iteration as complete when every shard has passed it, and then deletes the iteration before it.
 *
 * @param folder the folder, such as {@code hdfs://...}
 * @param base the iteration that this fit resumes from, 0 for none
 * @param partitions number of shards, including shards without units
 * @param configuration Hadoop's configuration
 */
public record FitCheckpoints(String folder, int base, int partitions, SerializableConfiguration configuration)
        implements Serializable {

    private static final String ITERATION = "iteration-";
    private static final String WHOLE = "whole";

    /** Number of the driver's shard. */
    static final int DRIVER = -1;

    /** Finds the iteration to resume from, on the driver. */
    public static FitCheckpoints open(String folder, int partitions, Configuration configuration) {
        FitCheckpoints checkpoints =
                new FitCheckpoints(folder, 0, partitions, new SerializableConfiguration(configuration));
        return checkpoints.doing("cannot be read", () -> {
            TreeMap<Integer, Path> whole = checkpoints.whole();
            if (whole.isEmpty()) {
                // The first iteration ends after many passes: too late to find that the folder cannot be written.
                checkpoints.files().mkdirs(new Path(folder));
                return checkpoints;
            }
            int kept = checkpoints.partitionsOf(whole.lastEntry().getValue());
            if (kept != partitions) {
                throw new CheckpointException(
                        "checkpoint " + folder + ": from a fit over " + kept + " partitions, but there are "
                                + partitions
                                + " now. Use the same number to resume, delete it to start over, or name another folder",
                        null);
            }
            return new FitCheckpoints(folder, whole.lastKey(), partitions, checkpoints.configuration);
        });
    }

    /** Deletes the checkpoints of a fit, and the folder if it is empty then. */
    public static void delete(String folder, Configuration configuration) {
        FitCheckpoints checkpoints = new FitCheckpoints(folder, 0, 0, new SerializableConfiguration(configuration));
        checkpoints.doing("cannot be deleted", () -> {
            Path root = new Path(folder);
            for (FileStatus status : checkpoints.files().listStatus(root)) {
                if (status.getPath().getName().startsWith(ITERATION)) {
                    checkpoints.files().delete(status.getPath(), true);
                }
            }
            if (checkpoints.files().listStatus(root).length == 0) {
                checkpoints.files().delete(root, false);
            }
            return folder;
        });
    }

    /** Returns the checkpoint of a shard; it exists already if the fit resumes. */
    Part ofPart(int part) {
        return doing("cannot be read", () -> {
            Part own = new Part(part, Files.createTempDirectory("rowwise-checkpoint"));
            if (base > 0) {
                files().copyToLocalFile(
                                false, file(base, part), new Path(own.file().toUri()), true);
            }
            return own;
        });
    }

    /** Marks an iteration that every shard has passed as complete, on the driver. */
    void markWhole(int iteration) {
        doing("cannot be written", () -> {
            try (FSDataOutputStream out = files().create(new Path(folder(iteration), WHOLE), true)) {
                out.write(Integer.toString(partitions).getBytes(StandardCharsets.UTF_8));
            }
            for (var older : whole().headMap(iteration).entrySet()) {
                // Workers that are created again begin with the base.
                if (older.getKey() != base) {
                    files().delete(older.getValue(), true);
                }
            }
            return iteration;
        });
    }

    private TreeMap<Integer, Path> whole() throws IOException {
        TreeMap<Integer, Path> found = new TreeMap<>();
        Path root = new Path(folder);
        if (files().exists(root)) {
            for (FileStatus status : files().listStatus(root)) {
                String name = status.getPath().getName();
                if (name.startsWith(ITERATION) && files().exists(new Path(status.getPath(), WHOLE))) {
                    found.put(Integer.parseInt(name.substring(ITERATION.length())), status.getPath());
                }
            }
        }
        return found;
    }

    private int partitionsOf(Path iteration) throws IOException {
        try (FSDataInputStream in = files().open(new Path(iteration, WHOLE))) {
            return Integer.parseInt(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private FileSystem files() throws IOException {
        return new Path(folder).getFileSystem(configuration.value());
    }

    private Path folder(int iteration) {
        return new Path(folder, ITERATION + iteration);
    }

    private Path file(int iteration, int part) {
        return new Path(folder(iteration), part == DRIVER ? "driver" : String.format(Locale.ROOT, "part-%05d", part));
    }

    /** An action whose failure names the folder. */
    private interface FileWork<T> {
        T run() throws IOException;
    }

    private <T> T doing(String problem, FileWork<T> work) {
        try {
            return work.run();
        } catch (IOException | UncheckedIOException e) {
            throw new CheckpointException(
                    "checkpoint " + folder + ": " + problem + ", " + e.getMessage()
                            + "; name a folder that the driver and all executors can read and write",
                    e);
        }
    }

    /** One shard's file, and a copy of each iteration in the shared folder. */
    final class Part implements ShardCheckpoint, AutoCloseable {

        private final int part;
        private final java.nio.file.Path local;
        private int iteration = base;

        private Part(int part, java.nio.file.Path local) {
            this.part = part;
            this.local = local;
        }

        @Override
        public java.nio.file.Path file() {
            return local.resolve("part");
        }

        @Override
        public void replaced() {
            iteration++;
            doing("cannot be written", () -> {
                TreeMap<Integer, Path> whole = whole();
                // A worker that is created again passes iterations that are stored, or already deleted.
                if (whole.isEmpty() || iteration > whole.lastKey()) {
                    Path target = FitCheckpoints.this.file(iteration, part);
                    Path beside = target.suffix(".being-written");
                    files().copyFromLocalFile(false, true, new Path(file().toUri()), beside);
                    files().delete(target, false);
                    files().rename(beside, target);
                }
                return iteration;
            });
        }

        /** Returns the number of iterations stored since the beginning. */
        int iteration() {
            return iteration;
        }

        @Override
        public void close() {
            doing("cannot be removed from the local disk", () -> {
                try (Stream<java.nio.file.Path> files = Files.list(local)) {
                    for (java.nio.file.Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
                Files.delete(local);
                return part;
            });
        }
    }
}
