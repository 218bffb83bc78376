package io.github.rowwise.spark.fit;

/** Rethrows exceptions from Spark, which may be checked although no method declares them. */
final class SneakyThrow {

    private SneakyThrow() {}

    /** Throws the exception and never returns. The return type is for callers that must throw something. */
    static RuntimeException rethrown(Throwable thrown) {
        throw SneakyThrow.<RuntimeException>as(thrown);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E as(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
