package oci.remote;

import fixtures.FaultyRegistry;
import fixtures.Patience;
import fixtures.Registered;
import fixtures.Reply;
import oci.ContentSource;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PagingTest {

    static final String TAGS = "/v2/lib/app/tags/list";

    final FaultyRegistry faulty = new FaultyRegistry();

    final RemoteRegistry registry = RemoteRegistry.connect(Registered.at(this.faulty.url()).access(), Patience.SHORT,
            new HostLimits(LimitSizes.DEFAULTS));

    final ContentSource source = this.registry.source("lib/app", new StopSignal());

    @AfterEach
    void close() {
        this.registry.close();
        this.faulty.close();
    }

    @ParameterizedTest
    @ValueSource(strings = { "</v2/lib/app/tags/list?last=b>; rel=\"next\"", "<?last=b>;rel=next",
            "<http://internal.example:5000/v2/lib/app/tags/list?last=b>; title=\"x\"; rel=\"last next\"" })
    void follows_a_link_on_the_registry_itself(String link) {
        this.faulty.on("GET", TAGS, tags("a", "b").header("Link", link), tags("c"));
        assertThat(this.source.tags()).containsExactly("a", "b", "c");
        assertThat(this.faulty.requests("GET", TAGS)).extracting((request) -> request.uri().getQuery())
            .containsExactly("n=1000", "last=b");
    }

    @Test
    void a_link_that_lacks_the_registrys_path_is_followed_below_it() {
        String tags = "/hub/cache" + TAGS;
        this.faulty.on("GET", tags, tags("a").header("Link", "<" + TAGS + "?last=a>; rel=\"next\""), tags("b"));
        try (RemoteRegistry below = connect("/hub/cache/")) {
            assertThat(below.source("lib/app", new StopSignal()).tags()).containsExactly("a", "b");
        }
        String catalog = "/hub/cache/v2/_catalog";
        this.faulty.on("GET", catalog, repositories("x").header("Link", "</v2/_catalog?last=x&n=1000>; rel=\"next\""),
                repositories("y"));
        try (RemoteRegistry below = connect("/hub/cache")) {
            assertThat(below.repositories()).containsExactly("x", "y");
        }
    }

    @Test
    void a_list_that_breaks_off_is_not_taken_for_whole() {
        this.faulty.on("GET", TAGS, tags("a").header("Link", "</elsewhere?last=a>; rel=\"next\""));
        assertThatExceptionOfType(RegistryFailure.Transient.class).isThrownBy(() -> this.source.tags().toList())
            .withMessageStartingWith("list the tags of %s/lib/app: 404", this.faulty.host())
            .withMessageEndingWith("the list goes on there, at /elsewhere");
        assertThatExceptionOfType(RegistryFailure.Transient.class)
            .isThrownBy(() -> this.registry.target("lib/app", new StopSignal()).tags().toList());
    }

    @Test
    void a_repository_that_is_not_there_has_no_tags() {
        assertThat(this.source.tags()).isEmpty();
    }

    @Test
    void the_next_page_is_read_only_when_it_is_wanted() {
        this.faulty.on("GET", TAGS, tags("a", "b").header("Link", "<?last=b>; rel=\"next\""), Reply.status(500));
        assertThat(this.source.tags().limit(2)).containsExactly("a", "b");
        assertThat(this.faulty.requests("GET", TAGS)).hasSize(1);
    }

    @Test
    void an_empty_page_with_a_link_is_not_the_end() {
        this.faulty.on("GET", TAGS, tags().header("Link", "<?last=a>; rel=\"next\""), tags("b"));
        assertThat(this.source.tags()).containsExactly("b");
    }

    @Test
    void pages_in_a_circle_are_found_out() {
        this.faulty.on("GET", TAGS, tags("a").header("Link", "<?last=a>; rel=\"next\""));
        assertThatExceptionOfType(RegistryFailure.Incomplete.class).isThrownBy(() -> this.source.tags().toList())
            .withMessageEndingWith("its pages lead in a circle");
    }

    @Test
    void no_tags_at_all_may_be_null() {
        this.faulty.on("GET", TAGS, Reply.json("{\"name\": \"lib/app\", \"tags\": null}"));
        assertThat(this.source.tags()).isEmpty();
    }

    @Test
    void a_link_to_another_relation_is_not_followed() {
        this.faulty.on("GET", TAGS, tags("a").header("Link", "</v2/x>; rel=\"prev\", </v2/next>; rel=\"first\""));
        assertThat(this.source.tags()).containsExactly("a");
    }

    @Test
    void an_answer_that_is_no_listing_says_so() {
        this.faulty.on("GET", TAGS, Reply.body(200, "<html>hello</html>"));
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> this.source.tags().toList())
            .withMessageEndingWith("the answer has no tags");
    }

    @ParameterizedTest
    @ValueSource(strings = { "\"v1\"", "{\"v1\": 1}", "7", "true" })
    void what_is_no_list_of_names_is_not_taken_for_an_empty_one(String tags) {
        this.faulty.on("GET", TAGS, Reply.json("{\"tags\": " + tags + "}"));
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> this.source.tags().toList())
            .withMessageContaining("the answer's tags are no list");
    }

    private RemoteRegistry connect(String path) {
        return RemoteRegistry.connect(Registered.at(this.faulty.url().resolve(path)).access(), Patience.SHORT,
                new HostLimits(LimitSizes.DEFAULTS));
    }

    private static Reply repositories(String name) {
        return Reply.json("{\"repositories\": [\"" + name + "\"]}");
    }

    private static Reply tags(String... names) {
        return Reply
            .json("{\"tags\": [" + (names.length == 0 ? "" : "\"" + String.join("\", \"", names) + "\"") + "]}");
    }

}
