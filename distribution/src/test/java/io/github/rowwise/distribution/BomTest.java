package io.github.rowwise.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The BOM has no parent, so it repeats what the parent says. Checks that the copies agree. */
class BomTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().resolve("..").normalize();

    private final Element parent = pom(ROOT);
    private final Element bom = pom(ROOT.resolve("bom"));

    @Test
    void hasNoParent() {
        assertThat(children(bom, "parent")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "groupId",
                "version",
                "url",
                "inceptionYear",
                "organization",
                "licenses",
                "developers",
                "scm",
                "issueManagement"
            })
    void saysWhatTheParentSays(String element) {
        assertThat(text(bom, element)).isNotBlank().isEqualTo(text(parent, element));
    }

    /** Every jar that is deployed, in the order of the build. */
    @Test
    void listsWhatIsPublished() {
        List<String> published = modules().stream()
                .map(module -> pom(ROOT.resolve(module)))
                .filter(module -> !"pom".equals(text(module, "packaging")))
                .filter(module -> children(module, "properties").stream()
                        .noneMatch(properties -> "true".equals(text(properties, "maven.deploy.skip"))))
                .map(module -> text(module, "artifactId"))
                .toList();

        assertThat(managed(bom, "artifactId")).isEqualTo(published);
        assertThat(managed(bom, "version")).containsOnly("${project.version}");
        assertThat(managed(parent, "artifactId")).containsAll(published);
    }

    /** Versions are in the parent's dependencyManagement. */
    @ParameterizedTest
    @MethodSource("modules")
    void moduleNamesNoVersion(String module) {
        if (module.equals("bom")) {
            return;
        }
        for (Element dependencies : children(pom(ROOT.resolve(module)), "dependencies")) {
            for (Element dependency : children(dependencies, "dependency")) {
                assertThat(text(dependency, "version"))
                        .as("version of %s in %s/pom.xml", text(dependency, "artifactId"), module)
                        .isEmpty();
            }
        }
    }

    static List<String> modules() {
        return children(children(pom(ROOT), "modules").get(0), "module").stream()
                .map(Element::getTextContent)
                .toList();
    }

    private static List<String> managed(Element pom, String element) {
        Element management = children(pom, "dependencyManagement").get(0);
        return children(children(management, "dependencies").get(0), "dependency").stream()
                .map(dependency -> text(dependency, element))
                .toList();
    }

    private static Element pom(Path module) {
        Path file = module.resolve("pom.xml");
        try (var in = Files.newInputStream(file)) {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(in)
                    .getDocumentElement();
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    /** The text of a child element without its spaces; empty if there is none. */
    private static String text(Element parent, String name) {
        List<Element> found = children(parent, name);
        return found.isEmpty()
                ? ""
                : found.get(0).getTextContent().replaceAll("\\s+", " ").strip();
    }
}
