package io.github.rowwise.spark;

/** Runs another main class until the process that started it is gone, however that ended. */
final class DiesWithParent {

    private DiesWithParent() {}

    /** Takes the main class and its arguments. */
    public static void main(String[] arguments) throws Exception {
        Thread watch = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {
                    // Nobody writes: the stream ends with its writer.
                }
            } catch (java.io.IOException e) {
                // Ends, too.
            }
            Runtime.getRuntime().halt(1);
        });
        watch.setDaemon(true);
        watch.start();
        String[] rest = java.util.Arrays.copyOfRange(arguments, 1, arguments.length);
        Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
    }
}
