package cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import cli.imports.Draft;
import cli.imports.RegexGlob;
import cli.imports.RegsyncFile;
import cli.imports.SkopeoFile;
import cli.service.PolicySet;
import cli.shared.CommandFailed;
import cli.shared.Yaml;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import replication.policy.Glob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Other programs' configurations, as their manuals show them. */
@SuppressWarnings("NullAway.Init")
class ImportTest {

    private static final List<String> NAMES = List.of("app", "team", "team/app", "team/sub/app", "team/app-test",
            "team/sub/app-test", "app-test", "-test", "other/app", "other/x-test", "team-a", "team-a/b", "team-a/b/c",
            "te/st", "test", "te/x/y/st", "xapp", "team/xapp", "teamxapp", "team/a/p", "team/axp", "a/b/c/d/app");

    @TempDir
    Path folder;

    @Test
    void carries_a_regsync_configuration_over_and_names_the_rest() throws Exception {
        Draft draft = new RegsyncFile(yaml("""
                version: 1
                creds:
                  - registry: registry.example:5000
                    tls: disabled
                    user: ann
                    pass: '{{env "MIRROR_PASS"}}'
                    reqPerSec: 5
                defaults:
                  parallel: 2
                  interval: 60m
                sync:
                  - source: busybox:latest
                    target: registry.example:5000/library/busybox:latest
                    type: image
                  - source: alpine
                    target: registry.example:5000/mirror/alpine
                    type: repository
                    schedule: "15 01 * * *"
                    tags:
                      allow: ["3", '3\\.\\d+']
                      deny: ["edge", ".*-rc.*"]
                  - source: quay.io/team/app:v1
                    target: registry.example:5000/team/other:v1
                    type: image
                    platform: linux/amd64
                """)).draft();
        JsonNode document = PolicySet.of(draft.set().document()).document();
        assertThat(document.at("/registries/1").toString()).isEqualTo(
                "{\"name\":\"registry.example:5000\",\"registry_type\":\"oci\",\"url\":\"http://registry.example:5000\","
                        + "\"credential\":{\"type\":\"basic\",\"access_key\":\"ann\",\"access_secret\":\"${MIRROR_PASS}\"}}");
        assertThat(Yaml.write(document.path("policies"))).isEqualTo(
                """
                        - name: alpine
                          source: docker.io
                          destination: registry.example:5000
                          dest_namespace: mirror
                          filters:
                            - type: name
                              value: library/alpine
                              decoration: matches
                            - type: tag
                              value: edge
                              decoration: excludes
                            - type: tag
                              value: '*-rc*'
                              decoration: excludes
                          enabled: false
                          description: "Disabled by the import, which could not carry over: the tag expression 3\\\\.\\\\d+ has no glob"
                          triggers:
                            - type: scheduled
                              trigger_settings:
                                cron: 15 01 * * *
                        - name: busybox:latest
                          source: docker.io
                          destination: registry.example:5000
                          filters:
                            - type: name
                              value: library/busybox
                              decoration: matches
                            - type: tag
                              value: latest
                              decoration: matches
                          triggers:
                            - type: scheduled
                              trigger_settings:
                                cron: 0 * * * *
                        """
                    .indent(2));
        assertThat(draft.left()).containsExactly("defaults.parallel",
                "the password of registry.example:5000; it is to be in the variable ${MIRROR_PASS}",
                "creds of registry.example:5000: reqPerSec",
                "alpine: the tag expression 3\\.\\d+ has no glob; the policy is disabled until you write a filter for it",
                "quay.io/team/app:v1: a policy can change the namespace, but not team/app into team/other");
    }

    @Test
    void carries_a_skopeo_file_over_and_names_the_rest() throws Exception {
        Draft draft = new SkopeoFile(yaml("""
                registry.example:
                  images:
                    busybox: []
                    team/redis: ["1.0", "2.0", "sha256:0000"]
                  images-by-tag-regex:
                    nginx: ^1\\.13\\.[12]-alpine-perl$
                  images-by-semver:
                    alpine: ">= 3.12.0"
                  credentials:
                    username: john
                    password: this is a secret
                  tls-verify: false
                """), "mirror.example/copies").draft();
        String document = Yaml.write(PolicySet.of(draft.set().document()).document());
        assertThat(document)
            .contains("name: registry.example/team/redis", "value: \"{1.0,2.0}\"", "value: \"1.13.[12]-alpine-perl\"",
                    "insecure: true", "dest_namespace: copies", "access_secret: \"${REGISTRY_EXAMPLE_SECRET}\"")
            .doesNotContain("this is a secret");
        assertThat(draft.left()).containsExactly(
                "the password of registry.example; it is to be in the variable ${REGISTRY_EXAMPLE_SECRET}",
                "registry.example/team/redis: the digest sha256:0000, while a policy takes only tags; the policy is disabled until you solve it in another way",
                "registry.example/alpine: images-by-semver: >= 3.12.0; the policy is disabled until you write a filter for it");
        assertThat(policy(draft, "registry.example/nginx").path("enabled").asBoolean(true)).isTrue();
        assertThat(policy(draft, "registry.example/busybox").path("enabled").asBoolean(true)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "platform: linux/amd64", "platforms: [linux/amd64, linux/arm64]",
            "backup: 'backup-{{.Ref.Tag}}'", "mediaTypes: [application/vnd.oci.image.manifest.v1+json]",
            "hooks: { pre: { type: shell, params: [check] } }", "referrers: true",
            "referrerFilters: [{ artifactType: a/b }]", "referrerSource: other.example/a",
            "referrerTarget: other.example/b", "colour: red", "colour: [red]" })
    void what_has_no_counterpart_disables_the_policy(String field) throws Exception {
        String key = field.substring(0, field.indexOf(':'));
        assertDisabled(regsync("", field), key);
        assertDisabled(regsync("defaults: { %s }".formatted(field), ""), key);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "tags: { semverRange: ['>=1.0.0'] } | tags.semverRange",
            "tags: { allow: ['v.*'], semverRange: ['>=1.0.0'] } | tags.semverRange", "tags: v1 | tags",
            "tags: [v1] | tags", "tags: { allow: { a: b } } | tags.allow", "tags: { allow: [[a]] } | tags.allow",
            "tags: { deny: ['a+'] } | a+", "tags: { allow: ['(a'] } | (a", "tags: { newest: 3 } | tags.newest",
            "tagSets: [{ allow: [a] }, { deny: [b] }] | tagSets", "tagSets: [{ allow: [a] }, {}] | tagSets",
            "tagSets: [{ allow: [a] }, { allow: [b], semverRange: ['>1'] }] | tagSets",
            "tagSets: { allow: [a] } | tagSets", "tagSets: [{ semverRange: ['>1'] }] | tags.semverRange",
            "tagSets: [{ allow: [a] }, { allow: ['b+'] }] | b+", "digestTags: true, tags: { allow: [a] } | digestTags",
            "repos: all | repos" })
    void tags_that_cannot_be_said_disable_the_policy(String fields, String key) throws Exception {
        assertDisabled(regsync("", fields), key);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "tags: { allow: [a, 'b.*'] } | {a,b*}", "tags: { allow: latest } | latest",
            "tagSets: [{ allow: [a] }] | a", "tagSets: [{ allow: [a] }, { allow: [b, c] }] | {a,b,c}",
            "tagSets: [{ allow: [a] }], tags: { allow: [b] } | {a,b}", "tags: { deny: edge } | edge", "tags: {} | ",
            "tags: | ", "tagSets: [] | ", "x-mine: 1 | ", "platforms: [] | ", "platform: '' | ", "referrers: false | ",
            "backup: '' | ", "hooks: {} | ", "digestTags: true | ", "includeExternal: true | ", "fastCheck: true | ",
            "forceRecursive: true | ", "referrerSlow: true | ", "ratelimit: { min: 100, retry: 15m } | ",
            "mediaTypes: [application/vnd.docker.distribution.manifest.v2+json, application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json, a/b] | " })
    void what_is_said_exactly_leaves_the_policy_enabled(String fields, @Nullable String tag) throws Exception {
        ObjectNode policy = policy(regsync("", fields), "alpine");
        assertThat(policy.path("enabled").asBoolean(true)).isTrue();
        assertThat(policy.path("filters").findValuesAsText("value").stream().skip(1).findFirst().orElse(null))
            .isEqualTo(tag);
        assertThat(policy.path("foreign_layers").asText(""))
            .isEqualTo(fields.startsWith("includeExternal") ? "copy" : "");
    }

    @Test
    void a_sync_goes_before_the_defaults() throws Exception {
        Draft draft = regsync("defaults: { referrers: true, includeExternal: true, interval: 60m }",
                "referrers: false, includeExternal: false, schedule: '0 3 * * *'");
        ObjectNode policy = policy(draft, "alpine");
        assertThat(policy.path("enabled").asBoolean(true)).isTrue();
        assertThat(policy.has("foreign_layers")).isFalse();
        assertThat(policy.at("/triggers/0/trigger_settings/cron").asText()).isEqualTo("0 3 * * *");
        assertThat(draft.left()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "pathPrefix: cache", "credHelper: docker-credential-x", "credHost: other",
            "clientCert: pem", "clientKey: pem", "colour: red", "user: '{{env \"USER\"}}'" })
    void what_a_registry_needs_and_cannot_have_disables_what_uses_it(String field) throws Exception {
        Draft draft = regsync("creds: [{ registry: mirror.example, %s }]".formatted(field), "");
        assertDisabled(draft, field.startsWith("user") ? "the user {{env" : field.substring(0, field.indexOf(':')));
        Draft other = regsync("creds: [{ registry: other.example, %s }]".formatted(field), "");
        assertThat(policy(other, "alpine").path("enabled").asBoolean(true)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "hostname: real.example | /url | https://real.example",
                    "scheme: http | /url | http://mirror.example", "tls: disabled | /url | http://mirror.example",
                    "tls: insecure | /insecure | true", "regcert: pem | /ca_certificate | pem",
                    "token: '{{env \"TOKEN\"}}' | /credential | {\"type\":\"oauth\",\"access_secret\":\"${TOKEN}\"}",
                    "reqPerSec: 5 | /url | https://mirror.example", "blobMax: -1 | /url | https://mirror.example" })
    void what_a_registry_needs_is_carried_over(String field, String pointer, String value) throws Exception {
        Draft draft = regsync("creds: [{ registry: mirror.example, %s }]".formatted(field), "");
        JsonNode registry = Objects.requireNonNull(draft.set().registries().get("mirror.example")).at(pointer);
        assertThat(registry.isContainerNode() ? registry.toString() : registry.asText()).isEqualTo(value);
        assertThat(policy(draft, "alpine").path("enabled").asBoolean(true)).isTrue();
    }

    @Test
    void credentials_of_a_host_without_a_dot_are_not_given_to_docker_hub() throws Exception {
        Draft draft = regsync("creds: [{ registry: registry, user: ann, pass: x }]", "");
        assertThat(Objects.requireNonNull(draft.set().registries().get("docker.io")).has("credential")).isFalse();
        assertThat(draft.set().registries()).containsKey("registry");
    }

    @Test
    void an_unknown_field_of_the_whole_file_disables_all() throws Exception {
        assertDisabled(regsync("colour: red", ""), "the field colour");
    }

    @ParameterizedTest
    @ValueSource(strings = { "version: 2", "sync: { source: a }", "creds: a", "[]", "text" })
    void what_is_no_file_of_regsync_is_refused(String text) throws Exception {
        JsonNode file = yaml(text);
        assertThatExceptionOfType(CommandFailed.class).isThrownBy(() -> new RegsyncFile(file).draft());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "alpine:* | \"*\", which is no tag", "alpine:v[0-9] | \"v[0-9]\", which is no tag" })
    void a_pattern_at_the_place_of_a_tag_is_none(String source, String why) throws Exception {
        Draft draft = new RegsyncFile(yaml("sync: [{ source: '%s', target: '%s', type: image }]".formatted(source,
                source.replace("alpine", "mirror.example/m/alpine"))))
            .draft();
        assertThat(policy(draft, source).path("enabled").asBoolean(true)).isFalse();
        assertThat(draft.left()).singleElement().asString().contains(why);
    }

    @Test
    void a_pattern_at_the_place_of_a_name_is_none() throws Exception {
        Draft draft = new RegsyncFile(
                yaml("sync: [{ source: 'quay.io/*/app', target: 'mirror.example/*/app', type: repository }]"))
            .draft();
        assertThat(draft.set().policies()).isEmpty();
        assertThat(draft.left()).containsExactly("quay.io/*/app: */app or */app is no repository's name");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "images: { a: latest } | latest", "images: { a: 3.20 } | 3.20", "images: { a: [] } | ",
                    "images: { a: } | ", "images: { a: ~ } | ", "images: { a: [v1, v2] } | {v1,v2}",
                    "images-by-tag-regex: { a: '^v1$' } | v1" })
    void skopeos_tags_are_said_exactly(String field, @Nullable String tag) throws Exception {
        ObjectNode policy = policy(skopeo(field), "quay.io/a");
        assertThat(policy.path("enabled").asBoolean(true)).isTrue();
        assertThat(policy.path("filters").findValuesAsText("value").stream().skip(1).findFirst().orElse(null))
            .isEqualTo(tag);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "images: { a: '' } | which is no tag",
            "images: { a: { b: c } } | a malformed list of tags", "images: { a: [[b]] } | a malformed list of tags",
            "images: { a: ['*'] } | \"*\", which is no tag", "images: { a: ['v1', 'v*'] } | \"v*\", which is no tag",
            "images: { a: ['sha256:00'] } | the digest sha256:00", "images-by-tag-regex: { a: 'v1?' } | has no glob",
            "images-by-tag-regex: { a: [v1] } | a malformed expression",
            "images-by-tag-regex: { a: } | a malformed expression",
            "images-by-semver: { a: '>= 1' } | images-by-semver: >= 1", "images-by-semver: { a: } | images-by-semver",
            "images: { a: [v1] }, cert-dir: /certs | cert-dir", "images: { a: [v1] }, colour: red | colour",
            "images: { a: [v1] }, tls-verify: maybe | tls-verify: maybe",
            "images: { a: [v1] }, credentials: { helper: x } | credentials.helper" })
    void what_skopeo_says_and_a_policy_cannot_disables_it(String field, String why) throws Exception {
        Draft draft = skopeo(field);
        assertThat(policy(draft, "quay.io/a").path("enabled").asBoolean(true)).isFalse();
        assertThat(policy(draft, "quay.io/a").path("description").asText()).contains(why);
        assertThat(draft.left()).anySatisfy((line) -> assertThat(line).contains(why, "the policy is disabled until"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "images: [a, b] | quay.io: images, which names no images",
                    "images: a | quay.io: images, which names no images",
                    "images: { 'a:v1': [] } | an image is named without a tag",
                    "images: { 'a/*': [] } | is no repository's name", "images: { 'a b': [] } | names no image" })
    void what_names_no_image_of_skopeos_is_named(String field, String why) throws Exception {
        Draft draft = skopeo(field);
        assertThat(draft.set().policies()).isEmpty();
        assertThat(draft.left()).singleElement().asString().contains(why);
    }

    private static void assertDisabled(Draft draft, String key) {
        ObjectNode policy = policy(draft, "alpine");
        assertThat(policy.path("enabled").asBoolean(true)).isFalse();
        assertThat(policy.path("description").asText())
            .startsWith("Disabled by the import, which could not carry over: ")
            .contains(key);
        assertThat(draft.left()).anySatisfy(
                (line) -> assertThat(line).startsWith("alpine: ").contains(key, "the policy is disabled until"));
    }

    /** A file with one sync of a repository, which has these fields besides. */
    private Draft regsync(String above, String fields) throws Exception {
        return new RegsyncFile(yaml("""
                %s
                sync: [{ source: alpine, target: mirror.example/m/alpine, type: repository, %s }]
                """.formatted(above, fields))).draft();
    }

    private Draft skopeo(String fields) throws Exception {
        return new SkopeoFile(yaml("quay.io: { %s }".formatted(fields)), "mirror.example/m").draft();
    }

    @Test
    void takes_tags_as_they_are_written_and_not_as_numbers() throws Exception {
        Draft skopeo = new SkopeoFile(yaml("""
                registry.example:
                  images:
                    alpine: [3.20, 1.10, 2024_01, 0644, 12e5, 2024-01-02, yes]
                  tls-verify: no
                """), "mirror.example/m").draft();
        assertThat(policy(skopeo, "registry.example/alpine").at("/filters/1/value").asText())
            .isEqualTo("{3.20,1.10,2024_01,0644,12e5,2024-01-02,yes}");
        assertThat(skopeo.set().document().at("/registries/1").path("insecure").asBoolean()).isTrue();
        Draft regsync = new RegsyncFile(yaml("""
                sync:
                  - { source: alpine, target: mirror.example/m/alpine, type: repository, tags: { allow: [3.20] } }
                """)).draft();
        assertThat(policy(regsync, "alpine").at("/filters/1/value").asText()).isEqualTo("3?20");
    }

    @Test
    void follows_anchors_as_the_manual_of_regsync_has_them() throws Exception {
        Draft draft = new RegsyncFile(yaml("""
                x-sched-a: &sched-a "15 01 * * *"
                sync:
                  - { source: busybox, target: mirror.example/m/busybox, type: repository, schedule: *sched-a }
                """)).draft();
        assertThat(policy(draft, "busybox").at("/triggers/0/trigger_settings/cron").asText()).isEqualTo("15 01 * * *");
        assertThat(draft.left()).isEmpty();
    }

    @Test
    void says_where_a_file_is_no_yaml() {
        assertThatExceptionOfType(CommandFailed.class).isThrownBy(() -> yaml("a: 1\nb: [\n"))
            .withMessageMatching("read .*file.yaml: it is no YAML: .* at line 3");
    }

    @Test
    void denies_repositories_that_regsync_denied_however_deep_they_lie() throws Exception {
        Draft draft = new RegsyncFile(yaml("""
                sync:
                  - source: registry.example
                    target: mirror.example
                    type: registry
                    repos: { allow: ['team/.*'], deny: ['.*-test', 'a[^b]c'] }
                """)).draft();
        ObjectNode policy = policy(draft, "registry.example");
        assertThat(policy.path("filters").findValuesAsText("value")).containsExactly("team/**", "**/*-test");
        assertThat(policy.path("enabled").asBoolean(true)).isFalse();
        assertThat(draft.left()).containsExactly(
                "registry.example: the name expression a[^b]c has no glob; the policy is disabled until you write a filter for it");
    }

    @Test
    void disables_what_goes_from_or_to_a_path_of_a_registry() throws Exception {
        Draft draft = new RegsyncFile(yaml("""
                sync:
                  - { source: registry.example, target: mirror.example/backup, type: registry }
                """)).draft();
        assertThat(policy(draft, "registry.example").path("enabled").asBoolean(true)).isFalse();
        assertThat(draft.left()).containsExactly(
                "registry.example: the path of mirror.example/backup for a whole registry; the policy is disabled until you write namespaces for it");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "schedule: '@every 1h' | 0 * * * *", "schedule: '@every 90m' | ", "schedule: '@daily' | @daily",
                    "schedule: '* * *' | ", "interval: 60m | 0 * * * *", "interval: 1h0m0s | 0 * * * *",
                    "interval: 3600s | 0 * * * *", "interval: 12h | 0 */12 * * *", "interval: 24h | 0 0 * * *",
                    "interval: 15m | */15 * * * *", "interval: 7m | ", "interval: 48h | ", "interval: 30s | ",
                    "interval: often | " })
    void carries_a_time_over_or_names_it(String time, @Nullable String cron) throws Exception {
        Draft draft = new RegsyncFile(yaml("""
                sync:
                  - { source: busybox, target: mirror.example/m/busybox, type: repository, %s }
                """.formatted(time))).draft();
        JsonNode given = policy(draft, "busybox").at("/triggers/0/trigger_settings/cron");
        if (cron != null) {
            assertThat(given.asText()).isEqualTo(cron);
            assertThat(draft.left()).isEmpty();
        }
        else {
            assertThat(given.isMissingNode()).isTrue();
            assertThat(draft.left()).singleElement().asString().startsWith("busybox: the ");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = { "v1 v1", "^v.*$ v*", "v.+ v?*", "1\\.2\\.. 1.2.?", "[0-9]a [0-9]a",
            "\\d\\.(a|b) [0-9].{a,b}", "(?:x|y)-z {x,y}-z", "[^a]b [^a]b", "[._-]b [._\\-]b" })
    void has_a_glob_for_a_plain_expression(String expression, String glob) {
        assertThat(new RegexGlob(expression, RegexGlob.Subject.TAG).glob()).contains(glob);
    }

    @ParameterizedTest
    @ValueSource(strings = { "[0-9]+", "v1?", "a{2}", "a|b", "\\w", "(a", "\\d+", "(a)*", "[!a]b", "[z-a]",
            "[[:alpha:]]", "v.*?", "(?i)a" })
    void has_none_for_any_other(String expression) {
        assertThat(new RegexGlob(expression, RegexGlob.Subject.TAG).glob()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { ".*", ".+", "team/.*", "team/.+", ".*-test", ".*/app", ".+/app", "team/.*/app", "team.*",
            "te.*st", "(.*|team)/app", "(team/.*|app)", "(team/.*-test|app)", "team.app", "team/a.p", ".*app.*",
            ".+-test", "[a-z]*", "team/[^x].*", "(team|other)/.+-test", "team/app", ".*/.*", ".*.*" })
    void a_name_expression_and_its_glob_match_the_same_names(String expression) {
        Pattern pattern = Pattern.compile(expression);
        new RegexGlob(expression, RegexGlob.Subject.NAME).glob()
            .map(Glob::of)
            .ifPresent((glob) -> assertThat(NAMES).allSatisfy(
                    (name) -> assertThat(glob.matches(name)).as(name).isEqualTo(pattern.matcher(name).matches())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ',
            value = { ".* **", "team/.* team/**", ".*-test **/*-test", ".*/app */**/app", "team-.* team-{*,*/**/*}" })
    void a_name_expression_has_a_readable_glob(String expression, String glob) {
        assertThat(new RegexGlob(expression, RegexGlob.Subject.NAME).glob()).contains(glob);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = { "1\\.25 *1.25*", "^1\\.25 1.25*", "1\\.25$ *1.25", "^1\\.25$ 1.25" })
    void skopeo_looks_for_an_expression_anywhere_in_the_tag(String expression, String glob) {
        assertThat(new RegexGlob(RegexGlob.anywhere(expression), RegexGlob.Subject.TAG).glob()).contains(glob);
    }

    private static ObjectNode policy(Draft draft, String name) {
        return Objects.requireNonNull(draft.set().policies().get(name));
    }

    private JsonNode yaml(String text) throws Exception {
        return Yaml.readTexts(Files.writeString(this.folder.resolve("file.yaml"), text).toString());
    }

}
