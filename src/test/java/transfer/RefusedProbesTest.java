package transfer;

import java.util.List;

import fixtures.Asked;
import fixtures.Image;
import fixtures.Images;
import fixtures.Patience;
import fixtures.PlannedRegistry;
import fixtures.Registered;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.HostRecords;
import oci.model.HostRecords.Trait;
import oci.remote.RemoteRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import replication.execution.copy.Outcome;

import static org.assertj.core.api.Assertions.assertThat;

/** Questions that only save work are refused: the work is done all the same. */
class RefusedProbesTest {

    private static final List<String> TAGS = List.of("v1", "v2", "v3");

    private final PlannedRegistry source = new PlannedRegistry();

    private final PlannedRegistry destination = new PlannedRegistry();

    private final HostRecords records = new HostRecords();

    private final HostLimits limits = new HostLimits(LimitSizes.DEFAULTS, this.records);

    private final RemoteRegistry from = connect(this.source);

    private final RemoteRegistry to = connect(this.destination);

    private final Image image = Images.image(1, 300_000);

    private RemoteRegistry connect(PlannedRegistry registry) {
        return RemoteRegistry.connect(Registered.at(registry.url()).access(), Patience.SHORT, this.limits);
    }

    private Copying copying() {
        return new Copying(this.from, this.to);
    }

    private void seed() {
        TAGS.forEach((tag) -> this.source.seed("app", tag, this.image));
    }

    @AfterEach
    void close() {
        this.from.close();
        this.to.close();
        this.source.close();
        this.destination.close();
    }

    @ParameterizedTest
    @ValueSource(ints = { 400, 401, 403, 405, 406, 410, 412, 500, 501 })
    void where_head_is_not_served_the_first_run_copies_and_the_second_finds_nothing_to_do(int status) {
        seed();
        for (PlannedRegistry registry : List.of(this.source, this.destination)) {
            registry.refusing(Asked.HEAD_MANIFEST, "", status, "UNSUPPORTED")
                .refusing(Asked.HEAD_BLOB, "", status, "UNSUPPORTED");
        }
        assertThat(copying().all("app")).hasSize(3).allMatch((it) -> it.result() == Outcome.Result.COPIED);
        int puts = this.destination.count(Asked.PUT_MANIFEST);
        assertThat(copying().all("app")).isEmpty();
        assertThat(this.destination.count(Asked.PUT_MANIFEST)).isEqualTo(puts);
        copying().all("app");
        // Learned: no HEAD is sent any more.
        int heads = this.source.count(Asked.HEAD_MANIFEST) + this.destination.count(Asked.HEAD_MANIFEST);
        assertThat(copying().all("app")).isEmpty();
        assertThat(this.source.count(Asked.HEAD_MANIFEST) + this.destination.count(Asked.HEAD_MANIFEST))
            .isEqualTo(heads);
    }

    @ParameterizedTest
    @ValueSource(ints = { 400, 403, 405, 501 })
    void where_head_of_blobs_is_not_served_one_that_is_there_is_not_sent_again(int status) {
        this.source.seed("app", "v1", this.image);
        this.destination.seed("app", "v0", this.image).refusing(Asked.HEAD_BLOB, "", status, "UNSUPPORTED");
        assertThat(copying().one("app").result()).isEqualTo(Outcome.Result.COPIED);
        assertThat(this.destination.count(Asked.GET_BLOB)).isEqualTo(1);
        // The config is sent unasked.
        assertThat(this.destination.count(Asked.OPEN_UPLOAD)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = { 401, 403, 404, 405 })
    void a_destination_that_says_nothing_of_its_blobs_is_sent_them(int status) {
        this.source.seed("app", "v1", this.image);
        this.destination.seed("app", "v0", Images.image(2, 10));
        if (status != 404) {
            this.destination.refusing(Asked.HEAD_BLOB, "", status, "DENIED")
                .refusing(Asked.GET_BLOB, "", status, "DENIED");
        }
        assertThat(copying().one("app").result()).isEqualTo(Outcome.Result.COPIED);
        assertThat(this.destination.holds("app", "v1", this.image)).isTrue();
    }

    @Test
    void what_one_tag_is_refused_says_nothing_of_its_host() {
        seed();
        copying().all("app");
        this.destination.refusing(Asked.HEAD_MANIFEST, "manifests/v2", 412, "PRECONDITION");
        copying().all("app");
        String host = HostRecords.host(this.destination.url());
        assertThat(this.records.shown(host, Trait.HEAD_MANIFEST)).contains(true);
        this.destination.refusing(Asked.HEAD_MANIFEST, "", 405, "UNSUPPORTED");
        copying().all("app");
        assertThat(this.records.shown(host, Trait.HEAD_MANIFEST)).contains(false);
        // After a day it is forgotten.
        this.records.forget(host, Trait.HEAD_MANIFEST);
        int heads = this.destination.count(Asked.HEAD_MANIFEST);
        assertThat(copying().all("app")).isEmpty();
        assertThat(this.destination.count(Asked.HEAD_MANIFEST)).isGreaterThan(heads);
    }

    /** Harbor refuses to give an image whose vulnerabilities are too many. */
    @ParameterizedTest
    @ValueSource(strings = { "v1", "v2", "v3" })
    void one_tag_that_the_destination_refuses_fails_alone_in_its_words(String refused) {
        seed();
        Put put = new Put();
        TAGS.forEach((tag) -> put.tags.put(tag, this.image.digest().toString()));
        copying().carryingDeletions(put).all("app");
        for (Asked asked : List.of(Asked.HEAD_MANIFEST, Asked.GET_MANIFEST)) {
            this.destination.refusing(asked, "manifests/" + refused, 412, "PROJECTPOLICYVIOLATION");
        }
        this.source.seed("app", "v4", this.image);
        assertThat(copying().carryingDeletions(put).all("app")).satisfiesExactlyInAnyOrder((outcome) -> {
            assertThat(outcome.reference()).isEqualTo(refused);
            assertThat(outcome.result()).isEqualTo(Outcome.Result.FAILED);
            assertThat(outcome.reason()).endsWith("app:" + refused + ": 412 PROJECTPOLICYVIOLATION \"by plan\"");
        }, (outcome) -> assertThat(outcome.reference() + " " + outcome.result()).isEqualTo("v4 COPIED"));
    }

    @Test
    void a_child_that_the_destination_refuses_to_show_is_put_anew() {
        Image child = Images.image(2, 10);
        this.source.seed("app", "v1", Images.index(child, Images.image(3, 10)));
        this.destination.seed("app", "v0", Images.index(child, Images.image(4, 10)));
        for (Asked asked : List.of(Asked.HEAD_MANIFEST, Asked.GET_MANIFEST)) {
            this.destination.refusing(asked, child.digest().toString(), 412, "PROJECTPOLICYVIOLATION");
        }
        assertThat(copying().one("app").result()).isEqualTo(Outcome.Result.COPIED);
    }

    @ParameterizedTest
    @CsvSource({ "401,UNAUTHORIZED", "403,DENIED", "404,DENIED", "404,UNAUTHORIZED", "405,UNSUPPORTED",
            "400,UNSUPPORTED" })
    void a_destination_that_is_not_listed_is_asked_for_each_tag(int status, String code) {
        seed();
        this.destination.refusing(Asked.TAGS, "", status, code);
        assertThat(copying().all("app")).hasSize(3).allMatch((it) -> it.result() == Outcome.Result.COPIED);
        this.source.seed("app", "v4", this.image);
        Copying second = copying();
        assertThat(second.all("app")).singleElement()
            .satisfies((it) -> assertThat(it.reference() + " " + it.result()).isEqualTo("v4 COPIED"));
        assertThat(this.destination.count(Asked.PUT_MANIFEST)).isEqualTo(4);
        assertThat(second.log.getFirst()).contains("list the tags of", status + " " + code)
            .endsWith("; the destination is asked for each tag instead");
        assertThat(second.log).hasSize(2);
    }

}
