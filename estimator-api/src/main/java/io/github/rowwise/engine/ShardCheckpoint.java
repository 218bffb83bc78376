package io.github.rowwise.engine;

import java.nio.file.Path;

/**
 * Where a part's fit is kept, so that an interrupted fit goes on where it stood. Every part goes on from the same iteration or
 * none does, which is the engine's to see to: a part replaces its file between the same two sums as the other parts theirs.
 *
 * <pre class="example">{@code
 * ShardCheckpoint kept = new ShardCheckpoint() {
 *     public Path file() {
 *         return path;
 *     }
 *
 *     public void replaced() {
 *         // Copy the file to where all processes can read it.
 *     }
 * };
 * }</pre>
 */
public interface ShardCheckpoint {

    /**
     * Names the file, in a folder of this process's own.
     *
     * @return there already if the fit is to go on from it
     */
    Path file();

    /** Hears that the file has been made, or made anew, in one step. */
    void replaced();
}
