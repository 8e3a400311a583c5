package store.registry;

import java.util.List;

import oci.model.HostRecords;
import oci.model.HostRecords.Trait;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import store.Fixture;

import static org.assertj.core.api.Assertions.assertThat;

class HostTraitTableTest {

    private static final String HOST = "https://registry.example:443";

    private static final Fixture FIXTURE = new Fixture();

    private final HostRecords here = new HostRecords();

    private final HostRecords there = new HostRecords();

    private final HostTraitTable one = new HostTraitTable(FIXTURE.database, this.here);

    private final HostTraitTable other = new HostTraitTable(FIXTURE.database, this.there);

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    @BeforeEach
    void nothingIsKnown() {
        FIXTURE.test.jdbc().sql("DELETE FROM host_trait").update();
    }

    @Test
    void what_one_node_has_learned_the_other_knows() {
        this.here.learn(HOST, Trait.MOUNT, true);
        this.here.refused(HOST, 5000);
        this.one.exchange();
        this.other.exchange();
        assertThat(this.there.shown(HOST, Trait.MOUNT)).contains(true);
        assertThat(this.there.smallestRefused(HOST)).hasValue(5000);
        assertThat(this.there.shown(HOST, Trait.CHUNKED)).isEmpty();
        assertThat(this.there.news()).isEmpty();
    }

    @Test
    void the_last_word_counts() {
        this.here.learn(HOST, Trait.RANGES, true);
        this.one.exchange();
        this.other.exchange();
        this.there.learn(HOST, Trait.RANGES, false);
        this.one.exchange();
        this.other.exchange();
        this.one.exchange();
        assertThat(this.here.shown(HOST, Trait.RANGES)).contains(false);
    }

    @Test
    void what_is_news_here_goes_before_what_others_wrote() {
        this.here.learn(HOST, Trait.RESUME, true);
        this.one.exchange();
        this.there.learn(HOST, Trait.RESUME, false);
        this.there.take(List.of(new HostRecords.Fact(HOST, Trait.RESUME, 1)));
        assertThat(this.there.shown(HOST, Trait.RESUME)).contains(false);
    }

    @Test
    void after_a_day_it_is_to_be_shown_anew_and_is_then_kept_again() {
        this.here.learn(HOST, Trait.RESUME, false);
        this.one.exchange();
        this.other.exchange();
        FIXTURE.test.jdbc().sql("UPDATE host_trait SET time = now() - interval '25 hours'").update();
        this.one.exchange();
        this.other.exchange();
        assertThat(this.here.shown(HOST, Trait.RESUME)).isEmpty();
        assertThat(this.there.shown(HOST, Trait.RESUME)).isEmpty();
        this.there.learn(HOST, Trait.RESUME, false);
        this.other.exchange();
        this.one.exchange();
        assertThat(this.here.shown(HOST, Trait.RESUME)).contains(false);
    }

    @Test
    void what_one_node_doubts_no_node_believes() {
        this.here.learn(HOST, Trait.CHUNKED, false);
        this.one.exchange();
        this.other.exchange();
        this.there.forget(HOST, Trait.CHUNKED);
        this.other.exchange();
        this.one.exchange();
        assertThat(this.here.shown(HOST, Trait.CHUNKED)).isEmpty();
        assertThat(this.there.shown(HOST, Trait.CHUNKED)).isEmpty();
    }

    @Test
    void what_a_later_version_has_written_is_passed_over() {
        FIXTURE.test.jdbc()
            .sql("INSERT INTO host_trait (host, trait, value) VALUES (:host, 'telepathy', 1)")
            .param("host", HOST)
            .update();
        this.one.exchange();
        assertThat(this.here.news()).isEmpty();
    }

}
