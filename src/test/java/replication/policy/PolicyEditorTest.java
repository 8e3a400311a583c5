package replication.policy;

import java.net.URI;
import java.util.List;
import java.util.Optional;

import fixtures.ListedRegistry;
import fixtures.MemoryRegistries;
import fixtures.PolicyBuilder;
import fixtures.Samples;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replication.Page;
import replication.PageRequest;
import replication.Refusal;
import replication.registry.AdapterInfo;
import replication.registry.Adapters;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PolicyEditorTest {

    @ParameterizedTest
    @CsvSource({ "https://h, https://h/", "https://h, https://H:443", "https://h/a, https://h.//a/",
            "layout:images, layout:images/" })
    void two_registries_at_one_place_need_a_namespace_to_tell_them_apart(URI source, URI destination) {
        PolicyEditor editor = editor(source, destination);

        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> editor.check(Samples.policy()))
            .withMessage("source and destination are the same registry: a dest_namespace must tell them apart")
            .satisfies((refused) -> assertThat(refused.field()).isEqualTo("dest_namespace"));
        assertThatCode(() -> editor.check(Samples.policy(List.of(), "mirror"))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({ "https://h, https://h:8443", "https://h, http://h", "https://h, https://h/mirror",
            "layout:images, layout:copies" })
    void other_places_keep_their_names(URI source, URI destination) {
        assertThatCode(() -> editor(source, destination).check(Samples.policy())).doesNotThrowAnyException();
    }

    @Test
    void a_trigger_or_filter_that_the_source_does_not_declare_is_refused_by_name() {
        Policy known = Samples.policy();
        Policy event = PolicyBuilder.between(1, 2).triggers(List.of(new Trigger.Manual(), new Trigger.Event())).build();
        Policy tag = Samples.policy(Filter.matching(Filter.TAG, "v*"));
        PolicyEditor editor = editor(URI.create("https://a"), URI.create("https://b"), new NamesOnly());

        assertThatCode(() -> editor.check(known)).doesNotThrowAnyException();
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> editor.check(event))
            .withMessage("a source of type \"oci\" has no trigger \"event\"; it has manual")
            .satisfies((refused) -> assertThat(refused.field()).isEqualTo("triggers[1].type"));
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> editor.check(tag))
            .withMessage("a source of type \"oci\" has no filter \"tag\"; it has name")
            .satisfies((refused) -> assertThat(refused.field()).isEqualTo("filters[0].type"));
    }

    private static PolicyEditor editor(URI source, URI destination) {
        return editor(source, destination, new ListedRegistry());
    }

    private static PolicyEditor editor(URI source, URI destination, RegistryAdapter adapter) {
        return new PolicyEditor(new NoPolicies(), new MemoryRegistries(registry(1, source), registry(2, destination)),
                new Adapters(List.of(adapter)), FilterKinds.BUILT_IN);
    }

    private static Registry registry(long id, URI url) {
        return new Registry(id, "r" + id, "", "oci", url, false, RegistryCredential.NONE, null, null, 0);
    }

    private static final class NamesOnly implements RegistryAdapter {

        @Override
        public AdapterInfo info() {
            return AdapterInfo.ofImages("oci", "", "").withTriggers("manual").withFilters("name");
        }

        @Override
        public RegistryConnection connect(Registry registry) {
            throw new IllegalStateException("a check of a policy connects to nothing");
        }

    }

    /** A check asks for none. */
    private static final class NoPolicies implements Policies {

        @Override
        public Policy insert(Policy policy) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Policy update(Policy policy) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(long id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Policy> find(long id) {
            return Optional.empty();
        }

        @Override
        public Page<Policy> list(@Nullable String nameContains, PageRequest page) {
            return new Page<>(List.of(), false);
        }

    }

}
