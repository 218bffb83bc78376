/**
 * The JSON document of a result, written once for the program and for Spark.
 *
 * <p>A document is a tree of plain Java values, so that each caller can write it with the JSON library that it has: objects
 * are maps in the order of their members, arrays are {@link java.lang.Iterable}s or {@code double[]}, and the rest are
 * strings, numbers, booleans and {@code null}. Every number is finite.
 */
@NullMarked
package io.github.rowwise.tables.json;

import org.jspecify.annotations.NullMarked;
