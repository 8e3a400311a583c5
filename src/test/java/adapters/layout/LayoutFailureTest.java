package adapters.layout;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

import oci.model.RegistryFailure;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LayoutFailureTest {

    @Test
    void a_full_disk_is_final_and_said_so() {
        assertThat(LayoutFailure.of("push blob", new IOException("No space left on device")))
            .isInstanceOf(RegistryFailure.Permanent.class)
            .hasMessageContaining("push blob")
            .extracting((failure) -> failure.reason().hint())
            .asString()
            .contains("the disk is full");
    }

    @Test
    void a_disk_that_cannot_be_written_is_final_and_said_so() {
        assertThat(LayoutFailure.of("push blob", new FileSystemException("f", null, "Read-only file system")))
            .isInstanceOf(RegistryFailure.Permanent.class)
            .extracting((failure) -> failure.reason().hint())
            .asString()
            .contains("read-only");
        assertThat(LayoutFailure.of("push blob", new AccessDeniedException("f")))
            .isInstanceOf(RegistryFailure.Permanent.class)
            .extracting((failure) -> failure.reason().hint())
            .asString()
            .contains("may not");
    }

    @Test
    void what_is_not_there_is_not_found_and_all_else_may_pass() {
        assertThat(LayoutFailure.of("read blob", new NoSuchFileException("f")))
            .isInstanceOf(RegistryFailure.NotFound.class);
        assertThat(LayoutFailure.of("read blob", new IOException("Input/output error")))
            .isInstanceOf(RegistryFailure.Transient.class);
    }

}
