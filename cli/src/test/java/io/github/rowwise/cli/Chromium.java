package io.github.rowwise.cli;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A browser without a window, driven by the DevTools protocol. It is not part of the build: there may be none. */
final class Chromium {

    private static final long SECONDS = 60;

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger sent = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonText>> replies = new ConcurrentHashMap<>();

    /** What the page wrote to the console, threw, or was told by the browser. */
    final List<String> messages = new CopyOnWriteArrayList<>();

    /** The addresses that the page asked for. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    private Chromium(Process process, URI page) {
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page, new Listener())
                .join();
    }

    /** The browser named by ROWWISE_CHROMIUM, else the first one on the path. */
    static Optional<Path> find() {
        String named = System.getenv("ROWWISE_CHROMIUM");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        return Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Chromium start(Path executable, Path profile) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        executable.toString(),
                        "--headless=new",
                        // The page is our own, and a build may run as root, where the sandbox does not start.
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolveSibling("browser.log").toFile())
                .start();
        Path port = profile.resolve("DevToolsActivePort");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!Files.exists(port) || Files.readAllLines(port).isEmpty()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IOException(
                        "the browser did not start: " + Files.readString(profile.resolveSibling("browser.log")));
            }
            Thread.sleep(50);
        }
        HttpRequest targets = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + Files.readAllLines(port).get(0) + "/json"))
                .build();
        String found = HttpClient.newHttpClient()
                .send(targets, HttpResponse.BodyHandlers.ofString())
                .body();
        String page = JsonText.parse(found).elements().stream()
                .filter(target -> target.at("type").text().equals("page"))
                .findFirst()
                .orElseThrow()
                .at("webSocketDebuggerUrl")
                .text();
        Chromium browser = new Chromium(process, URI.create(page));
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            browser.send(domain + ".enable", "{}");
        }
        return browser;
    }

    /** Opens a report in a window of this size and waits until all of it is drawn. */
    void open(Path file, int width, int height) throws InterruptedException {
        messages.clear();
        requests.clear();
        send(
                "Emulation.setDeviceMetricsOverride",
                "{\"width\":" + width + ",\"height\":" + height + ",\"deviceScaleFactor\":1,\"mobile\":" + (width < 600)
                        + "}");
        send("Page.navigate", "{\"url\":" + quoted(file.toUri().toString()) + "}");
        waitFor("document.documentElement && document.documentElement.dataset.drawn === 'all'");
    }

    void downloadTo(Path folder) {
        send(
                "Browser.setDownloadBehavior",
                "{\"behavior\":\"allow\",\"downloadPath\":" + quoted(folder.toString()) + "}");
    }

    /** The value of an expression in the page. */
    JsonText evaluate(String expression) {
        JsonText reply = send(
                "Runtime.evaluate",
                "{\"awaitPromise\":true,\"returnByValue\":true,\"expression\":" + quoted(expression) + "}");
        if (reply.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + reply.at("exceptionDetails"));
        }
        return reply.at("result");
    }

    String text(String expression) {
        return evaluate(expression).at("value").text();
    }

    double number(String expression) {
        return evaluate(expression).at("value").number();
    }

    void waitFor(String condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (number("Number(Boolean(" + condition + "))") == 0) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never true: " + condition + "; messages " + messages);
            }
            Thread.sleep(20);
        }
    }

    /** Clicks the middle of an element with the mouse. */
    void click(String selector) {
        clickAt(selector, 0.5, 0.5);
    }

    /** Clicks an element at these shares of its width and height. */
    void clickAt(String selector, double x, double y) {
        List<String> point = point(selector, x, y);
        for (String type : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
            mouse(type, point, "left");
        }
    }

    /** Moves the mouse over an element to these shares of its width and height. */
    void pointAt(String selector, double x, double y) {
        mouse("mouseMoved", point(selector, x - 0.01, y), "none");
        mouse("mouseMoved", point(selector, x, y), "none");
    }

    private List<String> point(String selector, double x, double y) {
        String at = "(() => { const node = document.querySelector(" + quoted(selector)
                + "); node.scrollIntoView({block: 'center'}); const box = node.getBoundingClientRect(); return (box.left + "
                + x + " * box.width) + ' ' + (box.top + " + y + " * box.height); })()";
        return List.of(text(at).split(" ", 2));
    }

    private void mouse(String type, List<String> point, String button) {
        send(
                "Input.dispatchMouseEvent",
                "{\"type\":\"" + type + "\",\"x\":" + point.get(0) + ",\"y\":" + point.get(1) + ",\"button\":\""
                        + button + "\",\"clickCount\":1}");
    }

    void type(String text) {
        send("Input.insertText", "{\"text\":" + quoted(text) + "}");
    }

    void press(String key) {
        for (String type : List.of("keyDown", "keyUp")) {
            send("Input.dispatchKeyEvent", "{\"type\":\"" + type + "\",\"key\":" + quoted(key) + "}");
        }
    }

    /** Prints the page; the text in base 64 is a PDF. */
    String print() {
        return send("Page.printToPDF", "{\"printBackground\":true}").at("data").text();
    }

    private JsonText send(String method, String parameters) {
        int id = sent.incrementAndGet();
        CompletableFuture<JsonText> reply = new CompletableFuture<>();
        replies.put(id, reply);
        socket.sendText("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}", true)
                .join();
        JsonText answer = reply.orTimeout(SECONDS, TimeUnit.SECONDS).join();
        if (answer.has("error")) {
            throw new AssertionError(method + ": " + answer.at("error"));
        }
        return answer.at("result");
    }

    private static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + '"';
    }

    void stop() throws InterruptedException {
        socket.abort();
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
            text.append(part);
            if (isLast) {
                receive(JsonText.parse(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        private void receive(JsonText message) {
            if (message.has("id")) {
                Objects.requireNonNull(replies.remove((int) message.at("id").number()))
                        .complete(message);
                return;
            }
            JsonText parameters = message.at("params");
            switch (message.at("method").text()) {
                case "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded" ->
                    messages.add(String.valueOf(parameters.value()));
                case "Network.requestWillBeSent" ->
                    requests.add(parameters.at("request").at("url").text());
                default -> {
                    // Of no interest here.
                }
            }
        }
    }

    /** Names of the files in a folder. */
    static List<String> names(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        return names;
    }
}
