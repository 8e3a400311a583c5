package adapters.signed;

import java.util.List;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import fixtures.Images;
import fixtures.PythonTools;
import fixtures.vendors.AliyunFront;
import fixtures.vendors.HuaweiFront;
import fixtures.vendors.SignedFront;
import fixtures.vendors.TencentFront;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The clouds' own SDKs for Python speak to the fakes that the adapters are tested with,
 * so that a fake is not a mirror of our reading. Each signs as its cloud wants it.
 */
@Tag("interop")
@Timeout(600)
class SignedInteropTest {

    @Test
    void tencent_s_speaks_to_the_fake_of_tcr() {
        PythonTools sdk = PythonTools.of("tencent");
        try (TencentFront front = new TencentFront()) {
            hold(front, "team/app");
            assertThat(sdk.script("tcr.py", host(front.apiUrl()), SignedFront.ID, SignedFront.SECRET, host(front.url()))
                .lines()).containsExactly("True True True", "True", "InvalidParameter.ErrNamespaceExist", "True",
                        "['sdk', 'team']", "['sdk/app', 'team/app']", "3 ['v1', 'v2'] True", "3 ['v3'] True", "True",
                        "['v2', 'v3']", "ResourceNotFound.ErrNoRepo", "AuthFailure.SignatureFailure");
            assertThat(front.mistakes).isEmpty();
        }
    }

    @Test
    void alibaba_s_speak_to_the_fake_of_acr() {
        PythonTools sdk = PythonTools.of("alibaba");
        try (AliyunFront front = new AliyunFront()) {
            hold(front, "team/app");
            assertThat(sdk.script("acr.py", host(front.apiUrl()), SignedFront.ID, SignedFront.SECRET).lines())
                .containsExactly("True True True", "True", "True", "['sdk', 'team']", "[('team', 'app')]", "True",
                        "3 ['v1', 'v2'] True", "3 ['v3'] True", "True", "2", "False REPO_NOT_EXIST",
                        "SignatureDoesNotMatch", "personal");
            assertThat(front.mistakes).isEmpty();
        }
    }

    @Test
    void huawei_s_speaks_to_the_fake_of_swr() {
        PythonTools sdk = PythonTools.of("huawei");
        try (HuaweiFront front = new HuaweiFront()) {
            hold(front, "team/deep/app");
            hold(front, "team/web");
            assertThat(sdk.script("swr.py", host(front.apiUrl()), SignedFront.ID, SignedFront.SECRET).lines())
                .containsExactly("['cn-north-4@AKIDcanary']", "['sdk']", "[('sdk', 'deep/app'), ('team', 'deep/app')]",
                        "[('team', 'web')]", "200", "True ['v1', 'v2'] True", "False ['v3'] True", "['v2', 'v3']",
                        "404 SVCSTG.SWR.4040030", "401 SVCSTG.SWR.4010000");
            assertThat(front.mistakes).isEmpty();
        }
    }

    @Test
    void volcengine_s_is_left_out() {
        Assumptions.abort("Volcengine's SDK for Python has 600 MB and is not installed: the fake of CR has been spoken "
                + "to by no SDK, and only its recorded request proves the signature");
    }

    private static void hold(SignedFront front, String repository) {
        front.created.put(repository, JsonNodeFactory.instance.objectNode());
        List.of("v1", "v2", "v3").forEach((tag) -> front.push(repository, tag, Images.image(tag.charAt(1), 10)));
    }

    private static String host(String url) {
        return url.substring("http://".length());
    }

}
