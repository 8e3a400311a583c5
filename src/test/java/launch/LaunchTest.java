package launch;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LaunchTest {

    @Test
    void an_older_java_is_told_in_one_line_what_is_needed() {
        assertThat(Launch.refusal("1.8", "/jdk8"))
            .isEqualTo("Drayage needs Java 25 or newer, but this is Java 8 (/jdk8)");
        assertThat(Launch.refusal("24", "/jdk24")).contains("this is Java 24");
    }

    @Test
    void java_25_and_newer_will_do() {
        assertThat(Launch.refusal("25", "/jdk25")).isEmpty();
        assertThat(Launch.refusal("27", "/jdk27")).isEmpty();
    }

    @Test
    void what_is_no_option_is_a_command_but_server() {
        assertThat(Launch.isCommand("copy", "a", "b")).isTrue();
        assertThat(Launch.isCommand("--help")).isTrue();
        assertThat(Launch.isCommand()).isFalse();
        assertThat(Launch.isCommand("server")).isFalse();
        assertThat(Launch.isCommand("--server.port=0")).isFalse();
    }

    @Test
    void the_launcher_is_compiled_for_java_8() throws IOException {
        try (InputStream launcher = LaunchTest.class.getResourceAsStream("/launch/Launch.class")) {
            assertThat(Objects.requireNonNull(launcher).readNBytes(8)[7]).as("major version of the class file")
                .isEqualTo((byte) 52);
        }
    }

}
