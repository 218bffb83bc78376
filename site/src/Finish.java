import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives headings the same anchors as on GitHub, so that links work in both places, and checks all links of the site. */
final class Finish {

    private static final Pattern HEADING = Pattern.compile("<a id=\"[^\"]*\"></a>\\s*<h([1-6])>(.*?)</h\\1>", Pattern.DOTALL);
    private static final Pattern ID = Pattern.compile(" id=\"([^\"]+)\"");
    private static final Pattern LINK = Pattern.compile(" (?:href|src)=\"([^\"]+)\"");

    private Finish() {}

    public static void main(String[] arguments) throws IOException {
        Path site = Path.of(arguments[0]);
        Map<Path, String> pages = new TreeMap<>();
        try (var files = Files.walk(site)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".html")).toList()) {
                boolean isPage = !file.startsWith(site.resolve("apidocs"));
                String page = isPage ? withAnchors(Files.readString(file)) : Files.readString(file);
                if (isPage) {
                    Files.writeString(file, page);
                    pages.put(file, page);
                }
            }
        }
        Files.writeString(
                site.resolve("index.html"),
                "<!DOCTYPE html><meta charset=\"utf-8\"><title>Rowwise</title><meta http-equiv=\"refresh\" content=\"0; url=README.html\">"
                        + "<a href=\"README.html\">Rowwise</a>\n");
        List<String> broken = new ArrayList<>();
        Map<Path, Set<String>> anchors = new HashMap<>();
        int links = 0;
        for (var page : pages.entrySet()) {
            Matcher matcher = LINK.matcher(page.getValue());
            while (matcher.find()) {
                String link = matcher.group(1).replace("&amp;", "&");
                if (link.matches("[a-z]+:.*")) {
                    continue;
                }
                links++;
                String[] parts = link.split("#", 2);
                Path target = parts[0].isEmpty()
                        ? page.getKey()
                        : page.getKey().resolveSibling(parts[0]).normalize();
                boolean exists = Files.isRegularFile(target);
                if (exists && parts.length == 2) {
                    if (!anchors.containsKey(target)) {
                        anchors.put(target, anchors(Files.readString(target)));
                    }
                    exists = anchors.get(target).contains(parts[1]);
                }
                if (!exists) {
                    broken.add(site.relativize(page.getKey()) + ": " + link);
                }
            }
        }
        System.out.println(pages.size() + " pages, " + links + " links, " + broken.size() + " broken");
        broken.forEach(System.out::println);
        System.exit(broken.isEmpty() ? 0 : 1);
    }

    private static String withAnchors(String page) {
        Set<String> taken = new HashSet<>();
        return HEADING.matcher(page).replaceAll(heading -> {
            String name = heading.group(2)
                    .replaceAll("<[^>]*>", "")
                    .replaceAll("&[^;]*;", "")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                    .replace(' ', '-');
            String unique = name;
            for (int k = 1; !taken.add(unique); k++) {
                unique = name + "-" + k;
            }
            String rank = heading.group(1);
            return Matcher.quoteReplacement(
                    "<h" + rank + " id=\"" + unique + "\">" + heading.group(2) + "</h" + rank + ">");
        });
    }

    private static Set<String> anchors(String page) {
        Set<String> anchors = new HashSet<>();
        Matcher matcher = ID.matcher(page);
        while (matcher.find()) {
            anchors.add(matcher.group(1));
        }
        return anchors;
    }
}
