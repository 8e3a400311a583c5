package oci.remote;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

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
    void uploads_that_found_it_missing_before_it_was_created_do_not_create_it_again() {
        assertThat(pushWhile(() -> pushWhile(this::push))).isEqualTo("pushed");
        assertThat(this.creations).hasValue(1);
    }

    /** An upload whose refusal comes late: others have ended meanwhile. */
    private String pushWhile(Supplier<String> others) {
        AtomicBoolean late = new AtomicBoolean(true);
        return this.missing.createdFor(() -> {
            boolean found = this.there.get();
            if (late.getAndSet(false)) {
                assertThat(others.get()).isEqualTo("pushed");
            }
            if (!found) {
                throw new RegistryFailure.NotFound("push lib/app: 404", Subject.REPOSITORY);
            }
            return step();
        }, "lib/app", Optional::empty, new StopSignal());
    }

    @Test
    void a_creation_that_changes_nothing_is_not_repeated() {
        MissingRepository useless = new MissingRepository((_, _) -> this.creations.incrementAndGet());
        assertThatExceptionOfType(RegistryFailure.NotFound.class)
            .isThrownBy(() -> useless.createdFor(this::step, "lib/app", Optional::empty, new StopSignal()));
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
        assertThatIllegalStateException()
            .isThrownBy(() -> moody.createdFor(this::step, "lib/app", Optional::empty, new StopSignal()));
        refuses.set(false);
        assertThat(moody.createdFor(this::step, "lib/app", Optional::empty, new StopSignal())).isEqualTo("pushed");
    }

    @Test
    void is_created_before_its_first_upload_where_a_push_would_make_it_otherwise() {
        this.there.set(true);
        MissingRepository first = new MissingRepository(
                Differences.Creation.early((_, _) -> this.creations.incrementAndGet()));
        for (String repository : List.of("lib/app", "lib/app", "lib/web")) {
            assertThat(first.createdFor(this::step, repository, Optional::empty, new StopSignal())).isEqualTo("pushed");
        }
        assertThat(this.creations).hasValue(2);
    }

    @Test
    void nothing_is_uploaded_before_a_creation_that_goes_first_has_succeeded() {
        AtomicInteger steps = new AtomicInteger();
        MissingRepository moody = new MissingRepository(Differences.Creation.early((_, _) -> {
            if (this.creations.incrementAndGet() == 1) {
                throw new IllegalStateException("refused");
            }
        }));
        assertThatIllegalStateException()
            .isThrownBy(() -> moody.createdFor(steps::incrementAndGet, "lib/app", Optional::empty, new StopSignal()));
        assertThat(steps).hasValue(0);
        assertThat(moody.createdFor(steps::incrementAndGet, "lib/app", Optional::empty, new StopSignal())).isEqualTo(1);
        assertThat(this.creations).hasValue(2);
    }

    @Test
    void a_kind_of_registry_may_say_otherwise_that_it_is_missing() {
        Differences.Creation telling = new Differences.Creation() {

            @Override
            public void create(String repository, StopSignal stop) {
                CreatedRepositoryTest.this.there.set(true);
            }

            @Override
            public boolean answers(RegistryFailure refusal) {
                return refusal instanceof RegistryFailure.Unauthorized;
            }

        };
        String pushed = new MissingRepository(telling).createdFor(() -> {
            if (!this.there.get()) {
                throw new RegistryFailure.Unauthorized("push lib/app: 403 no such project");
            }
            return "pushed";
        }, "lib/app", Optional::empty, new StopSignal());
        assertThat(pushed).isEqualTo("pushed");
    }

    private String push() {
        return this.missing.createdFor(this::step, "lib/app", Optional::empty, new StopSignal());
    }

    private String step() {
        if (!this.there.get()) {
            throw new RegistryFailure.NotFound("push lib/app: 404 NAME_UNKNOWN", Subject.REPOSITORY);
        }
        return "pushed";
    }

}
