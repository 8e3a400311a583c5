package oci.remote;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import oci.model.RegistryFailure;
import oci.model.RegistryFailure.NotFound.Subject;
import oci.model.StopSignal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** A repository that is created when an upload says that it is missing. */
class CreatedRepositoryTest {

    private final AtomicBoolean there = new AtomicBoolean();

    private final AtomicInteger creations = new AtomicInteger();

    private final MissingRepository missing = new MissingRepository((_, _) -> {
        this.creations.incrementAndGet();
        this.there.set(true);
    });

    @Test
    void is_created_once_and_again_where_it_was_deleted_since() {
        assertThat(push()).isEqualTo("pushed");
        assertThat(push()).isEqualTo("pushed");
        assertThat(this.creations).hasValue(1);

        this.there.set(false);
        assertThat(push()).isEqualTo("pushed");
        assertThat(this.creations).hasValue(2);
    }

    @Test
    void a_creation_that_changes_nothing_is_not_repeated() {
        MissingRepository useless = new MissingRepository((_, _) -> this.creations.incrementAndGet());
        assertThatExceptionOfType(RegistryFailure.NotFound.class)
            .isThrownBy(() -> useless.createdFor(this::step, "lib/app", new StopSignal()));
        assertThat(this.creations).hasValue(1);
    }

    @Test
    void a_creation_that_fails_is_tried_by_the_next_upload() {
        AtomicBoolean refuses = new AtomicBoolean(true);
        MissingRepository moody = new MissingRepository((_, _) -> {
            if (refuses.get()) {
                throw new IllegalStateException("refused");
            }
            this.there.set(true);
        });
        assertThatIllegalStateException().isThrownBy(() -> moody.createdFor(this::step, "lib/app", new StopSignal()));
        refuses.set(false);
        assertThat(moody.createdFor(this::step, "lib/app", new StopSignal())).isEqualTo("pushed");
    }

    private String push() {
        return this.missing.createdFor(this::step, "lib/app", new StopSignal());
    }

    private String step() {
        if (!this.there.get()) {
            throw new RegistryFailure.NotFound("push lib/app: 404 NAME_UNKNOWN", Subject.REPOSITORY);
        }
        return "pushed";
    }

}
