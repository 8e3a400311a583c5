package oci.model;

import java.net.URI;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RegistryAddressTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(textBlock = """
            https://h.example,            h.example:443
            https://h.example/,           h.example:443
            https://h.example//,          h.example:443
            HTTPS://H.Example,            h.example:443
            https://h.example:443/,       h.example:443
            https://h.example:0443/,      h.example:443
            https://h.example:/,          h.example:443
            https://h.example./,          h.example:443
            http://h.example:443,         h.example:443
            http://h.example,             h.example:80
            https://h.example:80,         h.example:80
            https://h.example/a/b/,       h.example:443/a/b
            https://h.example//a///b,     h.example:443/a/b
            https://h.example/a/./c/../b, h.example:443/a/b
            https://h.example/%61/b,      h.example:443/a/b
            https://h.example/A/b,        h.example:443/A/b
            https://h.example/v2,         h.example:443/v2
            http://under_score:5000/,     under_score:5000
            http://Under_Score:5000,      under_score:5000
            https://bücher.example/,      xn--bcher-kva.example:443
            https://[::1]/,               [0:0:0:0:0:0:0:1]:443
            https://[0:0::0:1]:443,       [0:0:0:0:0:0:0:1]:443
            https://[2001:DB8::5]:5000/,  [2001:db8:0:0:0:0:0:5]:5000
            layout:exports,               layout:exports
            layout:exports/,              layout:exports
            layout:./exports//a,          layout:exports/a
            file:///srv/images,           file:///srv/images
            file:/srv/images/,            file:///srv/images
            file://localhost/srv//images, file:///srv/images
            """)
    void one_place_has_one_text(String url, String text) {
        assertThat(RegistryAddress.of(URI.create(url)).text()).isEqualTo(text);
    }

}
