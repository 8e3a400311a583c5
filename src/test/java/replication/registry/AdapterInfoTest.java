package replication.registry;

import java.lang.reflect.Method;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import fixtures.ListedRegistry;
import oci.model.Secret;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replication.Refusal;
import replication.bandwidth.Bandwidth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

class AdapterInfoTest {

    private static final AdapterInfo VENDOR = AdapterInfo.ofImages("vendor", "Vendor", "")
        .withCredentials(CredentialKind.NONE,
                new CredentialKind("key", "Key", Setting.text("key_id", "its id"), Setting.secret("key_secret", "it"),
                        Setting.secret("session", "where it ends").optional()))
        .withSettings(Setting.text("team", "who owns what is created"),
                Setting.flag("scan", "scans what is pushed", true),
                Setting.choice("create", "what is missing", "missing", "never"));

    private final Faults faults = new Faults();

    @Test
    void a_credential_is_read_as_its_kind_declares_it() {
        RegistryCredential read = VENDOR.credential("key", Map.of("key_id", "k1", "key_secret", "hush"), this.faults);

        this.faults.refuse();
        assertThat(read.values()).containsExactly(Map.entry("key_id", "k1"));
        assertThat(read.secret("key_secret").reveal()).isEqualTo("hush");
        assertThat(read.toString()).doesNotContain("hush");
    }

    @Test
    void settings_that_are_left_out_are_as_declared() {
        assertThat(VENDOR.settings(Map.of("team", "red", "create", ""), this.faults))
            .isEqualTo(Map.of("team", "red", "scan", true, "create", "missing"));
        this.faults.refuse();
    }

    @Test
    void all_that_is_wrong_is_told_at_once_by_its_field() {
        VENDOR.credential("key", Map.of("key_secret", 5, "user", "ann"), this.faults);
        VENDOR.settings(Map.of("scan", "yes", "create", "always", "scan_on_psh", true), this.faults);

        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(this.faults::refuse)
            .extracting(Refusal.Invalid::all, InstanceOfAssertFactories.list(Refusal.Invalid.class))
            .extracting(Refusal.Invalid::field, Refusal.Invalid::getMessage)
            .containsExactly(tuple("credential.key_id", "credential.key_id is missing"),
                    tuple("credential.key_secret",
                            "the value of \"credential.key_secret\" has the wrong type: it is a text"),
                    noField("credential.user", "credential", "key_id, key_secret, session"),
                    tuple("settings.team", "settings.team is missing"),
                    tuple("settings.scan", "settings.scan is true or false"),
                    tuple("settings.create", "settings.create is missing or never"),
                    noField("settings.scan_on_psh", "settings", "team, scan, create"));
    }

    private static Tuple noField(String field, String path, String there) {
        return tuple(field, "there is no field \"%s\" in %s; there is %s".formatted(field.substring(path.length() + 1),
                path, there));
    }

    @Test
    void a_registry_needs_the_secrets_that_its_kind_requires_and_a_kind_that_is_declared() {
        assertThatCode(() -> VENDOR.check(registry(new RegistryCredential("key", Map.of("key_id", "k1"),
                Map.of("key_secret", new Secret("hush"), "session", new Secret(""))))))
            .doesNotThrowAnyException();
        refused(new RegistryCredential("key", Map.of("key_id", "k1"), Map.of()), "credential.key_secret", "missing");
        refused(RegistryCredential.basic("me", new Secret("x")), "credential.type",
                "a credential's type is none or key for registries of type \"vendor\", not \"basic\"");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            https://{host},                           https://a.example:5000/v2, true
            https://{host},                           HTTPS://A.example,         true
            https://{host},                           http://a.example,          false
            https://{account}.cloud.{region}.example, https://1.cloud.north.example/, true
            https://{account}.cloud.{region}.example, https://1.cloud.evil.com.example, false
            https://{account}.cloud.{region}.example, https://1.cloud.north.example.evil.com, false
            https://{account}.cloud.{region}.example, https://evil.com/1.cloud.north.example, false
            https://{account}.cloud.{region}.example, https://evil.com?1.cloud.north.example, false
            layout:{folder},                          layout:a/b,                true
            layout:{folder},                          file:///a/b,               false
            """)
    void a_url_has_one_of_the_forms_that_are_declared(String form, URI url, boolean fits) {
        assertThat(new UrlForm(form).fits(url)).isEqualTo(fits);
    }

    @Test
    void only_the_operator_adds_hosts_that_get_what_a_cloud_issues() {
        AdapterInfo cloud = VENDOR.withUrls("https://{account}.cloud.example")
            .withSettings(Setting.url("api", "its API", List.of("https://api.cloud.example")));
        AdapterInfo extended = cloud.alsoAt(List.of(new UrlForm("http://127.0.0.1:{port}")));
        URI own = URI.create("http://127.0.0.1:5000");

        cloud.checkUrl(own, this.faults);
        cloud.settings(Map.of("api", own.toString()), this.faults);
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(this.faults::refuse)
            .extracting(Refusal.Invalid::all, InstanceOfAssertFactories.list(Refusal.Invalid.class))
            .extracting(Refusal.Invalid::field)
            .containsExactly("url", "settings.api");

        Faults none = new Faults();
        extended.checkUrl(own, none);
        extended.settings(Map.of("api", own.toString()), none);
        extended.settings(Map.of("api", "https://api.cloud.example"), none);
        none.refuse();
    }

    @Test
    void an_adapter_at_more_hosts_is_as_it_was_otherwise() {
        RegistryAdapter plain = new ListedRegistry();
        RegistryAdapter more = new Adapters(List.of(plain), Map.of("oci", List.of(new UrlForm("http://{host}"))))
            .of("oci");

        assertThat(Stream.of(RegistryAdapter.class.getMethods()).map(Method::getName))
            .isSubsetOf(Stream.of(more.getClass().getDeclaredMethods()).map(Method::getName).toList());
    }

    @Test
    void lists_and_maps_of_texts_are_read() {
        AdapterInfo info = VENDOR.withSettings(Setting.list("names", "some"), Setting.map("tags", "by name"));
        assertThat(info.settings(Map.of("names", List.of("a", "b"), "tags", Map.of("team", "red")), this.faults))
            .isEqualTo(Map.of("names", List.of("a", "b"), "tags", Map.of("team", "red")));
        assertThat(info.settings(Map.of(), this.faults)).isEqualTo(Map.of("names", List.of(), "tags", Map.of()));
        this.faults.refuse();

        info.settings(Map.of("names", List.of("a", 1), "tags", "red"), this.faults);
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(this.faults::refuse)
            .withMessageContaining("names")
            .withMessageContaining("tags is an object whose values are texts");
    }

    @Test
    void a_saved_secret_follows_to_no_other_host_that_a_setting_names() {
        AdapterInfo two = VENDOR.withSettings(Setting.url("api", "its API"));
        Registry registry = registry(RegistryCredential.NONE, Map.of("api", "https://api.example"));

        assertThat(two.keepsHosts(registry, registry(RegistryCredential.NONE, Map.of("api", "https://API.example/v1"))))
            .isTrue();
        assertThat(two.keepsHosts(registry, registry(RegistryCredential.NONE, Map.of("api", "https://evil.example"))))
            .isFalse();
        assertThat(two.keepsHosts(registry, registry(RegistryCredential.NONE, Map.of()))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            https, false, https://a.example, false, http://p.example, true
            https, false, https://a.example, true,                  , false
            https, true,  https://a.example, true,                  , true
            https, true,  https://a.example, true,  http://p.example, false
            http,  false, http://a.example,  false, http://p.example, false
            http,  false, http://a.example,  false,                 , true
            """)
    void a_saved_secret_follows_through_no_other_proxy_that_can_read_it(String before, boolean unchecked, URI url,
            boolean insecure, @Nullable URI proxy, boolean follows) {
        Registry saved = new Registry(1, "a", "", "oci", URI.create(before + "://a.example"), unchecked,
                RegistryCredential.NONE, null, null, 0);
        Registry edited = new Registry(1, "a", "", "oci", url, insecure, RegistryCredential.NONE, null, proxy, 0);
        assertThat(AdapterInfo.ofImages("oci", "", "").keepsHosts(edited, saved)).isEqualTo(follows);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                 ,      , true
            own, own,     true
            own,    ,     true
                 , theirs, false
            own, theirs,  false
            """)
    void a_saved_secret_follows_to_no_host_that_another_authority_proves(@Nullable String before,
            @Nullable String after, boolean follows) {
        URI url = URI.create("https://a.example");
        Registry saved = new Registry(1, "a", "", "oci", url, false, RegistryCredential.NONE, before, null, 0);
        Registry edited = new Registry(1, "a", "", "oci", url, false, RegistryCredential.NONE, after,
                URI.create("http://p.example"), 0);
        assertThat(AdapterInfo.ofImages("oci", "", "").keepsHosts(edited, saved)).isEqualTo(follows);
    }

    @Test
    void a_saved_secret_follows_through_no_other_proxy_to_a_setting_without_https() {
        AdapterInfo two = VENDOR.withSettings(Setting.url("api", "its API"));
        for (String api : List.of("http://api.example", "https://api.example")) {
            Registry saved = registry(RegistryCredential.NONE, Map.of("api", api));
            assertThat(two.keepsHosts(through(saved, URI.create("http://p.example")), saved))
                .isEqualTo(api.startsWith("https"));
        }
    }

    private static Registry through(Registry registry, URI proxy) {
        return new Registry(1, "a", "", "vendor", registry.url(), false, registry.credential(), registry.settings(),
                null, proxy, 0, Bandwidth.UNLIMITED, null);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            machine, https://a.example,         false,   ,                ,                ''
            machine, https://a.example,         false,   , http://p.example,                ''
            machine, https://a.example,         true,    ,                ,                insecure
            machine, https://a.example,         false, CA,                ,                ca_certificate
            machine, http://a.example,          true,  CA, http://p.example, insecure ca_certificate url
            machine, http://localhost.a.example, false,  ,                ,                url
            machine, http://127.0.0.1.a.example, false,  ,                ,                url
            machine, http://localhost:5000,     false,   ,                ,                ''
            machine, http://127.0.0.1:5000,     false,   ,                ,                ''
            machine, http://[::1]:5000,         false,   ,                ,                ''
            machine, http://localhost:5000,     false,   , http://p.example, url
            machine, http://own.example,        true,  CA,                ,                ''
            machine, https://own.example,       true,    ,                ,                insecure
            machine, http://own.example,        true,  CA, http://p.example, insecure ca_certificate url
            none,    http://a.example,          true,  CA, http://p.example, ''
            """)
    void a_login_of_the_machine_goes_only_to_hosts_that_prove_themselves_or_are_the_operators(String type, URI url,
            boolean insecure, @Nullable String ca, @Nullable URI proxy, String fields) {
        Registry registry = new Registry(1, "a", "", "oci", url, insecure,
                new RegistryCredential(type, Map.of(), Map.of()), ca, proxy, 0);
        ambient().alsoAt(List.of(new UrlForm("http://own.example"))).checkAmbient(registry, this.faults);
        refusedFields(fields);
    }

    @Test
    void a_setting_without_https_gets_no_login_of_the_machine_but_at_the_operators_hosts() {
        AdapterInfo info = ambient().withSettings(Setting.url("api", "its API"))
            .alsoAt(List.of(new UrlForm("http://own.example")));
        RegistryCredential machine = new RegistryCredential("machine", Map.of(), Map.of());
        Registry own = registry(machine, Map.of("api", "http://own.example"));
        info.check(own);
        info.check(registry(machine, Map.of("api", "https://api.example")));

        info.checkAmbient(registry(machine, Map.of("api", "http://api.example")), this.faults);
        info.checkAmbient(through(own, URI.create("http://p.example")), this.faults);
        refusedFields("settings.api settings.api");
    }

    @Test
    void a_form_of_the_adapters_own_is_the_operators_once_the_operator_adds_it() {
        AdapterInfo info = ambient();
        assertThat(info.alsoAt(info.urls()).urls()).hasSameSizeAs(info.urls()).allMatch(UrlForm::added);
        assertThat(info.urls()).noneMatch(UrlForm::added);
    }

    private static AdapterInfo ambient() {
        return AdapterInfo.ofImages("vendor", "Vendor", "")
            .withCredentials(CredentialKind.NONE, CredentialKind.ambient("machine", "Machine"));
    }

    private void refusedFields(String fields) {
        if (fields.isEmpty()) {
            this.faults.refuse();
            return;
        }
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(this.faults::refuse)
            .extracting(Refusal.Invalid::all, InstanceOfAssertFactories.list(Refusal.Invalid.class))
            .extracting(Refusal.Invalid::field)
            .containsExactly(fields.split(" ", -1));
    }

    @Test
    void a_change_of_one_part_leaves_the_others() {
        AdapterInfo info = VENDOR.withAbilities(Ability.LIST, Ability.CREATE).withUrls("https://{name}.example");
        assertThat(info.can(Ability.LIST)).isTrue();
        assertThat(info.can(Ability.DELETE_TAG)).isFalse();
        assertThat(info.settings()).isEqualTo(VENDOR.settings());
        assertThat(info.credentials()).isEqualTo(VENDOR.credentials());
    }

    @Test
    void a_credential_has_no_flag() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new CredentialKind("odd", "", Setting.flag("x", "", false)))
            .withMessageContaining("texts");
    }

    @Test
    void a_setting_is_no_place_for_a_secret() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> AdapterInfo.ofImages("a", "", "").withSettings(Setting.secret("x", "")))
            .withMessageContaining("credential");
    }

    private static void refused(RegistryCredential credential, String field, String reason) {
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> VENDOR.check(registry(credential)))
            .withMessageContaining(reason)
            .satisfies((refused) -> assertThat(refused.field()).isEqualTo(field));
    }

    private static Registry registry(RegistryCredential credential) {
        return registry(credential, Map.of("team", "red"));
    }

    private static Registry registry(RegistryCredential credential, Map<String, Object> settings) {
        return new Registry(1, "a", "", "vendor", URI.create("https://a.example"), false, credential, settings, null,
                null, 0, Bandwidth.UNLIMITED, null);
    }

}
