package oci.net;

import java.util.Map;

import oci.model.Credential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ProxyEnvironmentTest {

    @ParameterizedTest
    @CsvSource({ "HTTPS_PROXY, https, true", "https_proxy, https, true", "HTTP_PROXY, http, true",
            "http_proxy, http, true", "HTTPS_PROXY, http, false", "HTTP_PROXY, https, false", "ALL_PROXY, https, true",
            "all_proxy, http, true", "FTP_PROXY, https, false" })
    void a_variable_counts_for_its_scheme(String variable, String scheme, boolean counts) {
        ProxyEnvironment proxies = ProxyEnvironment.of(Map.of(variable, "http://proxy.example:3128"));
        assertThat(proxies.proxy(scheme, "registry.example", -1).isPresent()).isEqualTo(counts);
    }

    @Test
    void lower_case_comes_before_upper_case_and_a_schemes_own_before_that_for_all() {
        Map<String, String> variables = Map.of("https_proxy", "lower:1", "HTTPS_PROXY", "upper:1", "ALL_PROXY", "all:1",
                "http_proxy", "");
        ProxyEnvironment proxies = ProxyEnvironment.of(variables);
        assertThat(proxies.proxy("https", "registry.example", -1)).hasToString("Optional[http://lower:1]");
        assertThat(proxies.proxy("http", "registry.example", -1)).hasToString("Optional[http://all:1]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "proxy.example:3128 | http://proxy.example:3128 | ",
            "http://proxy.example | http://proxy.example:80 | ",
            "https://proxy.example/ | https://proxy.example:443 | ", "HTTP://10.0.0.1:8080/ | http://10.0.0.1:8080 | ",
            "http://[2001:db8::1]:3128 | http://[2001:db8::1]:3128 | ",
            "http://ann:pw@proxy.example:3128 | http://proxy.example:3128 | ann:pw",
            "ann:p%40ss%3Aw%25@proxy.example:3128 | http://proxy.example:3128 | ann:p@ss:w%",
            "http://ann:p#w/$$%zz?@pw@proxy.example | http://proxy.example:80 | ann:p#w/$$%zz?@pw",
            "http://ann@proxy.example | http://proxy.example:80 | ann:",
            "http://gr%C3%BCn:木@proxy.example | http://proxy.example:80 | grün:木" })
    void reads_a_proxy_as_others_write_it(String text, String address, String login) {
        HttpProxy proxy = HttpProxy.parse(text);
        assertThat(proxy).hasToString(address);
        assertThat(proxy.login().map(ProxyEnvironmentTest::text).orElse(null)).isEqualTo(login);
    }

    private static String text(Credential.Basic login) {
        return login.accessKey() + ":" + login.accessSecret().reveal();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "socks5://u:hidden-word@p:1 | names a proxy that speaks socks5; only those that speak http or https",
            "http://u:hidden-word@p:99999 | names a port that does not exist",
            "http://u:hidden-word@ | is no address of a proxy; it is written http://host:port",
            "http://u:hidden-word@p q | is no address of a proxy; it is written http://host:port" })
    void what_is_no_proxy_is_told_where_it_is_needed_and_not_shown(String text, String why) {
        ProxyEnvironment proxies = ProxyEnvironment.of(Map.of("HTTPS_PROXY", text, "NO_PROXY", "near.example"));
        assertThatExceptionOfType(UnusableSetting.class)
            .isThrownBy(() -> proxies.proxy("https", "registry.example", -1))
            .withMessageStartingWith("the variable HTTPS_PROXY " + why)
            .withMessageNotContaining("hidden-word");
        assertThat(proxies.proxy("https", "near.example", -1)).isEmpty();
        assertThat(proxies.proxy("http", "registry.example", -1)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "example.com | example.com | true", "example.com | a.b.example.com | true",
            "example.com | badexample.com | false", "example.com | example.com.org | false",
            ".example.com | a.example.com | true", ".example.com | example.com | false",
            "*.example.com | a.example.com | true", "*.example.com | example.com | false",
            "EXAMPLE.com | Example.COM | true", "example.com | example.com. | true",
            "example.com:5000 | example.com:5000 | true", "example.com:5000 | example.com | false",
            "example.com:443 | example.com | true", "example.com:5000 | a.example.com:5000 | true",
            "* | anything | true", "a, b.example c | b.example | true", "a, b.example c | c | true", "a,,b | d | false",
            " | example.com | false", "10.0.0.0/8 | 10.1.2.3 | true", "10.0.0.0/8 | 11.1.2.3 | false",
            "10.0.0.0/8 | ten.example | false", "192.168.1.128/25 | 192.168.1.129 | true",
            "192.168.1.128/25 | 192.168.1.127 | false", "0.0.0.0/0 | 8.8.8.8 | true", "10.0.0.0/33 | 10.0.0.1 | false",
            "10.0.0.0/x | 10.0.0.1 | false", "2001:db8::/32 | [2001:db8::1] | true",
            "2001:db8::/32 | [2001:db9::1] | false", "10.0.0.1 | 10.0.0.1 | true",
            "10.0.0.1:5000 | 10.0.0.1:5000 | true", "10.0.0.1:5000 | 10.0.0.1 | false",
            "[2001:db8::1]:5000 | [2001:db8::1]:5000 | true", "10.0.0.1 | 10.0.0.11 | false", "x | localhost | true",
            "x | 127.0.0.1:5000 | true", "x | 127.8.8.8 | true", "x | [::1]:5000 | true", "my_host | my_host | true" })
    void hosts_are_left_to_themselves(String rules, String host, boolean direct) {
        ProxyEnvironment proxies = ProxyEnvironment
            .of(Map.of("HTTPS_PROXY", "http://proxy.example:3128", "NO_PROXY", (rules != null) ? rules : ""));
        int port = host.matches("([^:\\[]+|\\[.*]):\\d+") ? Integer.parseInt(host.substring(host.lastIndexOf(':') + 1))
                : -1;
        String name = (port < 0) ? host : host.substring(0, host.lastIndexOf(':'));
        assertThat(proxies.proxy("https", name, port).isEmpty()).isEqualTo(direct);
    }

}
