package io.github.rowwise;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.github.rowwise.internal.pass.WorkerThreads;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.panel.Panel;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Rules for the dependencies of packages and classes, and for what the core must not do. */
class ArchitectureTest {

    private static final String API = "io.github.rowwise";
    private static final String LINALG = API + ".linalg";
    private static final String JDK = "java..";
    private static final String VECTORS = "jdk.incubator.vector..";
    private static final String ANNOTATIONS = "org.jspecify..";
    private static final String INTERNAL = API + ".internal..";

    /** Exported packages other than the engine. */
    private static final String[] PUBLIC = {
        API,
        API + ".averages",
        API + ".diagnostics",
        API + ".effects",
        API + ".evaluation",
        API + ".panel",
        API + ".simulation",
        API + ".totals"
    };

    private static final String KERNEL = "internal.factor.kernel";
    private static final String MODEL = "internal.factor.model";
    private static final String PASS = "internal.factor.pass";
    private static final String SUMMARY = "internal.factor.summary";

    /**
     * For each internal package, the packages of this project that it may depend on, from the lowest layer to the
     * highest.
     */
    private static final Map<String, Set<String>> INTERNAL_LAYERS = Map.ofEntries(
            entry("engine", Set.of()),
            entry("internal.text", Set.of()),
            entry("internal.time", Set.of("internal.text")),
            entry("internal.io", Set.of()),
            entry("internal.stats", Set.of()),
            entry("internal.pass", Set.of("engine")),
            entry("internal.average", Set.of("engine", "internal.pass", "internal.stats")),
            entry("internal.assignment", Set.of("engine", "internal.pass", "internal.stats")),
            entry("internal.outcome", Set.of("engine", "internal.pass")),
            entry("internal.svd", Set.of("linalg", "internal.pass")),
            entry(
                    "internal.spectral",
                    Set.of("engine", "linalg", "internal.average", "internal.pass", "internal.stats", "internal.svd")),
            entry(KERNEL, Set.of("linalg")),
            entry("internal.covariate", Set.of("engine", "linalg", "internal.pass", "internal.svd", KERNEL)),
            entry(MODEL, Set.of("engine", "linalg", "internal.pass", KERNEL)),
            entry(PASS, Set.of("engine", "internal.pass", KERNEL, MODEL)),
            entry(
                    SUMMARY,
                    Set.of(
                            "engine",
                            "linalg",
                            "internal.assignment",
                            "internal.average",
                            "internal.pass",
                            "internal.stats",
                            KERNEL,
                            MODEL,
                            PASS)),
            entry(
                    "internal.factor",
                    Set.of(
                            "engine",
                            "linalg",
                            "internal.average",
                            "internal.pass",
                            "internal.svd",
                            KERNEL,
                            MODEL,
                            PASS,
                            SUMMARY)));

    /**
     * For each public package, the other public packages that it may depend on; all may depend on the internal
     * packages.
     */
    private static final Map<String, Set<String>> PUBLIC_LAYERS = Map.of(
            "panel", Set.of(),
            "effects", Set.of("panel"),
            "averages", Set.of("panel", "effects"),
            "totals", Set.of("panel", "effects", "averages"),
            "", Set.of("panel", "effects"),
            "simulation", Set.of("panel", "effects"),
            "diagnostics", Set.of("panel", "effects", ""),
            "evaluation", Set.of("panel", "effects", "", "simulation", "diagnostics"));

    /**
     * Dependencies that may close a circle of files: those of a type on its builder, of an interface or facade on its
     * default implementation, and of a data structure on the loops that work on it.
     */
    private static final Set<String> MAY_CLOSE_CIRCLES = Set.of(
            "panel.Panel -> panel.PanelBuilder",
            "panel.Panel -> panel.PanelCells",
            "effects.UnitEffects -> effects.UnitEffectsBuilder",
            "effects.InternalEffects -> effects.EffectsAssembler",
            "diagnostics.FitDiagnostics -> diagnostics.FitWarnings",
            "diagnostics.Incoherence -> diagnostics.ShardLeverages",
            "internal.factor.kernel.CellBits -> internal.factor.kernel.Vectors",
            "internal.factor.kernel.Vectors -> internal.factor.kernel.ScalarVectorOps",
            "internal.spectral.NormalPass -> internal.spectral.NormalKernel",
            "internal.spectral.NormalKernel -> internal.spectral.TileNormalKernel");

    private static final int MAX_FILES = 30;

    private static final URL LOCATION =
            Panel.class.getProtectionDomain().getCodeSource().getLocation();
    private static final JavaClasses CORE = new ClassFileImporter().importUrl(LOCATION);

    @Test
    void linalgDependsOnTheJdkAndJspecifyOnly() {
        URL location = DenseMatrix.class.getProtectionDomain().getCodeSource().getLocation();
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(LINALG, API + ".exception", JDK, VECTORS, ANNOTATIONS)
                .because("backends are built against it without the estimators")
                .check(new ClassFileImporter().importUrl(location));
    }

    @Test
    void theModuleDependsOnTheJdkAndJspecifyOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(API + "..", JDK, VECTORS, ANNOTATIONS)
                .because("applications embed it without further libraries")
                .check(CORE);
    }

    @Test
    void internalPackagesDependOnLowerLayersOnly() {
        List<String> violations = new ArrayList<>();
        for (JavaClass type : CORE) {
            String origin = shortName(type.getPackageName());
            if (isInternal(origin) && !INTERNAL_LAYERS.containsKey(origin)) {
                violations.add("the layer of package " + origin + " is not defined: add it to INTERNAL_LAYERS");
            } else if (isInternal(origin)) {
                addViolations(type, origin, INTERNAL_LAYERS.getOrDefault(origin, Set.of()), violations);
            }
        }

        assertThat(violations)
                .as("move the class to a lower layer, or change INTERNAL_LAYERS for a good reason")
                .isEmpty();
    }

    @Test
    void publicPackagesDependOnLowerLayersOnly() {
        List<String> violations = new ArrayList<>();
        for (JavaClass type : CORE) {
            String origin = shortName(type.getPackageName());
            if (!isInternal(origin) && !PUBLIC_LAYERS.containsKey(origin)) {
                violations.add("the layer of package " + origin + " is not defined: add it to PUBLIC_LAYERS");
            } else if (!isInternal(origin)) {
                Set<String> allowed = new TreeSet<>(PUBLIC_LAYERS.getOrDefault(origin, Set.of()));
                allowed.addAll(INTERNAL_LAYERS.keySet());
                allowed.addAll(Set.of("linalg", "exception"));
                addViolations(type, origin, allowed, violations);
            }
        }

        assertThat(violations)
                .as("move the class to a lower layer, or change PUBLIC_LAYERS for a good reason")
                .isEmpty();
    }

    private static void addViolations(JavaClass type, String origin, Set<String> allowed, List<String> violations) {
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            JavaClass target = dependency.getTargetClass().getBaseComponentType();
            if (isOfProject(target)) {
                String layer = shortName(target.getPackageName());
                if (!layer.equals(origin) && !allowed.contains(layer)) {
                    violations.add(dependency.getDescription());
                }
            }
        }
    }

    private static boolean isInternal(String layer) {
        return layer.equals("engine") || layer.startsWith("internal.");
    }

    private static boolean isOfProject(JavaClass type) {
        return type.getPackageName().equals(API) || type.getPackageName().startsWith(API + ".");
    }

    private static String shortName(String name) {
        return name.equals(API) ? "" : name.substring(API.length() + 1);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.github.(**)")
                .should()
                .beFreeOfCycles()
                .because("packages are read and understood one at a time, from the lowest layer up")
                .check(CORE);
    }

    @Test
    void filesHaveNoCycles() {
        Map<String, Set<String>> graph = new TreeMap<>();
        for (JavaClass type : CORE) {
            Set<String> targets = graph.computeIfAbsent(file(type), name -> new TreeSet<>());
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                String edge = file(type) + " -> " + (isOfProject(target) ? file(target) : "");
                if (isOfProject(target) && !file(target).equals(file(type)) && !MAY_CLOSE_CIRCLES.contains(edge)) {
                    targets.add(file(target));
                }
            }
        }
        Map<String, Set<String>> reachable = new TreeMap<>();
        graph.keySet().forEach(file -> reachable.put(file, reachable(file, graph)));
        Set<Set<String>> circles = new LinkedHashSet<>();
        reachable.forEach((file, targets) -> {
            if (targets.contains(file)) {
                circles.add(targets.stream()
                        .filter(target ->
                                reachable.getOrDefault(target, Set.of()).contains(file))
                        .collect(Collectors.toCollection(TreeSet::new)));
            }
        });

        assertThat(circles)
                .as("files that depend on each other in a circle: remove a dependency, or merge the files")
                .isEmpty();
    }

    private static Set<String> reachable(String file, Map<String, Set<String>> graph) {
        Set<String> found = new TreeSet<>();
        Deque<String> waiting = new ArrayDeque<>(graph.getOrDefault(file, Set.of()));
        while (!waiting.isEmpty()) {
            String next = waiting.pop();
            if (found.add(next)) {
                waiting.addAll(graph.getOrDefault(next, Set.of()));
            }
        }
        return found;
    }

    private static String file(JavaClass type) {
        String name = shortName(type.getName());
        return name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
    }

    @Test
    void packagesHaveAtMostThirtyFiles() {
        Map<String, Set<String>> files = new TreeMap<>();
        for (JavaClass type : CORE) {
            files.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>())
                    .add(file(type));
        }

        assertThat(files.values())
                .as("a package with more than " + MAX_FILES + " files is hard to survey: split it by subject")
                .allMatch(names -> names.size() <= MAX_FILES);
    }

    @Test
    void otherModulesDoNotUseTheHiddenBridges() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        List<Path> sources;
        try (Stream<Path> modules = Files.list(root)) {
            sources = modules.filter(module -> !module.endsWith("estimator-api"))
                    .map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .toList();
        }
        List<Path> users = new ArrayList<>();
        for (Path source : sources) {
            try (Stream<Path> files = Files.walk(source)) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .filter(ArchitectureTest::usesBridge)
                        .forEach(users::add);
            }
        }

        assertThat(sources).isNotEmpty();
        assertThat(users)
                .as("InternalPanels and InternalEffects connect packages of this module and are not part of the API")
                .isEmpty();
    }

    private static boolean usesBridge(Path file) {
        try {
            String source = Files.readString(file);
            return source.contains("InternalPanels") || source.contains("InternalEffects");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void standardStreamsAreNotUsed() {
        noClasses()
                .should(ACCESS_STANDARD_STREAMS)
                .because("an embedding application owns them")
                .check(CORE);
    }

    @Test
    void nothingDependsOnTheClock() {
        noClasses()
                .should()
                .accessTargetWhere(target(
                        "the clock",
                        access -> (access.getTargetOwner().getPackageName().startsWith("java.time")
                                        // Names of periods are parsed as dates; the clock is not read.
                                        && !(Set.of(API + ".panel", API + ".internal.time")
                                                        .contains(access.getOriginOwner()
                                                                .getPackageName())
                                                && !access.getName().equals("now")))
                                || access.getTargetOwner().isEquivalentTo(java.util.Date.class)
                                || (access.getTargetOwner().isEquivalentTo(System.class)
                                        && Set.of("currentTimeMillis", "nanoTime")
                                                .contains(access.getName()))))
                .because("the same input and seed give the same result")
                .check(CORE);
    }

    @Test
    void randomnessHasASeed() {
        Set<String> unseeded =
                Set.of("java.util.concurrent.ThreadLocalRandom", "java.security.SecureRandom", "java.util.UUID");
        noClasses()
                .should()
                .accessTargetWhere(target(
                        "randomness without a seed",
                        access -> unseeded.contains(access.getTargetOwner().getFullName())
                                || (access.getTargetOwner().isEquivalentTo(Math.class)
                                        && access.getName().equals("random"))
                                || (Set.of("java.util.Random", "java.util.SplittableRandom")
                                                .contains(
                                                        access.getTargetOwner().getFullName())
                                        && access.getTarget().getFullName().endsWith("<init>()"))))
                .because("the same input and seed give the same result")
                .check(CORE);
    }

    @Test
    void onlyWorkerThreadsCreatesThreads() {
        DescribedPredicate<JavaClass> runsTasks = describe(
                "run tasks on threads",
                type -> type.isAssignableTo(Executor.class)
                        || type.isEquivalentTo(java.util.concurrent.Executors.class)
                        || type.isEquivalentTo(java.util.concurrent.CompletableFuture.class));
        noClasses()
                .that()
                .doNotBelongToAnyOf(WorkerThreads.class)
                .should()
                .accessTargetWhere(target(
                        "a thread",
                        access -> runsTasks.test(access.getTargetOwner())
                                || (access.getTargetOwner().isAssignableTo(Thread.class)
                                        && Set.of("<init>", "start", "ofVirtual", "startVirtualThread")
                                                .contains(access.getName()))))
                .orShould()
                .accessTargetWhere(
                        target("a parallel stream", access -> access.getName().startsWith("parallel")))
                .because("it merges results in block order, whichever thread finishes first")
                .check(CORE);
    }

    @Test
    void internalPackagesDoNotUseFiles() {
        noClasses()
                .that()
                .resideInAPackage(INTERNAL)
                .and()
                .resideOutsideOfPackage("io.github.rowwise.internal.io")
                .should()
                .dependOnClassesThat(resideInAPackage("java.io..")
                        // Engines send sums from process to process.
                        .and(not(equivalentTo(Serializable.class)))
                        .or(resideInAPackage("java.nio.file.."))
                        .or(resideInAPackage("java.nio.channels..")))
                .because("file formats belong to the public packages")
                .check(CORE);
    }

    @Test
    void publicTypesAreFinal() {
        classes()
                .that()
                .resideInAnyPackage(PUBLIC)
                .and()
                .arePublic()
                .and()
                .areNotInterfaces()
                .should(beFinal())
                .because("they are immutable, and subclasses could change that")
                .check(CORE);
    }

    @Test
    void packagesAreNullMarked() {
        Set<String> packages = CORE.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());

        assertThat(packages).hasSizeGreaterThan(PUBLIC.length);
        for (String name : packages) {
            assertThat(CORE.getPackage(name).getAnnotations())
                    .as("annotations of package " + name)
                    .anyMatch(annotation -> annotation.getRawType().isEquivalentTo(NullMarked.class));
        }
    }

    @Test
    void internalPackagesAreExportedToSingleModulesOnly() throws IOException {
        Set<String> exported = new TreeSet<>();
        Set<String> qualified = new TreeSet<>();
        try (InputStream in = new URL(LOCATION, "module-info.class").openStream()) {
            for (ModuleDescriptor.Exports export : ModuleDescriptor.read(in).exports()) {
                (export.isQualified() ? qualified : exported).add(export.source());
            }
        }

        Set<String> expected = new TreeSet<>(Set.of(PUBLIC));
        expected.add(API + ".engine");
        assertThat(exported).as("packages exported to all modules").isEqualTo(expected);
        assertThat(qualified)
                .as("packages exported to single modules")
                .isNotEmpty()
                .allMatch(name -> name.startsWith(API + ".internal."));
    }

    private static DescribedPredicate<JavaAccess<?>> target(String what, Predicate<JavaAccess<?>> test) {
        return describe(what, test);
    }

    private static ArchCondition<JavaClass> beFinal() {
        return new ArchCondition<>("be final") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean isFinal = type.getModifiers().contains(JavaModifier.FINAL) || type.isEnum();
                events.add(new SimpleConditionEvent(
                        type, isFinal, type.getFullName() + (isFinal ? " is final" : " is not final")));
            }
        };
    }
}
