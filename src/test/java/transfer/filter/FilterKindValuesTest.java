package transfer.filter;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

import oci.Artifact;
import oci.model.Digest;
import oci.model.RawManifest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import replication.policy.FilterKind;
import replication.policy.FilterKind.ContentMatch;
import replication.policy.FilterKind.ListingMatch;
import replication.policy.FilterKind.NameMatch;
import replication.policy.FilterKind.RankMatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What the values of each kind of filter mean. */
class FilterKindValuesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    /**
     * The first ones are the examples of npm's manual ("Ranges", "Advanced Range
     * Syntax").
     */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            >=1.2.7           ; 1.2.7 1.2.8 2.5.3 1.3.9          ; 1.2.6 1.1.0
            >=1.2.7 <1.3.0    ; 1.2.7 1.2.8 1.2.99               ; 1.2.6 1.3.0 1.1.0
            1.2.7 || >=1.2.9 <2.0.0 ; 1.2.7 1.2.9 1.4.6          ; 1.2.8 2.0.0
            1.2.3 - 2.3.4     ; 1.2.3 2.0.0 2.3.4                ; 1.2.2 2.3.5
            1.2 - 2.3.4       ; 1.2.0 2.3.4                      ; 1.1.9 2.3.5
            1.2.3 - 2.3       ; 1.2.3 2.3.9                      ; 2.4.0
            1.2.3 - 2         ; 2.9.9                            ; 3.0.0
            *                 ; 0.0.1 1.0.0                      ; latest 1.2 1
            1.x               ; 1.0.0 1.9.9                      ; 2.0.0 0.9.9
            1.2.x             ; 1.2.0 1.2.9                      ; 1.3.0
            ~1.2.3            ; 1.2.3 1.2.9                      ; 1.3.0 1.2.2
            ~1.2              ; 1.2.0 1.2.9                      ; 1.3.0
            ~1                ; 1.0.0 1.9.0                      ; 2.0.0
            ^1.2.3            ; 1.2.3 1.9.9                      ; 2.0.0 1.2.2
            ^0.2.3            ; 0.2.3 0.2.9                      ; 0.3.0
            ^0.0.3            ; 0.0.3                            ; 0.0.4
            ^1.2.x            ; 1.2.0 1.9.0                      ; 2.0.0
            ^0.0              ; 0.0.0 0.0.9                      ; 0.1.0
            >=1.0.0, <2.0.0   ; 1.0.0 v1.9.9 1.4.0_build.7       ; 2.0.0 v2.1.0
            ^0.x ;  0.0.1 0.9.9 ; 1.0.0
            ^0 || 3 ;  0.0.1 0.9.9 3.1.0 ; 1.0.0
            ^0.0.0 ; 0.0.0 ; 0.0.1
            ^0.0.x ; 0.0.7 ; 0.1.0
            ^1.2.0            ; v1.3.0                           ; 1.3.0-rc.1 1.3.0-alpine
            ^1.2.0-0          ; 1.3.0 1.3.0-rc.1 1.3.0-alpine    ; 2.0.0 1.1.9
            v1.2.3            ; 1.2.3 v1.2.3                     ; 1.2.4
            >=1.2.3           ; 1.2.3                            ; 01.2.3 1.2.3.4 V1.2.4 release-1.2.4
            """)
    void a_range_selects_versions(String range, String within, String outside) {
        assertThat(Stream.of(within.split(" ", -1))).allMatch(((NameMatch) new VersionFilter().read(range)).tag());
        assertThat(Stream.of(outside.split(" ", -1))).noneMatch(((NameMatch) new VersionFilter().read(range)).tag());
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "foo", "=>1", "<<1", ">=1.2.3 <foo", "1.2.3 -", "1 ||", "!=1.0.0", "1.2.3.4",
            ">=99999999999.0.0", "latest", "1.2.3 || || 2" })
    void what_is_no_range_is_refused(String range) {
        assertThatIllegalArgumentException().isThrownBy(() -> new VersionFilter().read(range))
            .withMessageStartingWith("a range is written like");
    }

    @Test
    void a_range_is_bounded() {
        assertThatIllegalArgumentException().isThrownBy(() -> new VersionFilter().read("1 ||".repeat(100) + "1"))
            .withMessage("the range has more than 256 characters");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2            | v1.10.0 1.9.0
            2 by semver  | v1.10.0 1.9.0
            1 by name    | zeta
            3 by name    | zeta v1.10.0 latest
            10000        | v1.10.0 1.9.0 1.9.0-rc.1 1.2.0
            """)
    void the_latest_are_the_first_of_an_order(String value, String kept) {
        assertThat(first((RankMatch) LatestFilter.byTags().read(value), "latest", "1.2.0", "v1.10.0", "1.9.0",
                "1.9.0-rc.1", "zeta", "1.9"))
            .isEqualTo(kept);
    }

    @Test
    void the_latest_by_time_are_those_that_were_pushed_last() {
        List<Artifact> artifacts = List.of(pushed("a", "2026-01-01T00:00:00Z"), pushed("b", "2026-02-01T00:00:00Z"),
                pushed("c", null), pushed("d", "2025-02-01T00:00:00Z"));
        assertThat(first((RankMatch) LatestFilter.byTime().read("2"), artifacts)).isEqualTo("b a");
        assertThat(first((RankMatch) LatestFilter.byTime().read("9"), artifacts)).isEqualTo("b a d");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 | latest
            -1 | latest
            10001 | latest
            5 by pushed | latest
            five | latest
            5 by semver | latest_pushed
            """)
    void what_is_no_number_of_latest_is_refused(String value, String id) {
        FilterKind kind = id.equals("latest") ? LatestFilter.byTags() : LatestFilter.byTime();
        assertThat(kind.id()).isEqualTo(id);
        assertThatIllegalArgumentException().isThrownBy(() -> kind.read(value))
            .withMessageStartingWith("it is a number from 1 to 10000");
    }

    @ParameterizedTest
    @CsvSource({ "30d, 2026-01-30T00:00:00Z, true", "30d, 2026-01-29T23:59:59Z, false",
            "12h, 2026-02-28T12:00:00Z, true", "12h, 2026-02-28T11:59:59Z, false", "2w, 2026-02-15T00:00:00Z, true",
            "2w, 2026-02-14T23:00:00Z, false", "99999w, , false", "1h, 2026-03-01T09:00:00Z, true" })
    void what_was_pushed_within_a_time_is_selected(String value, @Nullable String time, boolean within) {
        PushedFilter kind = new PushedFilter(Clock.fixed(NOW, ZoneOffset.UTC));
        assertThat(((ListingMatch) kind.read(value)).listed().test(pushed("a", time))).isEqualTo(within);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "30", "d", "0d", "-1d", "1y", "30 d", "P30D", "100000d" })
    void what_is_no_time_is_refused(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new PushedFilter(Clock.systemUTC()).read(value))
            .withMessage("a time is written like 12h, 30d or 2w");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    application/vnd.cncf.helm.* | {"config": {"mediaType": "application/vnd.cncf.helm.config.v1+json", "digest": "D", "size": 2}} | true
                    application/vnd.cncf.helm.* | {"config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": "D", "size": 2}} | false
                    text/chart | {"artifactType": "text/chart", "config": {"mediaType": "application/vnd.oci.empty.v1+json", "digest": "D", "size": 2}} | true
                    application/** | {"artifactType": "text/chart", "config": {"mediaType": "application/vnd.oci.empty.v1+json", "digest": "D", "size": 2}} | false
                    text/chart | {"manifests": [], "artifactType": "text/chart"} | true
                    text/chart | {"artifactType": 7} | false
                    text/chart | ["text/chart"] | false
                    """)
    void an_artifact_has_the_type_that_it_states_or_that_of_its_config(String glob, String manifest, boolean found) {
        assertThat(content(TypeFilter.ofArtifacts(), glob, manifest, "application/vnd.oci.image.manifest.v1+json"))
            .isEqualTo(found);
    }

    @Test
    void a_manifest_has_the_media_type_that_it_came_with() {
        assertThat(content(TypeFilter.ofMedia(), "**/*index*", "{}", "application/vnd.oci.image.index.v1+json"))
            .isTrue();
        assertThat(content(TypeFilter.ofMedia(), "**/*index*", "{}", "application/vnd.oci.image.manifest.v1+json"))
            .isFalse();
    }

    private static boolean content(FilterKind kind, String value, String manifest, String mediaType) {
        byte[] bytes = manifest.replace("\"D\"", "\"sha256:" + "0".repeat(64) + "\"").getBytes(StandardCharsets.UTF_8);
        return ((ContentMatch) kind.read(value)).content()
            .test(new RawManifest(mediaType, Digest.sha256(bytes), bytes));
    }

    private static Artifact pushed(String tag, @Nullable String time) {
        return new Artifact(tag, "", "", null, (time != null) ? Instant.parse(time) : null, false);
    }

    private static String first(RankMatch rank, String... tags) {
        return first(rank, Stream.of(tags).map(Artifact::tagged).toList());
    }

    private static String first(RankMatch rank, List<Artifact> artifacts) {
        return String.join(" ",
                artifacts.stream()
                    .filter(rank.ranked())
                    .sorted(rank.order())
                    .limit(rank.most())
                    .map(Artifact::tag)
                    .toList());
    }

}
