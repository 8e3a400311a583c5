package app.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import org.springframework.boot.context.properties.bind.DefaultValue;
import replication.registry.UrlForm;

/**
 * What adapters may use.
 *
 * @param hosts further hosts that an adapter's registries may be at, and that get what
 * the vendor's cloud issues, such as {@code aws-ecr=https://ecr.example.com}
 * @param awsProfiles the profiles of AWS's configuration that a registry may name
 * @param dockerConfig the file of {@code docker login} whose logins a registry may use;
 * empty if it may use none
 * @param credentialHelpers the credential helpers that this file may have run, by their
 * names, such as {@code ecr-login}
 */
public record AdapterSettings(@DefaultValue List<String> hosts, @DefaultValue Set<String> awsProfiles,
        @DefaultValue("") String dockerConfig, @DefaultValue Set<String> credentialHelpers) {

    private static final Pattern HOST = Pattern.compile("([a-z0-9-]+)=(https?://[^=/]+)");

    public AdapterSettings {
        hosts = List.copyOf(hosts);
        awsProfiles = Set.copyOf(awsProfiles);
        credentialHelpers = Set.copyOf(credentialHelpers);
        if (!dockerConfig.isBlank() && !Files.isReadable(Path.of(dockerConfig))) {
            throw new IllegalArgumentException(
                    "drayage.adapters.docker-config: there is no file %s that can be read".formatted(dockerConfig));
        }
        hosts.forEach(AdapterSettings::parse);
    }

    /** The forms of the hosts' URLs, by the adapter's identity. */
    public Map<String, List<UrlForm>> forms() {
        return this.hosts.stream()
            .map(AdapterSettings::parse)
            .collect(Collectors.groupingBy((host) -> host.group(1), TreeMap::new,
                    Collectors.mapping((host) -> new UrlForm(host.group(2)), Collectors.toList())));
    }

    private static Matcher parse(String text) {
        Matcher host = HOST.matcher(text.strip());
        if (!host.matches()) {
            throw new IllegalArgumentException(
                    "drayage.adapters.hosts is written adapter=https://host, with {name} for any label of a host's name, but has "
                            + text);
        }
        return host;
    }

}
