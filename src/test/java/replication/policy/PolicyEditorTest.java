package replication.policy;

import java.net.URI;
import java.util.List;

import fixtures.ListedRegistry;
import fixtures.MemoryRegistries;
import fixtures.NoPolicies;
import fixtures.PolicyBuilder;
import fixtures.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replication.Refusal;
import replication.registry.AdapterInfo;
import replication.registry.Adapters;
import replication.registry.NameRules;
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
        Policy known = PolicyBuilder.between(1, 2).filters(List.of(Filter.matching(Filter.NAME, "lib/app"))).build();
        Policy event = PolicyBuilder.of(known).triggers(List.of(new Trigger.Manual(), new Trigger.Event())).build();
        Policy tag = PolicyBuilder.of(known)
            .filters(List.of(Filter.matching(Filter.NAME, "lib/app"), Filter.matching(Filter.TAG, "v*")))
            .build();
        PolicyEditor editor = editor(URI.create("https://a"), URI.create("https://b"), new NamesOnly());

        assertThatCode(() -> editor.check(known)).doesNotThrowAnyException();
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> editor.check(event))
            .withMessage("a source of type \"oci\" has no trigger \"event\"; it has manual")
            .satisfies((refused) -> assertThat(refused.field()).isEqualTo("triggers[1].type"));
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> editor.check(tag))
            .withMessage("a source of type \"oci\" has no filter \"tag\"; it has name")
            .satisfies((refused) -> assertThat(refused.field()).isEqualTo("filters[1].type"));
    }

    @Test
    void what_a_registry_cannot_do_is_refused_by_name() {
        Policy all = PolicyBuilder.between(1, 2).build();
        Policy named = PolicyBuilder.between(1, 2).filters(List.of(Filter.matching(Filter.NAME, "lib/app"))).build();
        Policy deleting = PolicyBuilder.of(named).deletion(true).build();
        PolicyEditor editor = editor(URI.create("https://a"), URI.create("https://b"), new NamesOnly());

        assertThatCode(() -> editor.check(named)).doesNotThrowAnyException();
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> editor.check(all))
            .withMessage("registries of type \"oci\" list no repositories: "
                    + "name the repositories in a filter of type \"name\", without wildcards")
            .satisfies((refused) -> assertThat(refused.field()).isEqualTo("filters"));
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> editor.check(deleting))
            .withMessage("registries of type \"oci\" delete no tag without other tags")
            .satisfies((refused) -> assertThat(refused.field()).isEqualTo("deletion"));
    }

    @Test
    void a_name_that_the_destination_cannot_take_is_refused_with_one_that_it_can() {
        ListedRegistry registry = new ListedRegistry();
        registry.names = new NameRules(2, 2, 255);
        PolicyEditor editor = editor(URI.create("https://a"), URI.create("https://b"), registry);
        Policy kept = Samples.policy(Filter.matching(Filter.NAME, "team/tools/lint"));
        Policy moved = PolicyBuilder.of(kept).destination(2, "tools").build();

        assertThatCode(() -> editor.check(moved)).doesNotThrowAnyException();
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> editor.check(kept))
            .withMessage("Listed takes two levels; \"team/tools/lint\" would become \"team/tools-lint\"")
            .satisfies((refused) -> assertThat(refused.field()).isEqualTo("filters"));
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
            return AdapterInfo.ofImages("oci", "", "").withTriggers("manual").withFilters("name").withAbilities();
        }

        @Override
        public RegistryConnection connect(Registry registry) {
            throw new IllegalStateException("a check of a policy connects to nothing");
        }

    }

}
