package store.cluster;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import replication.cluster.UploadSessions;
import store.Fixture;
import store.Race;
import store.secret.SecretBox;

import static org.assertj.core.api.Assertions.assertThat;

/** Uploads that somebody may go on with after a crash. */
class UploadSessionTableTest {

    private static final Fixture FIXTURE = new Fixture();

    private static final String URL = "https://b.example/v2/lib/app/blobs/uploads/1?_state=whoever-knows-it-may-write";

    private static final String DIGEST = "sha256:" + "a".repeat(64);

    private final UploadSessionTable sessions = new UploadSessionTable(FIXTURE.database, new SecretBox(Fixture.key()));

    @BeforeEach
    void clear() {
        FIXTURE.test.jdbc().sql("DELETE FROM upload_session").update();
    }

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private static List<String> columns() {
        return FIXTURE.test.jdbc()
            .sql("SELECT to_jsonb(upload_session)::text FROM upload_session")
            .query(String.class)
            .list();
    }

    @Test
    void a_session_is_found_for_its_blob_alone_until_it_has_ended() {
        this.sessions.opened("b.example joe", "lib/app", DIGEST, URL);
        assertThat(this.sessions.find("b.example joe", "lib/app", DIGEST)).contains(URL);
        assertThat(this.sessions.find("b.example ann", "lib/app", DIGEST)).isEmpty();
        assertThat(this.sessions.find("b.example joe", "lib/other", DIGEST)).isEmpty();
        assertThat(this.sessions.find("b.example joe", "lib/app", "sha256:" + "b".repeat(64))).isEmpty();

        this.sessions.ended("b.example joe", "lib/other", DIGEST);
        assertThat(this.sessions.find("b.example joe", "lib/app", DIGEST)).contains(URL);
        this.sessions.ended("b.example joe", "lib/app", DIGEST);
        this.sessions.ended("b.example joe", "lib/app", DIGEST);
        assertThat(this.sessions.find("b.example joe", "lib/app", DIGEST)).isEmpty();
    }

    @Test
    void the_last_one_that_was_opened_counts() {
        this.sessions.opened("b.example", "lib/app", DIGEST, URL);
        this.sessions.opened("b.example", "lib/app", DIGEST, URL + "&again");
        assertThat(this.sessions.find("b.example", "lib/app", DIGEST)).contains(URL + "&again");
        assertThat(columns()).hasSize(1);
    }

    @Test
    void of_many_that_open_one_at_the_same_time_one_is_found() {
        Race.of(8, () -> this.sessions.opened("b.example", "lib/app", DIGEST, URL));
        assertThat(this.sessions.find("b.example", "lib/app", DIGEST)).contains(URL);
        assertThat(columns()).hasSize(1);
    }

    @Test
    void the_database_does_not_show_where_to_write() {
        this.sessions.opened("b.example", "lib/app", DIGEST, URL);
        assertThat(columns()).singleElement()
            .asString()
            .contains("lib/app")
            .doesNotContain("whoever-knows-it")
            .doesNotContain("blobs/uploads");
    }

    @Test
    void what_another_key_has_sealed_is_begun_anew_and_then_found() {
        byte[] key = new byte[32];
        key[0] = 1;
        UploadSessionTable elsewhere = new UploadSessionTable(FIXTURE.database, new SecretBox(key));
        this.sessions.opened("b.example", "lib/app", DIGEST, URL);
        assertThat(elsewhere.find("b.example", "lib/app", DIGEST)).isEmpty();
        elsewhere.opened("b.example", "lib/app", DIGEST, URL + "&again");
        assertThat(elsewhere.find("b.example", "lib/app", DIGEST)).contains(URL + "&again");
    }

    @Test
    void a_session_that_is_moved_to_another_blob_is_not_gone_on_with() {
        this.sessions.opened("b.example", "lib/app", DIGEST, URL);
        FIXTURE.test.jdbc().sql("UPDATE upload_session SET repository = 'lib/other'").update();
        assertThat(this.sessions.find("b.example", "lib/other", DIGEST)).isEmpty();
    }

    @Test
    void what_no_version_has_written_is_begun_anew() {
        this.sessions.opened("b.example", "lib/app", DIGEST, URL);
        for (String sealed : List.of("v2:later", "v1:", "v1:%%%", "v1:AAAA", "")) {
            FIXTURE.test.jdbc().sql("UPDATE upload_session SET sealed_session = ?").param(sealed).update();
            assertThat(this.sessions.find("b.example", "lib/app", DIGEST)).as(sealed).isEmpty();
        }
    }

    @Test
    void what_nobody_went_on_with_for_a_week_is_given_up_once_and_the_rest_is_not() {
        for (String repository : List.of("old", "young", "renewed")) {
            this.sessions.opened("b.example", repository, DIGEST, URL);
        }
        FIXTURE.test.jdbc()
            .sql("UPDATE upload_session SET time = now() - interval '169 hours' WHERE repository <> 'young'")
            .update();
        this.sessions.opened("b.example", "renewed", DIGEST, URL);
        assertThat(this.sessions.abandoned()).containsExactly(new UploadSessions.Left("b.example", "old", DIGEST, URL));
        assertThat(this.sessions.abandoned()).isEmpty();
        assertThat(this.sessions.find("b.example", "old", DIGEST)).isEmpty();
        assertThat(this.sessions.find("b.example", "young", DIGEST)).isPresent();
        assertThat(this.sessions.find("b.example", "renewed", DIGEST)).isPresent();
        assertThat(columns()).hasSize(2);
    }

}
