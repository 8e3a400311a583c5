package adapters.aws;

import java.util.List;
import java.util.stream.Stream;

/** The domains of AWS's hosts. */
final class AwsHosts {

    private static final List<String> DOMAINS = List.of("amazonaws.com", "amazonaws.com.cn", "amazonaws.eu");

    private AwsHosts() {
    }

    /** The forms of URLs of these hosts in all domains. */
    static List<String> of(String... hosts) {
        return Stream.of(hosts)
            .flatMap((host) -> DOMAINS.stream().map((domain) -> "https://" + host + "." + domain))
            .toList();
    }

}
