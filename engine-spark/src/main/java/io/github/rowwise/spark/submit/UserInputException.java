package io.github.rowwise.spark.submit;

/** An option or a file that cannot be used. */
final class UserInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UserInputException(Exception cause) {
        super(cause.getMessage(), cause);
    }

    UserInputException(String message) {
        super(message);
    }

    /** Returns what a failure says first; messages of Spark's parser begin with an empty line. */
    static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage())
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse(e.toString());
    }
}
