package oci.model;

import java.net.URI;
import java.util.List;

import oci.model.HostRecords.Fact;
import oci.model.HostRecords.Trait;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HostRecordsTest {

    private static final String HOST = "https://registry.example:443";

    private final HostRecords records = new HostRecords();

    @ParameterizedTest
    @CsvSource({ "https://Registry.example/v/, https://registry.example:443",
            "http://registry.example, http://registry.example:80", "https://r:5000, https://r:5000",
            "https://R.:443//v, https://r:443", "http://under_score:5000/, http://under_score:5000",
            "layout:exports/, layout:exports", "file:///srv/images, file:///srv/images" })
    void a_host_is_named_by_scheme_name_and_port(URI url, String host) {
        assertThat(HostRecords.host(url)).isEqualTo(host);
    }

    @Test
    void what_is_not_shown_is_not_known() {
        this.records.learn(HOST, Trait.RANGES, true);
        assertThat(this.records.shown(HOST, Trait.RANGES)).contains(true);
        assertThat(this.records.shown(HOST, Trait.MOUNT)).isEmpty();
        assertThat(this.records.shown("https://other:443", Trait.RANGES)).isEmpty();
    }

    @Test
    void what_is_missed_twice_in_a_row_it_cannot_and_once_says_nothing() {
        this.records.missed(HOST, Trait.HEAD_BLOB);
        assertThat(this.records.shown(HOST, Trait.HEAD_BLOB)).isEmpty();
        this.records.missed(HOST, Trait.HEAD_BLOB);
        assertThat(this.records.shown(HOST, Trait.HEAD_BLOB)).contains(false);
        this.records.learn(HOST, Trait.HEAD_BLOB, true);
        this.records.missed(HOST, Trait.HEAD_BLOB);
        this.records.missed(HOST, Trait.HEAD_BLOB);
        assertThat(this.records.shown(HOST, Trait.HEAD_BLOB)).contains(true);
    }

    @Test
    void only_a_change_is_news_and_only_once() {
        this.records.learn(HOST, Trait.RANGES, true);
        assertThat(this.records.news()).containsExactly(new Fact(HOST, Trait.RANGES, 1));
        this.records.learn(HOST, Trait.RANGES, true);
        assertThat(this.records.news()).isEmpty();
        this.records.learn(HOST, Trait.RANGES, false);
        List<Fact> news = this.records.news();
        assertThat(news).containsExactly(new Fact(HOST, Trait.RANGES, 0));
        this.records.notKept(news);
        assertThat(this.records.news()).isEqualTo(news);
    }

    @Test
    void the_smallest_body_that_was_refused_counts_until_a_larger_one_is_taken() {
        this.records.refused(HOST, 1000);
        this.records.refused(HOST, 5000);
        assertThat(this.records.smallestRefused(HOST)).hasValue(1000);
        this.records.took(HOST, 999);
        assertThat(this.records.smallestRefused(HOST)).hasValue(1000);
        this.records.took(HOST, 1000);
        assertThat(this.records.smallestRefused(HOST)).isEmpty();
    }

    @Test
    void what_is_forgotten_is_to_be_shown_anew() {
        this.records.learn(HOST, Trait.CHUNKED, false);
        this.records.forget(HOST, Trait.CHUNKED);
        assertThat(this.records.shown(HOST, Trait.CHUNKED)).isEmpty();
        assertThat(this.records.news()).as("others are to forget it too")
            .containsExactly(new Fact(HOST, Trait.CHUNKED, -1));
        this.records.learn(HOST, Trait.CHUNKED, true);
        assertThat(this.records.shown(HOST, Trait.CHUNKED)).contains(true);
    }

    @Test
    void what_is_neither_kept_nor_news_is_known_no_more() {
        this.records.learn(HOST, Trait.CHUNKED, false);
        this.records.learn(HOST, Trait.RANGES, true);
        this.records.news();
        this.records.learn(HOST, Trait.MOUNT, false);
        this.records.take(List.of(new Fact(HOST, Trait.CHUNKED, 0), new Fact(HOST, Trait.MOUNT, 1)));
        assertThat(this.records.shown(HOST, Trait.CHUNKED)).contains(false);
        assertThat(this.records.shown(HOST, Trait.MOUNT)).contains(false);
        assertThat(this.records.shown(HOST, Trait.RANGES)).isEmpty();
    }

}
