package k8s;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

import static org.assertj.core.api.Assertions.assertThat;

/** Both ways to build the image make the same, and the one that is deployed. */
class ImageTest {

    private final Manifests manifests = Manifests.of(Manifests.BASE);

    private final Document pom = pom();

    private final String dockerfile = dockerfile();

    @Test
    void both_stand_on_the_same_java() {
        String base = xpath("/project/properties/base.image");
        assertThat(jib("from/image")).isEqualTo("${base.image}");
        assertThat(this.dockerfile.lines()).contains("ARG BASE_IMAGE=" + base);
        assertThat(this.dockerfile.lines().filter((line) -> line.startsWith("FROM ")))
            .allSatisfy((line) -> assertThat(line + " ").startsWith("FROM ${BASE_IMAGE} "))
            .isNotEmpty();
        assertThat(base).endsWith(":" + xpath("/project/properties/java.version") + "-jre");
    }

    @Test
    void both_start_the_service_as_the_user_that_the_pod_has() {
        assertThat(jib("container/mainClass")).isEqualTo("app.Drayage");
        assertThat(this.dockerfile).contains("ENTRYPOINT [\"java\", \"-cp\", \"drayage.jar:%s\", \"%s\"]"
            .formatted(jib("container/extraClasspath"), jib("container/mainClass")));
        assertThat(this.dockerfile).contains("USER " + jib("container/user") + "\n");
        assertThat(jib("container/user")).isEqualTo(this.manifests.pod().getSecurityContext().getRunAsUser() + ":"
                + this.manifests.pod().getSecurityContext().getRunAsGroup());
    }

    @Test
    void both_have_the_port_the_home_and_the_java_options_of_the_pod() {
        Map<String, String> environment = this.manifests.environment();
        String port = this.manifests.container().getPorts().getFirst().getContainerPort().toString();

        assertThat(this.dockerfile).contains("EXPOSE " + port + "\n");
        assertThat(jib("container/ports/port")).isEqualTo(port);
        assertThat(this.dockerfile).contains("DRAYAGE_HOME=" + environment.get("DRAYAGE_HOME") + " ");
        assertThat(jib("container/environment/DRAYAGE_HOME")).isEqualTo(environment.get("DRAYAGE_HOME"));
        assertThat(this.dockerfile).contains("JDK_JAVA_OPTIONS=\"" + environment.get("JDK_JAVA_OPTIONS") + "\"");
        assertThat(jib("container/environment/JDK_JAVA_OPTIONS")).isEqualTo(environment.get("JDK_JAVA_OPTIONS"));
    }

    @Test
    void the_pod_has_the_image_of_this_version() {
        String version = xpath("/project/version");

        assertThat(this.manifests.container().getImage()).isEqualTo("drayage:" + version)
            .isEqualTo(jib("to/image").replace("${project.version}", version));
    }

    private String jib(String path) {
        return xpath("//plugin[artifactId='jib-maven-plugin']/configuration/" + path);
    }

    private String xpath(String path) {
        try {
            String found = XPathFactory.newInstance().newXPath().evaluate(path, this.pom);
            assertThat(found).as(path).isNotEmpty();
            return found;
        }
        catch (XPathExpressionException ex) {
            throw new AssertionError(path, ex);
        }
    }

    private static Document pom() {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Path.of("pom.xml").toFile());
        }
        catch (Exception ex) {
            throw new AssertionError("read pom.xml", ex);
        }
    }

    private static String dockerfile() {
        try {
            return Files.readString(Path.of("Dockerfile"));
        }
        catch (IOException ex) {
            throw new AssertionError("read the Dockerfile", ex);
        }
    }

}
