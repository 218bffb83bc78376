package io.github.rowwise.benchmarks;

/**
 * Numbers of rows and columns, written {@code 4000x1000} in the parameters of a benchmark.
 *
 * @param rows number of rows
 * @param columns number of columns
 */
public record Shape(int rows, int columns) {

    /**
     * Parses a shape.
     *
     * @param text for example {@code 4000x1000}
     * @return the shape
     * @throws IllegalArgumentException if the text is not two numbers separated by an x
     */
    public static Shape parse(String text) {
        int x = text.indexOf('x');
        if (x < 0) {
            throw new IllegalArgumentException("shape '" + text + "': write rows and columns such as 4000x1000");
        }
        try {
            return new Shape(Integer.parseInt(text.substring(0, x)), Integer.parseInt(text.substring(x + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("shape '" + text + "': write rows and columns such as 4000x1000", e);
        }
    }

    /**
     * Returns the number of entries.
     *
     * @return rows times columns
     */
    public long cells() {
        return (long) rows * columns;
    }
}
