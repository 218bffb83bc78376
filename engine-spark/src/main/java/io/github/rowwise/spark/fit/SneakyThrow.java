package io.github.rowwise.spark.fit;

/** Rethrows exceptions from Spark, which may be checked although no method declares them. */
final class SneakyThrow {

    private SneakyThrow() {}

    /** Throws the exception. The return type lets callers write {@code throw}. */
    static RuntimeException rethrown(Throwable thrown) {
        throw SneakyThrow.<RuntimeException>as(thrown);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E as(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
