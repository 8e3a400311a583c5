package oci.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

import fixtures.Blobs;
import fixtures.FaultyRegistry;
import fixtures.Patience;
import fixtures.Registered;
import fixtures.Reply;
import fixtures.SettableClock;
import oci.http.Origin;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.RegistryFailure;
import oci.model.Scope;
import oci.model.StopSignal;
import oci.model.WebUrl;
import oci.net.HttpSettings;
import oci.remote.RemoteRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TokenTest {

    static final String TAGS = "/v2/lib/app/tags/list";

    static final Reply GOOD = Reply.json("{\"tags\": [\"1.0\"]}");

    final FaultyRegistry faulty = new FaultyRegistry();

    final Reply challenge = Reply.error(401, "UNAUTHORIZED", "authentication required")
        .header("WWW-Authenticate", "Basic realm=\"x, y\"")
        .header("WWW-Authenticate", "Bearer service=\"the service\",realm=\"" + this.faulty.url() + "/token\"");

    final StopSignal stop = new StopSignal();

    @AfterEach
    void close() {
        this.faulty.close();
    }

    @Test
    void an_anonymous_reader_gets_a_token_after_the_challenge() {
        this.faulty.on("GET", TAGS, GOOD.ifAuthorized("Bearer t1", this.challenge))
            .on("GET", "/token", Reply.json("{\"access_token\": \"t1\"}"));
        try (RemoteRegistry registry = connect(Registered.at(this.faulty.url()))) {
            assertThat(registry.source("lib/app", this.stop).tags()).containsExactly("1.0");
            assertThat(registry.source("lib/app", this.stop).tags()).containsExactly("1.0");
        }
        assertThat(this.faulty.requests("GET", "/token")).singleElement().satisfies((request) -> {
            assertThat(request.authorization()).isEmpty();
            assertThat(request.uri().getQuery()).isEqualTo("service=the+service&scope=repository:lib/app:pull");
        });
        assertThat(this.faulty.requests("GET", TAGS)).hasSize(3);
    }

    @Test
    void a_password_goes_to_the_token_service_only() {
        protectedBy("Bearer t1");
        this.faulty.on("GET", "/token", Reply.json("{\"token\": \"t1\", \"expires_in\": 300}"));
        try (RemoteRegistry registry = connect(Registered.at(this.faulty.url()).basic("joe", "s3cret"))) {
            assertThat(registry.source("lib/app", this.stop).tags()).containsExactly("1.0");
        }
        assertThat(this.faulty.requests("GET", "/token")).extracting(FaultyRegistry.Request::authorization)
            .containsExactly("Basic am9lOnMzY3JldA==");
        assertThat(this.faulty.requests("GET", TAGS)).extracting(FaultyRegistry.Request::authorization)
            .containsExactly("Bearer t1");
    }

    @Test
    void all_who_want_the_same_token_share_one_fetch() throws Exception {
        protectedBy("Bearer t1");
        this.faulty.on("GET", "/token", Reply.json("{\"token\": \"t1\", \"expires_in\": 300}"));
        try (RemoteRegistry registry = connect(Registered.at(this.faulty.url()));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> answers = IntStream.range(0, 50)
                .mapToObj((_) -> threads.submit(() -> registry.source("lib/app", this.stop).tags().toList()))
                .toList();
            for (var answer : answers) {
                assertThat(answer.get()).containsExactly("1.0");
            }
        }
        assertThat(this.faulty.requests("GET", "/token")).hasSize(1);
    }

    @Test
    void of_very_many_tokens_those_used_of_late_are_kept() {
        TokenCache cache = new TokenCache(new SettableClock());
        Token token = new Token("t", Instant.MAX);
        List<Integer> fetched = new ArrayList<>();
        IntConsumer ask = (number) -> cache.get(List.of(Scope.repository("lib/app" + number, "pull")), null, () -> {
            fetched.add(number);
            return token;
        }, this.stop);
        IntStream.range(0, TokenCache.MOST).forEach(ask);
        ask.accept(0);
        assertThat(fetched).hasSize(TokenCache.MOST);
        fetched.clear();
        ask.accept(TokenCache.MOST);
        ask.accept(0);
        ask.accept(1);
        assertThat(fetched).containsExactly(TokenCache.MOST, 1);
    }

    @Test
    void a_refused_token_is_renewed_once() {
        this.faulty.on("GET", "/v2/", this.challenge)
            .on("GET", TAGS,
                    Reply.error(403, "DENIED", "Your authorization token has expired.")
                        .ifAuthorized("Bearer t1", GOOD.ifAuthorized("Bearer t2", this.challenge)))
            .on("GET", "/token", Reply.json("{\"token\": \"t1\"}"), Reply.json("{\"token\": \"t2\"}"));
        try (RemoteRegistry registry = connect(Registered.at(this.faulty.url()).basic("joe", "s3cret"))) {
            assertThat(registry.source("lib/app", this.stop).tags()).containsExactly("1.0");
        }
    }

    @Test
    void a_fresh_token_that_is_of_the_future_by_the_registrys_clock_is_tried_once_more() {
        this.faulty.on("GET", "/v2/", this.challenge)
            .on("GET", TAGS, this.challenge, this.challenge, GOOD.ifAuthorized("Bearer t2", this.challenge))
            .on("GET", "/token", Reply.json("{\"token\": \"t1\"}"), Reply.json("{\"token\": \"t2\"}"),
                    Reply.json("{\"token\": \"t3\"}"));
        try (RemoteRegistry registry = connect(Registered.at(this.faulty.url()).basic("joe", "s3cret"))) {
            assertThat(registry.source("lib/app", this.stop).tags()).containsExactly("1.0");
        }
        assertThat(this.faulty.requests("GET", TAGS)).extracting(FaultyRegistry.Request::authorization)
            .containsExactly("Bearer t1", "Bearer t2", "Bearer t2");
    }

    @Test
    void a_token_without_the_right_is_not_tried_once_more() {
        Reply refusal = Reply.status(401)
            .header("WWW-Authenticate",
                    "Bearer realm=\"%s/token\",error=\"insufficient_scope\"".formatted(this.faulty.url()));
        this.faulty.on("GET", "/v2/", this.challenge)
            .on("GET", TAGS, refusal)
            .on("GET", "/token", Reply.json("{\"token\": \"t1\"}"), Reply.json("{\"token\": \"t2\"}"));
        try (RemoteRegistry registry = connect(Registered.at(this.faulty.url()).basic("joe", "s3cret"))) {
            assertThatExceptionOfType(RegistryFailure.Unauthorized.class)
                .isThrownBy(() -> registry.source("lib/app", this.stop).tags().toList());
        }
        assertThat(this.faulty.requests("GET", TAGS)).hasSize(2);
    }

    @Test
    void the_wait_for_a_token_to_be_good_ends_with_the_task() {
        HttpSettings slow = new HttpSettings(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(20), 4,
                Duration.ofMillis(1), Duration.ofHours(1), Duration.ofSeconds(5));
        protectedBy("Bearer never");
        this.faulty.on("GET", "/token", Reply.json("{\"token\": \"t1\"}"), Reply.json("{\"token\": \"t2\"}"));
        try (RemoteRegistry registry = RemoteRegistry.connect(
                Registered.at(this.faulty.url()).basic("joe", "s3cret").access(), slow,
                new HostLimits(LimitSizes.DEFAULTS))) {
            this.faulty.on("GET", TAGS, this.challenge, (exchange) -> {
                this.stop.stop();
                this.challenge.send(exchange);
            });
            assertThatExceptionOfType(StopSignal.Stopped.class)
                .isThrownBy(() -> registry.source("lib/app", this.stop).tags().toList());
        }
        assertThat(this.faulty.requests("GET", TAGS)).hasSize(2);
    }

    @Test
    void an_empty_token_beside_a_good_one_does_not_matter() {
        protectedBy("Bearer t1");
        this.faulty.on("GET", "/token", Reply.json("{\"token\": \"\", \"access_token\": \"t1\"}"));
        try (RemoteRegistry registry = connect(Registered.at(this.faulty.url()).basic("joe", "s3cret"))) {
            assertThat(registry.source("lib/app", this.stop).tags()).containsExactly("1.0");
        }
    }

    @Test
    void an_anonymous_reader_whom_only_the_front_door_refuses_is_let_in_by_check() {
        protectedBy("Bearer never");
        this.faulty.on("GET", "/token", Reply.json("{\"token\": \"anonymous\"}"));
        try (RemoteRegistry registry = connect(Registered.at(this.faulty.url()))) {
            registry.check();
        }
        assertThat(this.faulty.requests("GET", "/v2/")).hasSize(2);
    }

    @Test
    void a_token_that_grants_too_little_fails_with_a_hint_and_without_the_secret() {
        protectedBy("Bearer never");
        this.faulty.on("GET", "/token", Reply.json("{\"token\": \"t1\"}"));
        try (RemoteRegistry registry = connect(Registered.at(this.faulty.url()).basic("joe", "s3cret"))) {
            assertThatExceptionOfType(RegistryFailure.Unauthorized.class)
                .isThrownBy(() -> registry.source("lib/app", this.stop).tags().toList())
                .withMessageEndingWith("401 UNAUTHORIZED \"authentication required\"")
                .satisfies((failure) -> assertThat(failure.reason().hint())
                    .isEqualTo("the credential may lack pull on lib"));
        }
    }

    @Test
    void a_wrong_password_is_told_by_the_token_service_and_not_repeated() {
        protectedBy("Bearer never");
        this.faulty.on("GET", "/token", Reply.error(401, "UNAUTHORIZED", "incorrect username or password"));
        try (RemoteRegistry registry = connect(Registered.at(this.faulty.url()).basic("joe", "s3cret"))) {
            assertThatExceptionOfType(RegistryFailure.Unauthorized.class).isThrownBy(registry::check)
                .withMessageStartingWith("get a token from " + this.faulty.host() + ": 401 UNAUTHORIZED")
                .satisfies((failure) -> assertThat(failure.getMessage()).doesNotContain("s3cret", "am9l"));
        }
        assertThat(this.faulty.requests("GET", "/token")).hasSize(1);
    }

    @Test
    void an_oauth_token_is_posted_as_refresh_token() {
        protectedBy("Bearer t1");
        this.faulty.on("POST", "/token", Reply.json("{\"access_token\": \"t1\"}"));
        try (RemoteRegistry registry = connect(Registered.at(this.faulty.url()).oauth("r3fresh"))) {
            assertThat(registry.source("lib/app", this.stop).tags()).containsExactly("1.0");
        }
    }

    @Test
    void a_token_service_without_post_is_asked_by_get() {
        protectedBy("Bearer t1");
        this.faulty.on("POST", "/token", Reply.status(405))
            .on("GET", "/token", Reply.json("{\"token\": \"t1\"}").ifAuthorized("Bearer r3fresh", Reply.status(401)));
        try (RemoteRegistry registry = connect(Registered.at(this.faulty.url()).oauth("r3fresh"))) {
            assertThat(registry.source("lib/app", this.stop).tags()).containsExactly("1.0");
        }
    }

    @Test
    void an_oauth_token_is_sent_itself_where_there_is_no_token_service() {
        this.faulty.on("GET", "/v2/", Reply.status(401).header("WWW-Authenticate", "Basic realm=\"x\""))
            .on("GET", TAGS, GOOD.ifAuthorized("Bearer r3fresh", Reply.status(401)));
        try (RemoteRegistry registry = connect(Registered.at(this.faulty.url()).oauth("r3fresh"))) {
            assertThat(registry.source("lib/app", this.stop).tags()).containsExactly("1.0");
        }
    }

    @Test
    void a_mount_asks_for_both_repositories_and_is_an_upload_where_that_is_refused() {
        this.faulty.on("GET", "/v2/", this.challenge)
            .on("GET", "/token", Reply.error(403, "DENIED", "one scope at a time"), Reply.json("{\"token\": \"t1\"}"))
            .on("POST", "/v2/lib/app/blobs/uploads/",
                    Reply.status(202).header("Location", "/v2/lib/app/blobs/uploads/1"));
        try (RemoteRegistry registry = connect(Registered.at(this.faulty.url()).basic("joe", "s3cret"))) {
            assertThat(registry.target("lib/app", this.stop).mount(Blobs.describe(new byte[9]), "lib/from"))
                .isPresent();
        }
        assertThat(this.faulty.requests("GET", "/token")).extracting((request) -> request.uri().getQuery())
            .containsExactly(
                    "service=the+service&scope=repository:lib/app:pull,push&scope=repository:lib/from:pull&account=joe",
                    "service=the+service&scope=repository:lib/app:pull,push&account=joe");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", textBlock = """
            file:///etc/passwd -> is neither http nor https
            https://joe@auth.example/token -> holds a user or password
            https:///token -> names no host
            http://auth.example:99999/ -> has the port 99999
            """)
    void a_realm_leads_nowhere_else(String realm, String why) {
        this.faulty.on("GET", "/v2/",
                Reply.status(401).header("WWW-Authenticate", "Bearer realm=\"%s\"".formatted(realm)));
        try (RemoteRegistry registry = connect(Registered.at(this.faulty.url()).basic("joe", "s3cret"))) {
            assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(registry::check)
                .withMessageContaining("its token service \"" + realm + "\" " + why);
        }
    }

    @Test
    void a_realm_never_leads_from_https_to_http() {
        Origin secure = Origin.of(WebUrl.parse("https://r.example"));
        assertThat(secure.objection(WebUrl.parse("https://auth.example/token"))).isEmpty();
        assertThat(secure.objection(WebUrl.parse("http://auth.example/token"))).contains("leave https");
    }

    private void protectedBy(String authorization) {
        this.faulty.on("GET", "/v2/", this.challenge).on("GET", TAGS, GOOD.ifAuthorized(authorization, this.challenge));
    }

    private static RemoteRegistry connect(Registered registered) {
        return RemoteRegistry.connect(registered.access(), Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS));
    }

}
