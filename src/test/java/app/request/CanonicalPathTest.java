package app.request;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** There is one way to write a path. */
class CanonicalPathTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /%61pi/webhooks/x            | needs no encoding
            /ap%69/webhooks/x            | needs no encoding
            /api/%77ebhooks/x            | needs no encoding
            /api/webhooks%2Fx            | encoded delimiter
            /api%2fregistries            | encoded delimiter
            /api/webhooks/%5Cx           | encoded delimiter
            /api/registries/1%3Bx        | encoded delimiter
            /%2561pi/registries          | encoded delimiter
            /api//registries             | empty segment
            //api/registries             | empty segment
            /api/./registries            | ends with a dot
            /api/../actuator/health      | ends with a dot
            /actuator/health/../../api/x | ends with a dot
            /api/registries/..           | ends with a dot
            /api./registries             | ends with a dot
            /api/%2e%2e/actuator         | needs no encoding
            /api/registries;v=1          | stands for something else
            /api;/registries             | stands for something else
            /api\\registries             | stands for something else
            /api/registries/a b          | stands for something else
            /api/registries/é            | stands for something else
            /api/registries/%00          | control character
            /api/registries/%0d%0aX      | control character
            /api/registries/%7F          | control character
            /api/registries/%            | two hexadecimal digits
            /api/registries/%4           | two hexadecimal digits
            /api/registries/%zz          | two hexadecimal digits
            /api/%C0%AFregistries        | not UTF-8
            /api/%FF                     | not UTF-8
            api/registries               | begin with /
            *                            | begin with /
            """)
    void another_one_is_told(String path, String fault) {
        assertThat(CanonicalPath.fault(path)).get().asString().contains(fault);
    }

    @ParameterizedTest
    @ValueSource(strings = { "/", "/api", "/api/", "/api/registries/1", "/api/webhooks/aB0-_~.x", "/api/a%20b",
            "/api/%C3%A9", "/api/a:b@c!$&'()*+,=", "/actuator/health/liveness", "/.well-known/x" })
    void this_one_has_no_fault(String path) {
        assertThat(CanonicalPath.fault(path)).isEmpty();
    }

}
