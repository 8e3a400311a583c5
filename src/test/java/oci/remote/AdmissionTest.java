package oci.remote;

import java.net.URI;

import fixtures.BareServer;
import fixtures.FaultyRegistry;
import fixtures.Patience;
import fixtures.Registered;
import fixtures.Reply;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What is a registry, and as whom it lets us in. */
class AdmissionTest {

    static final String TAGS = "/v2/lib/app/tags/list";

    static final String BASIC = "Basic am9lOnMzY3JldA==";

    static final Reply PUBLIC = Reply.json("{\"tags\": [\"public\"]}");

    static final Reply ALL = Reply.json("{\"tags\": [\"public\", \"private\"]}");

    final FaultyRegistry faulty = new FaultyRegistry();

    final StopSignal stop = new StopSignal();

    @AfterEach
    void close() {
        this.faulty.close();
    }

    @Test
    void a_registry_that_is_open_to_strangers_gets_the_password_from_the_first_request() {
        this.faulty.on("GET", "/v2/", Reply.json("{}")).on("GET", TAGS, ALL.ifAuthorized(BASIC, PUBLIC));
        try (RemoteRegistry registry = connect(Registered.at(this.faulty.url()).basic("joe", "s3cret"))) {
            assertThat(registry.source("lib/app", this.stop).tags()).containsExactly("public", "private");
            assertThat(registry.admission())
                .isEqualTo("let in without a login: the registry asked for none; joe goes along with each request");
        }
        assertThat(this.faulty.requests("GET", TAGS)).hasSize(1);
    }

    @Test
    void a_token_of_ones_own_goes_along_too() {
        this.faulty.on("GET", "/v2/", Reply.json("{}")).on("GET", TAGS, ALL.ifAuthorized("Bearer t0ken", PUBLIC));
        try (RemoteRegistry registry = connect(Registered.at(this.faulty.url()).oauth("t0ken"))) {
            assertThat(registry.source("lib/app", this.stop).tags()).containsExactly("public", "private");
        }
    }

    @Test
    void an_open_door_with_a_token_service_behind_it_gets_a_token_for_the_account() {
        Reply challenge = Reply.status(401)
            .header("WWW-Authenticate", "Bearer realm=\"%s/token\",service=\"s\"".formatted(this.faulty.url()));
        this.faulty.on("GET", "/v2/", Reply.json("{}"))
            .on("GET", TAGS, ALL.ifAuthorized("Bearer t1", challenge))
            .on("GET", "/token", Reply.json("{\"token\": \"t1\"}").ifAuthorized(BASIC, Reply.status(401)));
        try (RemoteRegistry registry = connect(Registered.at(this.faulty.url()).basic("joe", "s3cret"))) {
            assertThat(registry.source("lib/app", this.stop).tags()).containsExactly("public", "private");
            assertThat(registry.source("lib/app", this.stop).tags()).hasSize(2);
        }
        assertThat(this.faulty.requests("GET", TAGS)).extracting(FaultyRegistry.Request::authorization)
            .containsExactly(BASIC, "Bearer t1", "Bearer t1");
        assertThat(this.faulty.requests("GET", "/token")).extracting((request) -> request.uri().getQuery())
            .containsExactly("service=s&scope=repository:lib/app:pull&account=joe");
    }

    @Test
    void a_wrong_password_is_told_also_where_strangers_would_be_let_in() {
        this.faulty.on("GET", "/v2/", Reply.json("{}"))
            .on("GET", TAGS, Reply.error(401, "UNAUTHORIZED", "wrong password").ifAuthorized(BASIC, PUBLIC));
        try (RemoteRegistry registry = connect(Registered.at(this.faulty.url()).basic("joe", "s3cret"))) {
            assertThatExceptionOfType(RegistryFailure.Unauthorized.class)
                .isThrownBy(() -> registry.source("lib/app", this.stop).tags().toList())
                .withMessageContaining("401 UNAUTHORIZED \"wrong password\"");
        }
        assertThat(this.faulty.requests("GET", TAGS)).hasSize(1);
    }

    @Test
    void the_password_goes_to_no_other_host() {
        this.faulty.on("GET", "/v2/", Reply.json("{}"))
            .on("GET", TAGS, Reply.status(307).header("Location", this.faulty.otherUrl() + "/tags"))
            .on("GET", "/tags", PUBLIC);
        try (RemoteRegistry registry = connect(Registered.at(this.faulty.url()).basic("joe", "s3cret"))) {
            assertThat(registry.source("lib/app", this.stop).tags()).containsExactly("public");
        }
        assertThat(this.faulty.requests("GET", "/tags").getFirst().authorization()).isEmpty();
    }

    @Test
    void who_is_let_in_is_said() {
        this.faulty.on("GET", "/v2/", Reply.json("{}"));
        assertThat(check(Registered.at(this.faulty.url()))).isEqualTo("let in without a login");
        Reply asking = Reply.status(401).header("WWW-Authenticate", "Basic realm=x");
        this.faulty.on("GET", "/v2/", Reply.json("{}").ifAuthorized(BASIC, asking));
        assertThat(check(Registered.at(this.faulty.url()).basic("joe", "s3cret"))).isEqualTo("let in as joe");
        this.faulty.on("GET", "/v2/", Reply.json("{}").ifAuthorized("Bearer t0ken", asking));
        assertThat(check(Registered.at(this.faulty.url()).oauth("t0ken"))).isEqualTo("let in as the token");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '\'', textBlock = """
            200 -> ''
            200 -> true
            200 -> {}
            200 -> []
            200 -> null
            200 -> ok
            204 -> ''
            202 -> {}
            """)
    void the_status_alone_makes_a_registry(int status, String body) {
        this.faulty.on("GET", "/v2/", Reply.body(status, body));
        assertThat(check(Registered.at(this.faulty.url()))).isEqualTo("let in without a login");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '\'', textBlock = """
            text/html -> <!DOCTYPE html><title>Sign in</title>
            text/plain -> <html><body>Welcome</body></html>
            '' -> '  <h1>Welcome</h1>'
            application/xml -> <?xml version="1.0"?><ListBucketResult/>
            """)
    void a_page_makes_none(String type, String body) {
        Reply page = Reply.body(200, body);
        this.faulty.on("GET", "/v2/", type.isEmpty() ? page : page.header("Content-Type", type));
        assertThatExceptionOfType(RegistryFailure.Permanent.class)
            .isThrownBy(() -> check(Registered.at(this.faulty.url())))
            .withMessageStartingWith("check " + this.faulty.host() + ": this is no registry, it answered 200");
    }

    @Test
    void a_front_door_that_is_not_there_does_not_matter_where_the_catalog_is() {
        this.faulty.on("GET", "/v2/_catalog", Reply.json("{\"repositories\": []}"));
        assertThat(check(Registered.at(this.faulty.url()))).isEqualTo("let in without a login");
    }

    @Test
    void nor_where_an_unknown_name_is_told_as_registries_do() {
        this.faulty.on("GET", "/v2/drayage/check/tags/list", Reply.error(404, "NAME_UNKNOWN", "repository not known"));
        assertThat(check(Registered.at(this.faulty.url()))).isEqualTo("let in without a login");
        this.faulty.on("GET", "/v2/drayage/check/tags/list", Reply.json("{\"name\": \"x\", \"tags\": null}"));
        assertThat(check(Registered.at(this.faulty.url()))).isEqualTo("let in without a login");
    }

    @Test
    void nor_where_a_password_is_asked_for_behind_it() {
        Reply asking = Reply.error(401, "UNAUTHORIZED", "who are you").header("WWW-Authenticate", "Basic realm=x");
        this.faulty.on("GET", "/v2/_catalog", Reply.json("{\"repositories\": []}").ifAuthorized(BASIC, asking))
            .on("GET", "/v2/drayage/check/tags/list", Reply.error(404, "NAME_UNKNOWN", "").ifAuthorized(BASIC, asking));
        assertThat(check(Registered.at(this.faulty.url()).basic("joe", "s3cret"))).contains("joe");
        assertThatExceptionOfType(RegistryFailure.Unauthorized.class)
            .isThrownBy(() -> check(Registered.at(this.faulty.url()).basic("joe", "wr0ng")));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '\'', textBlock = """
            404 -> '' -> 404
            404 -> {"message": "no Route matched"} -> 404 "{"message": "no Route matched"}"
            404 -> <h1>Not Found</h1> -> 404 "Not Found"
            """)
    void a_server_that_knows_nothing_at_all_is_none(int status, String body, String words) {
        try (BareServer server = BareServer.plain((_) -> BareServer.answer(status, body))) {
            assertThatExceptionOfType(RegistryFailure.Permanent.class)
                .isThrownBy(() -> check(Registered.at(server.url())))
                .withMessage("check %s: this is no registry, it answered %s", server.host(), words);
        }
    }

    @Test
    void a_registry_that_is_away_for_the_second_look_is_away() {
        this.faulty.on("GET", "/v2/_catalog", Reply.status(503))
            .on("GET", "/v2/drayage/check/tags/list", Reply.status(503));
        assertThatExceptionOfType(RegistryFailure.Transient.class)
            .isThrownBy(() -> check(Registered.at(this.faulty.url())))
            .withMessageContaining("503");
    }

    @Test
    void a_prefix_goes_before_every_look() {
        this.faulty.on("GET", "/artifactory/v2/_catalog", Reply.json("{\"repositories\": []}"));
        assertThat(check(Registered.at(URI.create(this.faulty.url() + "/artifactory/")))).isNotEmpty();
    }

    private static String check(Registered registered) {
        try (RemoteRegistry registry = connect(registered)) {
            registry.check();
            return registry.admission();
        }
    }

    private static RemoteRegistry connect(Registered registered) {
        return RemoteRegistry.connect(registered.access(), Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS));
    }

}
