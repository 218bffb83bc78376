/** Files and resources: numbers with checksums, and the version of the library. The only internal package that reads any. */
@NullMarked
package io.github.rowwise.internal.io;

import org.jspecify.annotations.NullMarked;
