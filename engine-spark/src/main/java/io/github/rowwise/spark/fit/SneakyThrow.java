package io.github.rowwise.spark.fit;

/** Throws on what came out of Spark, which is written in a language without checked exceptions. */
final class SneakyThrow {

    private SneakyThrow() {}

    /** Never returns; the type is for whoever has to throw something. */
    static RuntimeException rethrown(Throwable thrown) {
        throw SneakyThrow.<RuntimeException>as(thrown);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E as(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
