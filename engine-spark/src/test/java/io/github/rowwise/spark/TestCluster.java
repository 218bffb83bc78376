package io.github.rowwise.spark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.launcher.JavaModuleOptions;

/** Spark's own cluster on the loopback interface: a master and workers of one core each, in processes of their own. */
final class TestCluster implements AutoCloseable {

    private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");
    private static final Pattern REGISTERED = Pattern.compile("Successfully registered with master");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path home;
    private final List<Process> processes = new ArrayList<>();
    private final String master;

    private TestCluster(int workers, String memory) throws IOException {
        home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "spark-home");
        Path jars = Files.createDirectory(home.resolve("jars"));
        for (Path entry : classPath(TestCluster::isOfOthers)) {
            Files.createSymbolicLink(jars.resolve(entry.getFileName()), entry);
        }
        try {
            start("master", "org.apache.spark.deploy.master.Master", List.of());
            master = said("master", MASTER).group(1);
            for (int worker = 0; worker < workers; worker++) {
                List<String> arguments = List.of(
                        "--cores", "1", "--memory", memory, "--work-dir", home.resolve("work-" + worker) + "", master);
                start("worker-" + worker, "org.apache.spark.deploy.worker.Worker", arguments);
            }
            for (int worker = 0; worker < workers; worker++) {
                said("worker-" + worker, REGISTERED);
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Waits until all workers are there. */
    static TestCluster start(int workers) {
        return start(workers, "2g");
    }

    /**
     * The same.
     *
     * @param memory of a worker, for its executors
     */
    static TestCluster start(int workers, String memory) {
        try {
            return new TestCluster(workers, memory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What a driver in this process needs.
     *
     * @param executors how many to wait for
     * @param executorsHave which class-path entries of the project the executors have
     */
    SparkConf conf(int executors, Predicate<Path> executorsHave) {
        String extra = classPath(entry -> !isOfOthers(entry) && executorsHave.test(entry)).stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        return LocalSpark.conf()
                .setMaster(master)
                .set("spark.executor.cores", "1")
                .set("spark.executor.memory", "512m")
                .set("spark.executor.extraJavaOptions", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1")
                // What a lost executor had is not waited for.
                .set("spark.shuffle.io.maxRetries", "1")
                .set("spark.shuffle.io.retryWait", "200ms")
                .set("spark.executor.extraClassPath", extra)
                // The first task waits until all executors are there.
                .set("spark.cores.max", "" + executors)
                .set("spark.scheduler.minRegisteredResourcesRatio", "1.0")
                .set("spark.scheduler.maxRegisteredResourcesWaitingTime", PATIENCE.toSeconds() + "s");
    }

    /** Kills a worker that has an executor, and the executor, as when a machine is lost. */
    void loseAWorker() {
        kill(processes.stream()
                .skip(1)
                .filter(worker -> worker.descendants().findAny().isPresent())
                .findFirst()
                .orElseThrow());
    }

    /** Executors that run now, of all workers. */
    long executors() {
        return processes.stream().skip(1).flatMap(Process::descendants).count();
    }

    @Override
    public void close() {
        for (Process process : processes) {
            kill(process);
        }
        try (Stream<Path> files = Files.walk(home)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void kill(Process process) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle each : all) {
            each.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        }
    }

    private void start(String name, String mainClass, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
        command.addAll(List.of(
                "-Dlog4j2.configurationFile=log4j2-cluster.properties",
                "-cp",
                classPath(entry -> true).stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                DiesWithParent.class.getName(),
                mainClass,
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--webui-port",
                "0"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve(name + ".log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "SPARK_HOME", home.toString(), "SPARK_SCALA_VERSION", "2.13", "SPARK_LOCAL_IP", "127.0.0.1"));
        processes.add(builder.start());
    }

    /** Waits until a process has said something. */
    private Matcher said(String name, Pattern what) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String log = Files.readString(home.resolve(name + ".log"));
            Matcher matcher = what.matcher(log);
            if (matcher.find()) {
                return matcher;
            }
            if (System.nanoTime() > end || !processes.stream().allMatch(Process::isAlive)) {
                throw new IllegalStateException(name + " does not start: " + log);
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Jars that are not of this project: Spark takes them from its own folder. */
    private static boolean isOfOthers(Path entry) {
        String name = entry.getFileName().toString();
        return name.endsWith(".jar") && !name.startsWith("rowwise-");
    }

    private static List<Path> classPath(Predicate<Path> wanted) {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(all.split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath())
                .filter(Files::exists)
                .filter(wanted)
                .toList();
    }
}
