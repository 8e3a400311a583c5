package e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.Command;
import fixtures.DrayageProcess;
import fixtures.Images;
import fixtures.Page;
import fixtures.Site;
import fixtures.vendors.AliyunFront;
import fixtures.vendors.HuaweiFront;
import fixtures.vendors.SignedFront;
import fixtures.vendors.TencentFront;
import fixtures.vendors.VolcengineFront;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples on the pages of the clouds whose APIs are signed run as they stand, but
 * for hosts and keys. The registry and its API are at a host that the operator has added.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignedCloudsTest {

    private final Path folder;

    private final Site central = Site.start();

    private final Map<String, SignedFront> fronts = Map.of("aliyun-acr", new AliyunFront(), "huawei-swr",
            new HuaweiFront(), "tencent-tcr", new TencentFront(), "volcengine-cr", new VolcengineFront());

    private final DrayageProcess drayage;

    private final Api api;

    SignedCloudsTest(@TempDir Path folder) {
        this.folder = folder;
        this.drayage = DrayageProcess.start(folder.resolve("home"),
                Map.of("DRAYAGE_QUICKSTART", "false", "DRAYAGE_ADMIN_PASSWORD", DrayageProcess.PASSWORD,
                        "DRAYAGE_ADAPTER_HOSTS",
                        String.join(",",
                                this.fronts.keySet()
                                    .stream()
                                    .map((identity) -> identity + "=http://127.0.0.1:{port}")
                                    .toList())));
        this.api = this.drayage.api();
        this.central.push("team/app", "v1", Images.image(1, 2000));
        this.central.push("team/app", "v2", Images.image(2, 2000));
        this.central.push("team/app", "latest", Images.image(2, 2000));
        this.central.push("team/web", "v1", Images.image(3, 2000));
    }

    @AfterAll
    void stop() {
        this.drayage.close();
        this.central.close();
        this.fronts.values().forEach(SignedFront::close);
        assertThat(this.drayage.log()).doesNotContain(SignedFront.SECRET, "login-1", "token-1");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({ "aliyun-acr, https://acme-registry.cn-hangzhou.cr.aliyuncs.com, LTAIexample, ALIYUN_SECRET_KEY",
            "huawei-swr, https://swr.cn-north-4.myhuaweicloud.com, HPUAexample, HUAWEI_SECRET_KEY",
            "tencent-tcr, https://acme.tencentcloudcr.com, AKIDexample, TCR_SECRET_KEY",
            "volcengine-cr, https://acme-cn-beijing.cr.volces.com, AKLTexample, VOLCENGINE_SECRET_KEY" })
    void the_example_of_the_page_runs(String identity, String url, String key, String variable) throws IOException {
        SignedFront front = this.fronts.get(identity);
        Page page = Page.of("docs/adapters/" + identity + ".md");
        Map<String, String> replaced = Map.of(url, front.url(), key, SignedFront.ID, "https://registry.example.com",
                this.central.url().toString(), "name\": \"central\"", "name\": \"central of " + identity + "\"",
                "name: central", "name: central of " + identity, "source\": \"central\"",
                "source\": \"central of " + identity + "\"", "source: central", "source: central of " + identity);
        assertThat(apply(page.block("json", 1), "json", replaced, variable)).contains("3 created");
        assertThat(apply(page.block("yaml", 1), "yaml", replaced, variable)).startsWith("nothing changed");

        long policy = StreamSupport
            .stream(this.api.get("/api/replication/policies").expect(200).json().spliterator(), false)
            .filter((each) -> each.get("name")
                .asText()
                .equals("to-" + identity.replaceFirst("-.*", "").replace("aliyun", "alibaba")))
            .findFirst()
            .orElseThrow()
            .get("id")
            .asLong();
        assertThat(run(policy)).isEqualTo("succeeded: 3 copied, 0 unchanged, 0 deleted");
        assertThat(front.created).containsOnlyKeys("acme/app", "acme/web");
        assertThat(front.digests("acme/app")).containsOnlyKeys("v1", "v2");
        long manifests = front.registryRequests("", "/manifests/");
        assertThat(run(policy)).isEqualTo("succeeded: 0 copied, 3 unchanged, 0 deleted");
        assertThat(front.registryRequests("", "/manifests/")).as("requests for manifests").isEqualTo(manifests);

        this.central.push("team/app", "v0", Images.image(9, 2000));
        assertThat(run(policy)).isEqualTo("succeeded: 1 copied, 3 unchanged, 0 deleted");
        this.central.delete("team/app", "v0");
        assertThat(run(policy)).isEqualTo("succeeded: 0 copied, 3 unchanged, 1 deleted");
        assertThat(front.digests("acme/app")).containsOnlyKeys("v1", "v2");
        assertThat(front.mistakes).isEmpty();
    }

    private String apply(String document, String ending, Map<String, String> replaced, String variable)
            throws IOException {
        String mine = document;
        for (Map.Entry<String, String> each : replaced.entrySet()) {
            mine = mine.replace(each.getKey(), each.getValue());
        }
        Path file = Files.writeString(this.folder.resolve("page." + ending), mine);
        return Command
            .run(Map.of("DRAYAGE_URL", "http://127.0.0.1:" + this.drayage.port(), "DRAYAGE_PASSWORD",
                    DrayageProcess.PASSWORD, variable, SignedFront.SECRET), "policies", "apply", "-f", file.toString())
            .expect(0)
            .out();
    }

    private String run(long policy) {
        JsonNode ended = this.api.run(policy);
        JsonNode artifacts = ended.get("artifacts");
        return "%s: %s copied, %s unchanged, %s deleted".formatted(ended.get("status").asText(),
                artifacts.get("copied"), artifacts.get("unchanged"), artifacts.get("deleted"));
    }

}
