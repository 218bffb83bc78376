package io.github.rowwise.engine;

import java.nio.file.Path;

/**
 * Saves a shard's fit, so that an interrupted fit can resume.
 *
 * <p>Either all shards resume from the same iteration or none does. The engine ensures this: all shards replace their
 * files between the same two sums.
 *
 * <pre class="example">{@code
 * ShardCheckpoint checkpoint = new ShardCheckpoint() {
 *     public Path file() {
 *         return path;
 *     }
 *
 *     public void replaced() {
 *         // Copy the file to storage that all processes can read.
 *     }
 * };
 * }</pre>
 */
public interface ShardCheckpoint {

    /**
     * Returns the checkpoint file, in a directory that only this process uses.
     *
     * @return a path. If the file exists, the fit resumes from it
     */
    Path file();

    /** Called after the file has been created or atomically replaced. */
    void replaced();
}
