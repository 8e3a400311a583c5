package oci.model;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WebUrlTest {

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '\'', textBlock = """
            http://my_registry:5000/v2/ -> http://my_registry:5000/v2/
            https://-a.example -> https://-a.example
            HTTPS://R.Example:443 -> https://r.example:443
            https://r.example:/a -> https://r.example/a
            https://bücher.example/ü -> https://xn--bcher-kva.example/%C3%BC
            https://例え.テスト:8443/v2/ -> https://xn--r8jz45g.xn--zckzah:8443/v2/
            http://[::1]:5000/v2/ -> http://[::1]:5000/v2/
            http://[FE80::1] -> http://[fe80::1]
            https://r.example?a=b -> https://r.example?a=b
            https://r.example/a|b{c}"d?x=|{"^`\\<> -> https://r.example/a|b{c}"d?x=|{"^`\\<>
            https://r.example/%7c?sig=a%2Fb+c%zz&= -> https://r.example/%7c?sig=a%2Fb+c%zz&=
            'https://r.example/a b?c d#fragment' -> https://r.example/a%20b?c%20d
            '  https://r.example/a\u0007  ' -> https://r.example/a%07
            https://r.example/x?s=😀 -> https://r.example/x?s=%F0%9F%98%80
            """)
    void a_url_is_sent_as_it_came(String text, String sent) {
        assertThat(WebUrl.parse(text.replace("\\u0007", "\u0007"))).hasToString(sent);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", textBlock = """
            https://r.example:99999/v2/ -> has the port 99999; a port is a number from 1 to 65535
            https://r.example:0 -> has the port 0; a port is a number from 1 to 65535
            https://r.example:-1 -> has the port -1; a port is a number from 1 to 65535
            https://r.example:8o80 -> has the port 8o80; a port is a number from 1 to 65535
            https://r.example:123456789012345 -> has the port 123456789012345; a port is a number from 1 to 65535
            https://r.example:1:2 -> has the port 1:2; a port is a number from 1 to 65535
            file:///etc/passwd -> is neither http nor https
            r.example -> is neither http nor https
            javascript:alert(1) -> is neither http nor https
            https:r.example -> names no host
            https:///v2/ -> names no host
            https://:5000/ -> names no host
            https://joe@r.example/ -> holds a user or password, which belong in a credential
            https://r.example\\@evil.example/ -> holds a user or password, which belong in a credential
            https://r%2Eexample/ -> has no host name in the place of one
            https://r example/ -> has no host name in the place of one
            https://r.example\\evil/ -> has no host name in the place of one
            https://r.example／evil/ -> has no host name in the place of one
            https://[::1/ -> has no IPv6 address in its brackets
            https://[r.example]/ -> has no IPv6 address in its brackets
            https://straße.example/ -> has a host that stands for two names; write it in its xn-- form
            """)
    void what_is_no_url_is_told(String text, String why) {
        assertThatExceptionOfType(WebUrl.Malformed.class).isThrownBy(() -> WebUrl.parse(text.replace("\\\\", "\\")))
            .withMessage(why);
    }

    @Test
    void a_name_longer_than_dns_has_is_no_host() {
        assertThatExceptionOfType(WebUrl.Malformed.class).isThrownBy(() -> WebUrl.parse("https://" + "a.".repeat(200)));
        assertThatExceptionOfType(WebUrl.Malformed.class).isThrownBy(() -> WebUrl.parse("https://" + "ü".repeat(200)));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '\'', textBlock = """
            /up/1?_state={"a":|} -> https://r.example:5000/up/1?_state={"a":|}
            ?_state=x -> https://r.example:5000/v2/lib/uploads/?_state=x
            abc -> https://r.example:5000/v2/lib/uploads/abc
            ../abc?x=/../ -> https://r.example:5000/v2/lib/abc?x=/../
            ./ -> https://r.example:5000/v2/lib/uploads/
            ../../../../.. -> https://r.example:5000/
            a/../b/. -> https://r.example:5000/v2/lib/uploads/b/
            /a/../b -> https://r.example:5000/a/../b
            //cdn.example/x -> https://cdn.example/x
            http://cdn.example -> http://cdn.example
            abc/sha256:1 -> https://r.example:5000/v2/lib/uploads/abc/sha256:1
            '' -> https://r.example:5000/v2/lib/uploads/?from=here
            #end -> https://r.example:5000/v2/lib/uploads/?from=here
            """)
    void a_reference_leads_on(String reference, String to) {
        assertThat(WebUrl.parse("https://r.example:5000/v2/lib/uploads/?from=here").resolve(reference)).hasToString(to);
    }

    @Test
    void a_reference_that_leads_elsewhere_than_to_http_is_refused() {
        WebUrl from = WebUrl.parse("https://r.example");
        assertThatExceptionOfType(WebUrl.Malformed.class).isThrownBy(() -> from.resolve("file:///etc/passwd"));
        assertThatExceptionOfType(WebUrl.Malformed.class).isThrownBy(() -> from.resolve("//a@b/"));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", textBlock = """
            https://r.example -> https://r.example?digest=d
            https://r.example/up? -> https://r.example/up?digest=d
            https://r.example/up?s=a|b -> https://r.example/up?s=a|b&digest=d
            """)
    void a_parameter_is_added_to_what_came(String before, String after) {
        assertThat(WebUrl.parse(before).and("digest=d")).hasToString(after);
    }

}
