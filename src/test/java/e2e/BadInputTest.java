package e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.DrayageProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every wrong input gets a problem (RFC 9457) with the field and the reason, and nothing
 * is written.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {

    private static final String REGISTRY = "{\"name\": \"%s\", \"registry_type\": \"layout\", \"url\": \"layout:%s\"}";

    private DrayageProcess drayage;

    private Api api;

    private long registry;

    private long policy;

    BadInputTest(@TempDir Path home) {
        this.drayage = DrayageProcess.start(home);
        this.api = this.drayage.api();
    }

    @BeforeAll
    void createWhatIsInUse() {
        this.registry = this.api.create("/api/registries", REGISTRY.formatted("here", "here"));
        long there = this.api.create("/api/registries", REGISTRY.formatted("there", "there"));
        this.policy = this.api.create("/api/replication/policies",
                Map.of("name", "taken", "src_registry_id", this.registry, "dest_registry_id", there));
    }

    @AfterAll
    void stop() {
        this.drayage.close();
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`',
            textBlock = """
                    GET    | /api/registries/4711                    |                                      | 404 |              | there is no registry 4711
                    GET    | /api/registries/abc                     |                                      | 404 |              | there is no registry abc
                    GET    | /api/registries/4711/namespaces         |                                      | 404 |              | there is no registry 4711
                    PUT    | /api/registries/4711                    | {"name":"x","registry_type":"layout","url":"layout:x"} | 404 | | there is no registry 4711
                    DELETE | /api/registries/4711                    |                                      | 404 |              | there is no registry 4711
                    DELETE | /api/registries/REGISTRY                |                                      | 409 |              | taken
                    GET    | /api/registries?page_size=0             |                                      | 422 | page_size    | 1 to 500
                    GET    | /api/registries?page_size=x             |                                      | 422 | page_size    | whole number
                    GET    | /api/registries?after=-1                |                                      | 422 | after        | negative
                    POST   | /api/registries                         | {                                    | 400 |              | not JSON
                    POST   | /api/registries                         | []                                   | 400 |              | JSON object
                    POST   | /api/registries                         | null                                 | 400 |              | JSON object
                    POST   | /api/registries                         | ``                                   | 400 |              | JSON
                    POST   | /api/registries                         | {}                                   | 422 | name         | missing
                    POST   | /api/registries                         | {"name":"x","colour":"red"}          | 422 | colour       | no field
                    POST   | /api/registries                         | {"name":"x","registry_type":"oci","url":"https://a.example","credential":{"type":"basic","access_key":"k","user":"u"}} | 422 | credential.user | no field
                    POST   | /api/registries                         | {"name":7}                           | 422 | name         | wrong type
                    POST   | /api/registries                         | {"name":"x","registry_type":"nope","url":"https://a.example"} | 422 | registry_type | no adapter
                    POST   | /api/registries                         | {"name":"x","registry_type":"oci","url":"not a url"} | 422 | url | URL
                    POST   | /api/registries                         | {"name":"x","registry_type":"oci","url":"a.example"} | 422 | url | scheme
                    POST   | /api/registries                         | {"name":"x","registry_type":"oci","url":"ftp://a.example"} | 422 | url | http
                    POST   | /api/registries                         | {"name":"x","registry_type":"oci","url":"https://u:hunter2@a.example"} | 422 | url | user or password
                    POST   | /api/registries                         | {"name":"x","registry_type":"oci","url":"https://a.example:99999"} | 422 | url | port 99999; a port is a number from 1 to 65535
                    POST   | /api/registries                         | {"name":"x","registry_type":"oci","url":"https://a.example:0/v2"} | 422 | url | port 0
                    POST   | /api/registries                         | {"name":"x","registry_type":"oci","url":"https://a.example:123456789012"} | 422 | url | port 123456789012
                    POST   | /api/registries                         | {"name":"x","registry_type":"oci","url":"https://","force":true} | 422 | url | not a URL
                    POST   | /api/registries                         | {"name":"x","registry_type":"oci","url":"https:///v2/","force":true} | 422 | url | names no host
                    POST   | /api/registries                         | {"name":"x","registry_type":"oci","url":"https://straße.example","force":true} | 422 | url | xn--
                    POST   | /api/registries                         | {"name":"x","registry_type":"oci","url":"https://a.example","proxy_url":"http://p:99999","force":true} | 422 | proxy_url | port 99999
                    POST   | /api/registries                         | {"name":"x","registry_type":"oci","url":"https://a.example","proxy_url":"http://u:p@p:3128","force":true} | 422 | proxy_url | user or password
                    POST   | /api/registries/ping                    | {"name":"x","registry_type":"oci","url":"https://a.example:99999"} | 422 | url | port 99999
                    POST   | /api/registries                         | {"name":"x","registry_type":"oci","url":"http://my_registry.invalid:5000"} | 422 | url | the name my_registry.invalid cannot be resolved
                    POST   | /api/registries                         | {"name":"x","registry_type":"oci","url":"http://bücher.invalid:5000"} | 422 | url | the name xn--bcher-kva.invalid cannot be resolved
                    POST   | /api/subscriptions                      | {"name":"x","type":"slack","events":["execution.failed"],"url":"https://my_hook.example/x"} | 422 | url | the host my_hook.example cannot be called
                    POST   | /api/subscriptions                      | {"name":"x","type":"slack","events":["execution.failed"],"url":"https://a.example:99999/x"} | 422 | url | port 99999
                    POST   | /api/subscriptions                      | {"name":"x","type":"cloudevents","events":["execution.failed"],"url":"https://u:p@a.example/x"} | 422 | url | user or password
                    POST   | /api/registries                         | {"name":"x","registry_type":"layout","url":"layout:../../etc"} | 422 | url | .
                    POST   | /api/registries                         | {"name":"x","registry_type":"oci","url":"https://a.example","ca_certificate":"rubbish"} | 422 | ca_certificate | certificate
                    POST   | /api/registries                         | {"name":"x","registry_type":"oci","url":"https://a.example","proxy_url":"socks://p"} | 422 | proxy_url | proxy
                    POST   | /api/registries                         | {"name":"x","registry_type":"oci","url":"https://a.example","credential":{"type":"kerberos"}} | 422 | credential.type | none, basic or oauth
                    POST   | /api/registries                         | {"name":"x","registry_type":"oci","url":"https://a.example","credential":{"type":"basic","access_key":"u"}} | 422 | credential.access_secret | missing
                    POST   | /api/registries                         | {"name":"x","registry_type":"oci","url":"http://127.0.0.1:1"} | 422 | url | refuses the connection
                    POST   | /api/registries                         | {"name":"here","registry_type":"layout","url":"layout:x"} | 409 | | here
                    POST   | /api/registries/ping                    | {"name":"x"}                         | 422 | registry_type | missing
                    GET    | /api/replication/adapters/nope          |                                      | 404 |              | there is no adapter nope
                    GET    | /api/replication/policies/4711          |                                      | 404 |              | there is no policy 4711
                    PUT    | /api/replication/policies/4711          | {"name":"x","src_registry_id":1,"dest_registry_id":2} | 404 | | there is no policy 4711
                    DELETE | /api/replication/policies/4711          |                                      | 404 |              | there is no policy 4711
                    POST   | /api/replication/policies               | {"name":"x"}                         | 422 | src_registry_id | missing
                    POST   | /api/replication/policies               | {"name":"x","src_registry_id":"one","dest_registry_id":2} | 422 | src_registry_id | wrong type
                    POST   | /api/replication/policies               | {"name":"x","src_registry_id":4711,"dest_registry_id":2} | 422 | src_registry_id | no registry 4711
                    POST   | /api/replication/policies               | {"name":"x","src_registry_id":1,"dest_registry_id":4711} | 422 | dest_registry_id | no registry 4711
                    POST   | /api/replication/policies               | {"name":"x","src_registry_id":1,"dest_registry_id":1} | 422 | dest_namespace | same registry
                    POST   | /api/replication/policies               | {"name":"taken","src_registry_id":1,"dest_registry_id":2} | 409 | | taken
                    POST   | /api/replication/policies               | {"name":"x","src_registry_id":1,"dest_registry_id":2,"filters":[{"type":"name","value":"a["}]} | 422 | filters[0].value | not closed
                    POST   | /api/replication/policies               | {"name":"x","src_registry_id":1,"dest_registry_id":2,"filters":[{"type":"tag","value":"**"},{"type":"colour","value":"a"}]} | 422 | filters[1].type | tag_semver or resource
                    POST   | /api/replication/policies               | {"name":"x","src_registry_id":1,"dest_registry_id":2,"filters":[{"type":"name","value":"a","decoration":"maybe"}]} | 422 | filters[0].decoration | excludes
                    POST   | /api/replication/policies               | {"name":"x","src_registry_id":1,"dest_registry_id":2,"filters":[{"type":"resource","value":"chart"}]} | 422 | filters[0].value | do not carry
                    POST   | /api/replication/policies               | {"name":"x","src_registry_id":1,"dest_registry_id":2,"src_namespaces":["a//b"]} | 422 | src_namespaces[0] | namespace
                    POST   | /api/replication/policies               | {"name":"x","src_registry_id":1,"dest_registry_id":2,"dest_namespace":"Upper"} | 422 | dest_namespace | lower-case
                    POST   | /api/replication/policies               | {"name":"x","src_registry_id":1,"dest_registry_id":2,"triggers":[{"type":"scheduled","trigger_settings":{"cron":"0 0 31 2 *"}}]} | 422 | triggers[0].trigger_settings.cron | no date matches
                    POST   | /api/replication/policies               | {"name":"x","src_registry_id":1,"dest_registry_id":2,"triggers":[{"type":"scheduled","trigger_settings":{"cron":"@daily","time_zone":"Mars"}}]} | 422 | triggers[0].trigger_settings.time_zone | no time zone
                    POST   | /api/replication/policies               | {"name":"x","src_registry_id":1,"dest_registry_id":2,"triggers":[{"type":"scheduled","trigger_settings":{"cron":"@daily","misfire":"x"}}]} | 422 | triggers[0].trigger_settings.misfire | must be one of
                    POST   | /api/replication/policies               | {"name":"x","src_registry_id":1,"dest_registry_id":2,"triggers":[{"type":"scheduled","trigger_settings":{"cron":"@daily","spread_seconds":86401}}]} | 422 | triggers[0].trigger_settings.spread_seconds | from 0
                    POST   | /api/replication/policies               | {"name":"x","src_registry_id":1,"dest_registry_id":2,"triggers":[{"type":"scheduled","trigger_settings":{"cron":"every day"}}]} | 422 | triggers[0].trigger_settings.cron | cron
                    POST   | /api/replication/policies               | {"name":"x","src_registry_id":1,"dest_registry_id":2,"triggers":[{"type":"event","trigger_settings":{"cron":"@daily"}}]} | 422 | triggers[0].trigger_settings.cron | reconcile
                    POST   | /api/replication/policies               | {"name":"x","src_registry_id":1,"dest_registry_id":2,"override":"perhaps"} | 422 | override | wrong type
                    POST   | /api/replication/executions             | {}                                   | 422 | policy_id    | missing
                    POST   | /api/replication/executions             | {"policy_id":1,"policy":{}}          | 422 | policy       | not both
                    POST   | /api/replication/executions             | {"policy":{"src_registry_id":4711,"dest_registry_id":4712}} | 422 | src_registry_id | no registry 4711
                    POST   | /api/replication/executions             | {"policy_id":4711}                   | 422 | policy_id    | no policy 4711
                    GET    | /api/replication/executions/4711        |                                      | 404 |              | there is no execution 4711
                    PUT    | /api/replication/executions/4711        | {"operation":"stop"}                 | 404 |              | there is no execution 4711
                    PUT    | /api/replication/executions/4711        | {"operation":"explode"}              | 422 | operation    | explode
                    PUT    | /api/replication/executions/4711        | {"operation":"pause"}                | 404 |              | no execution 4711
                    PUT    | /api/replication/executions/4711        | {"operation":"hop"}                  | 422 | operation    | must be one of [stop, pause, resume, retry]
                    PUT    | /api/replication/executions/4711        | {"operation":"stop","rerun":true}    | 422 | rerun        | rerun is valid only with the operation retry
                    PUT    | /api/replication/executions/4711/tasks/1 | {"operation":"retry"}               | 404 |              | no execution 4711
                    PUT    | /api/replication/executions/4711/tasks/1 | {"operation":"retry","rerun":true}  | 422 | rerun        | whole execution
                    POST   | /api/replication/executions/4711/notifications | {"task_id":1,"attempt":1,"status":"succeeded"} | 404 |  | no task 1
                    POST   | /api/replication/executions/4711/notifications | {"task_id":1,"status":"succeeded"} | 422 | attempt | counts from 1
                    POST   | /api/replication/executions/4711/notifications | {"task_id":1,"attempt":1,"status":"running"} | 422 | status | succeeded, failed, stopped or skipped
                    POST   | /api/replication/executions/4711/notifications | {"task_id":1,"attempt":1,"status":"failed","artifacts":[{"result":"failed"}]} | 422 | artifacts[0].reference | is missing
                    POST   | /api/replication/policies               | {"name":"x","src_registry_id":1,"dest_registry_id":2,"priority":101} | 422 | priority | from -100 to 100
                    POST   | /api/replication/policies               | {"name":"x","src_registry_id":1,"dest_registry_id":2,"overlap":"maybe"} | 422 | overlap | must be one of
                    POST   | /api/replication/policies               | {"name":"x","src_registry_id":1,"dest_registry_id":2,"max_tasks":-1} | 422 | max_tasks | from 0
                    POST   | /api/replication/policies               | {"name":"x","src_registry_id":1,"dest_registry_id":2,"foreign_layers":"some"} | 422 | foreign_layers | must be one of [skip_bytes, copy, skip_image]
                    POST   | /api/registries                         | {"name":"x","registry_type":"oci","url":"http://h","max_tasks":-1} | 422 | max_tasks | from 0
                    POST   | /api/registries                         | {"name":"x","registry_type":"oci","url":"http://h","bandwidth":{"bytes_per_second":1023}} | 422 | bandwidth.bytes_per_second | from 1024
                    POST   | /api/replication/policies               | {"name":"x","src_registry_id":1,"dest_registry_id":2,"bandwidth":{"windows":[{"from":"8:00","to":"18:00"}]}} | 422 | bandwidth.windows[0].from | 00:00 to 23:59
                    PUT    | /api/replication/bandwidth              | {                                    | 400 |              | not JSON
                    PUT    | /api/replication/bandwidth              | {"bytes_per_second":-5}              | 422 | bytes_per_second | from 1024
                    PUT    | /api/replication/bandwidth              | {"speed":5}                          | 422 | speed        | no field
                    PUT    | /api/replication/bandwidth              | {"windows":[null]}                   | 422 | windows[0]   | from, to
                    PUT    | /api/replication/bandwidth              | {"windows":[{"from":"08:00"}]}       | 422 | windows[0].to | missing
                    PUT    | /api/replication/bandwidth              | {"windows":[{"from":"08:00","to":"24:00"}]} | 422 | windows[0].to | 23:59
                    PUT    | /api/replication/bandwidth              | {"windows":[{"from":"08:00","to":"18:00","days":["mon","Tue"]}]} | 422 | windows[0].days[1] | mon, tue
                    PUT    | /api/replication/bandwidth              | {"windows":[{"from":"08:00","to":"18:00","days":["mon","mon"]}]} | 422 | windows[0].days | twice
                    PUT    | /api/replication/bandwidth              | {"windows":[{"from":"08:00","to":"18:00","time_zone":"Mars"}]} | 422 | windows[0].time_zone | Mars
                    PUT    | /api/replication/bandwidth              | {"windows":[{"from":"08:00","to":"18:00","bytes_per_second":1}]} | 422 | windows[0].bytes_per_second | from 1024
                    GET    | /api/replication/executions/4711/logs   |                                      | 404 |              | there is no execution 4711
                    GET    | /api/replication/executions/4711/logs/1 |                                      | 404 |              | there is no task 1
                    GET    | /api/replication/executions?status=odd  |                                      | 422 | status       | odd
                    GET    | /api/replication/executions?since=now   |                                      | 422 | since        | time
                    GET    | /api/replication/executions?policy_id=a |                                      | 422 | policy_id    | whole number
                    POST   | /api/registries                         | {"name":"x","description":"a\\u0000b","registry_type":"layout","url":"layout:x"} | 400 | | NUL
                    GET    | /api/registries?q=%00                   |                                      | 422 | q            | NUL
                    GET    | /api/nowhere                            |                                      | 404 |              | .
                    DELETE | /api/replication/adapters               |                                      | 405 |              | .
                    """)
    void is_refused_with_the_reason(String method, String path, String body, int status, String field, String detail) {
        String before = everything();

        Api.Reply reply = this.api.send(method, path.replace("REGISTRY", String.valueOf(this.registry)), body)
            .expect(status);

        JsonNode problem = reply.json();
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asText()).isNotBlank();
        assertThat(problem.path("detail").asText())
            .containsPattern("(?i)" + (".".equals(detail) ? "." : java.util.regex.Pattern.quote(detail)));
        assertThat(problem.path("field").asText("")).isEqualTo((field != null) ? field : "");
        assertThat(reply.body()).doesNotContain("hunter2");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void a_body_that_is_too_large_is_refused() {
        Api.Reply reply = this.api.post("/api/registries", "{\"name\": \"" + "x".repeat(2 << 20) + "\"}");

        assertThat(reply.expect(413).header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void a_body_that_is_nested_too_deep_is_refused_by_every_operation() {
        List<String> asked = new ArrayList<>();
        this.api.get("/api/openapi.json").expect(200).json().get("paths").properties().forEach((path) -> {
            for (String method : List.of("post", "put")) {
                if (path.getValue().at("/" + method).has("requestBody")) {
                    String address = path.getKey().replaceAll("\\{[^}]*}", "1");
                    JsonNode problem = this.api
                        .send(method.toUpperCase(Locale.ROOT), address,
                                "{\"x\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}")
                        .expect(400)
                        .json();
                    assertThat(problem.get("detail").asText()).as(address).contains("nesting depth (33)");
                    asked.add(address);
                }
            }
        });
        assertThat(asked).hasSizeGreaterThan(10);
    }

    @Test
    void nobody_gets_in_without_the_password() {
        assertThat(this.api.anonymous("/api/registries").expect(401).json().get("status").asInt()).isEqualTo(401);
        assertThat(this.drayage.api("wrong").get("/api/registries").status()).isEqualTo(401);
        assertThat(this.api.anonymous("/api/openapi.json").status()).isEqualTo(401);
        assertThat(this.api.anonymous("/actuator/health/liveness").status()).isEqualTo(200);
    }

    @Test
    void a_disabled_policy_is_not_started() {
        Map<String, Object> disabled = Map.of("name", "taken", "src_registry_id", this.registry, "dest_registry_id",
                this.registry + 1, "enabled", false);
        this.api.put("/api/replication/policies/" + this.policy, disabled).expect(200);

        this.api.post("/api/replication/executions", Map.of("policy_id", this.policy)).expect(409);
    }

    private String everything() {
        return this.api.get("/api/registries").body().replaceAll("\"status[^,]*,", "")
                + this.api.get("/api/replication/policies").body() + this.api.get("/api/replication/executions").body();
    }

}
