package app.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import app.start.StartRefused;
import fixtures.LogLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.unit.DataSize;
import replication.registry.UrlForm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SettingsTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withInitializer(new ConfigDataApplicationContextInitializer())
        .withUserConfiguration(Bound.class);

    @Test
    void defaults() {
        this.runner.run((context) -> {
            Settings settings = context.getBean(Settings.class);
            assertThat(settings.home()).isEqualTo(Path.of(".drayage").toAbsolutePath());
            assertThat(settings.layoutRoot()).isEqualTo(settings.home().resolve("layouts"));
            assertThat(settings.key()).isEmpty();
            assertThat(settings.quickstart()).isTrue();
            assertThat(settings.admin()).isEqualTo(new Settings.Admin("admin", ""));
            assertThat(settings.db()).isEqualTo(new Settings.Database("", "", "", 24));
            assertThat(settings.db().embedded()).isTrue();
            assertThat(settings.transfer())
                .isEqualTo(new Settings.Transfer(32, 32, 32, 16, 16, Duration.ofSeconds(60), 5));
            assertThat(settings.metrics().open()).isFalse();
            assertThat(settings.history()).isEqualTo(new Settings.History(Duration.ofDays(90), 10));
            assertThat(settings.notices()).isEqualTo(new NoticeSettings(Duration.ofSeconds(1), Duration.ofMinutes(10),
                    Duration.ofHours(24), Duration.ofDays(7), Duration.ofSeconds(10), 16));
            assertThat(settings.mail())
                .isEqualTo(new MailSettings("", 587, "", "", "drayage@localhost", MailSettings.Tls.STARTTLS));
            assertThat(settings.mail().configured()).isFalse();
            assertThat(settings.http()).isEqualTo(new Settings.Http(Duration.ofSeconds(20), DataSize.ofMegabytes(64)));
            assertThat(settings.registries().checkInterval()).isEqualTo(Duration.ofSeconds(60));
            assertThat(settings.adapters().forms()).isEmpty();
        });
    }

    @Test
    void every_setting_is_read_from_its_environment_variable() {
        Map<String, Object> environment = Map.ofEntries(Map.entry("DRAYAGE_HOME", "/var/lib/drayage"),
                Map.entry("DRAYAGE_KEY", "a"), Map.entry("DRAYAGE_ROUTES", "/etc/routes"),
                Map.entry("DRAYAGE_LIB", "/opt/jars"), Map.entry("DRAYAGE_NODE", "n1"),
                Map.entry("DRAYAGE_ROLES", "work"), Map.entry("DRAYAGE_SHUTDOWN_GRACE", "3s"),
                Map.entry("DRAYAGE_RETRY_TIMES", "9"), Map.entry("DRAYAGE_RETRY_PAUSE", "1s"),
                Map.entry("DRAYAGE_RETRY_MOST", "2m"), Map.entry("DRAYAGE_RETRY_LISTING", "3m"),
                Map.entry("DRAYAGE_QUICKSTART", "false"), Map.entry("DRAYAGE_ADMIN_NAME", "root"),
                Map.entry("DRAYAGE_ADMIN_PASSWORD", "p"), Map.entry("DRAYAGE_DB_URL", "jdbc:postgresql://db/d"),
                Map.entry("DRAYAGE_DB_USER", "u"), Map.entry("DRAYAGE_DB_PASSWORD", "q"),
                Map.entry("DRAYAGE_DB_POOL", "7"), Map.entry("DRAYAGE_TRANSFER_TASKS", "1"),
                Map.entry("DRAYAGE_TRANSFER_WINDOW", "2"), Map.entry("DRAYAGE_TRANSFER_REQUESTS", "3"),
                Map.entry("DRAYAGE_TRANSFER_READS", "4"), Map.entry("DRAYAGE_TRANSFER_WRITES", "5"),
                Map.entry("DRAYAGE_TRANSFER_STALL", "90s"), Map.entry("DRAYAGE_TRANSFER_ATTEMPTS", "6"),
                Map.entry("DRAYAGE_REGISTRIES_CHECK_INTERVAL", "5m"), Map.entry("DRAYAGE_LAYOUT_ROOT", "/srv/layouts"),
                Map.entry("DRAYAGE_AWS_PROFILES", "ci,prod"), Map.entry("DRAYAGE_DOCKER_CONFIG", "pom.xml"),
                Map.entry("DRAYAGE_CREDENTIAL_HELPERS", "ecr-login,pass"),
                Map.entry("DRAYAGE_ADAPTER_HOSTS", "aws-ecr=http://127.0.0.1:{port}, harbor=https://hub.example"),
                Map.entry("DRAYAGE_METRICS_OPEN", "true"), Map.entry("DRAYAGE_HISTORY_RETENTION", "8d"),
                Map.entry("DRAYAGE_HISTORY_KEEP", "9"), Map.entry("DRAYAGE_EVENTS_WINDOW", "1s"),
                Map.entry("DRAYAGE_EVENTS_RATE", "8"), Map.entry("DRAYAGE_NOTIFY_PAUSE", "2s"),
                Map.entry("DRAYAGE_NOTIFY_MOST", "3m"), Map.entry("DRAYAGE_NOTIFY_GIVE_UP", "4h"),
                Map.entry("DRAYAGE_NOTIFY_KEEP", "5d"), Map.entry("DRAYAGE_NOTIFY_TIMEOUT", "6s"),
                Map.entry("DRAYAGE_NOTIFY_AT_ONCE", "7"), Map.entry("DRAYAGE_MAIL_HOST", "mail"),
                Map.entry("DRAYAGE_MAIL_PORT", "25"), Map.entry("DRAYAGE_MAIL_USERNAME", "m"),
                Map.entry("DRAYAGE_MAIL_PASSWORD", "n"), Map.entry("DRAYAGE_MAIL_FROM", "d@example.com"),
                Map.entry("DRAYAGE_MAIL_TLS", "tls"), Map.entry("DRAYAGE_HTTP_BODY_TIME", "4s"),
                Map.entry("DRAYAGE_HTTP_BODY_MEMORY", "9MB"));
        this.runner
            .withInitializer((context) -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("environment of the test", environment)))
            .run((context) -> assertThat(context.getBean(Settings.class)).usingRecursiveComparison()
                .isEqualTo(new Settings(Path.of("/var/lib/drayage"), "a", "n1", false, Set.of(Settings.Role.WORK),
                        new Settings.Admin("root", "p"), new Settings.Database("jdbc:postgresql://db/d", "u", "q", 7),
                        new Settings.Transfer(1, 2, 3, 4, 5, Duration.ofSeconds(90), 6),
                        new Settings.Retry(9, Duration.ofSeconds(1), Duration.ofMinutes(2), Duration.ofMinutes(3)),
                        new Settings.Registries(Duration.ofMinutes(5)),
                        new AdapterSettings(List.of("aws-ecr=http://127.0.0.1:{port}", "harbor=https://hub.example"),
                                Set.of("ci", "prod"), "pom.xml", Set.of("ecr-login", "pass")),
                        new Settings.Layout("/srv/layouts"), new Settings.Shutdown(Duration.ofSeconds(3)),
                        new Settings.Metrics(true), new Settings.History(Duration.ofDays(8), 9),
                        new Settings.Events(Duration.ofSeconds(1), 8),
                        new NoticeSettings(Duration.ofSeconds(2), Duration.ofMinutes(3), Duration.ofHours(4),
                                Duration.ofDays(5), Duration.ofSeconds(6), 7),
                        new MailSettings("mail", 25, "m", "n", "d@example.com", MailSettings.Tls.TLS),
                        new Settings.Http(Duration.ofSeconds(4), DataSize.ofMegabytes(9)), "/etc/routes",
                        "/opt/jars")));
    }

    @ParameterizedTest
    @ValueSource(strings = { "pa$$word", "a${HOME}b", "${user.home}", "${nowhere:x}", "\\${user.home}", "a\\\\${b}c",
            "#{1}", "#{systemProperties}", "a\\b\\", "u:p@h", "grün 木 🐢", " spaced ", "it's \"quoted\"", "{{x}}",
            "%s%n" })
    void a_secret_is_taken_character_by_character(String secret) {
        Map<String, Object> environment = Map.of("DRAYAGE_KEY", secret, "DRAYAGE_ADMIN_NAME", secret,
                "DRAYAGE_ADMIN_PASSWORD", secret, "DRAYAGE_DB_URL", secret, "DRAYAGE_DB_USER", secret,
                "DRAYAGE_DB_PASSWORD", secret, "DRAYAGE_MAIL_USERNAME", secret, "DRAYAGE_MAIL_PASSWORD", secret);
        this.runner
            .withInitializer((context) -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("environment of the test", environment)))
            .withInitializer(new LiteralSecrets())
            .run((context) -> {
                Settings settings = context.getBean(Settings.class);
                assertThat(List.of(settings.key(), settings.admin().name(), settings.admin().password(),
                        settings.db().url(), settings.db().user(), settings.db().password(), settings.mail().username(),
                        settings.mail().password()))
                    .containsOnly(secret);
                assertThat(context.getEnvironment().getProperty("drayage.db.url")).isEqualTo(secret);
            });
    }

    @Test
    void a_secret_of_a_system_property_is_taken_so_too_and_a_file_names_a_variable() {
        this.runner.withPropertyValues("drayage.admin.password=a${user.home}")
            .withInitializer((context) -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("environment of the test", Map.of("VAULT", "b${HOME}"))))
            .withInitializer((context) -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new OriginTrackedMapPropertySource("file of the test",
                        Map.of("drayage.db.password", "${VAULT}", "drayage.mail.password", "${nowhere:c}"))))
            .withInitializer(new LiteralSecrets())
            .run((context) -> {
                Settings settings = context.getBean(Settings.class);
                assertThat(settings.admin().password()).isEqualTo("a${user.home}");
                assertThat(settings.db().password()).isEqualTo("b${HOME}");
                assertThat(settings.mail().password()).isEqualTo("c");
            });
    }

    @Test
    void a_secret_that_the_locale_has_spoilt_stops_the_start() {
        this.runner.withPropertyValues("drayage.admin.password=gr\uFFFD\uFFFDn")
            .withInitializer(new LiteralSecrets())
            .run((context) -> assertThat(context).getFailure()
                .hasMessage("drayage.admin.password has characters that the locale does not have; "
                        + "LC_ALL=C.UTF-8 has all of them"));
    }

    @Test
    void an_unknown_setting_stops_the_start_by_name() {
        this.runner
            .withInitializer((context) -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("file of the test", Map.of("drayage.colour", "red"))))
            .run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("drayage.colour"));
    }

    @Test
    void an_unknown_setting_is_told_without_its_value() {
        this.runner
            .withInitializer((context) -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("file of the test", Map.of("drayage.db.pasword", "hidden-word"))))
            .run((context) -> {
                try (LogLines log = new LogLines("drayage")) {
                    assertThat(new StartRefused(new GenericApplicationContext())
                        .reportException(Objects.requireNonNull(context.getStartupFailure()))).isTrue();
                    assertThat(log.lines())
                        .containsExactly("Drayage does not start: there is no setting drayage.db.pasword");
                }
            });
    }

    @Test
    void a_wrong_setting_stops_the_start_by_name() {
        this.runner.withPropertyValues("drayage.transfer.window=0")
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .hasMessage("drayage.transfer.window must be at least 1, but is 0"));
    }

    @Test
    void hosts_of_an_adapter_are_told_apart_by_its_name() {
        assertThat(new AdapterSettings(List.of("a=https://x.example", "b=https://{n}.b", "a=http://127.0.0.1:{port}"),
                Set.of(), "", Set.of())
            .forms())
            .isEqualTo(Map.of("a", List.of(new UrlForm("https://x.example"), new UrlForm("http://127.0.0.1:{port}")),
                    "b", List.of(new UrlForm("https://{n}.b"))));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new AdapterSettings(List.of("https://x.example"), Set.of(), "", Set.of()))
            .withMessageContaining("adapter=https://host");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new AdapterSettings(List.of(), Set.of(), "/nowhere/config.json", Set.of()))
            .withMessageContaining("there is no file /nowhere/config.json");
    }

    @ParameterizedTest
    @ValueSource(strings = { "jdbc:bogus:hidden-word", "postgres://u:hidden-word@db/x",
            "jdbc:postgresql://h:x1/x?password=hidden-word" })
    void a_database_url_that_cannot_be_read_is_not_repeated(String url) {
        assertThatIllegalStateException().isThrownBy(new Settings.Database(url, "", "", 1)::readableUrl)
            .withMessageContaining("DRAYAGE_DB_URL")
            .withMessageNotContaining("hidden-word");
    }

    @Test
    void no_secret_shows_in_the_settings_text() {
        Settings.Database database = new Settings.Database("jdbc:postgresql://db/d?password=hidden-word", "u",
                "hidden-word", 7);

        assertThat(database.toString() + new Settings.Admin("root", "hidden-word")
                + new MailSettings("mail", 25, "m", "hidden-word", "", MailSettings.Tls.TLS))
            .doesNotContain("hidden-word");
    }

    @EnableConfigurationProperties(Settings.class)
    static class Bound {

    }

}
