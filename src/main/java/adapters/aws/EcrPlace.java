package adapters.aws;

import java.net.URI;
import java.util.Optional;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import replication.Refusal;
import replication.registry.Registry;
import replication.registry.Setting;

/**
 * Where a private registry is.
 *
 * @param account twelve digits; empty for the credential's own
 * @param api where ECR's API is
 */
record EcrPlace(String account, String region, URI api) {

    private static final Pattern HOST = Pattern
        .compile("([0-9]{12})\\.dkr([.-])ecr(-fips)?\\.([a-z0-9-]+)\\.((?:on\\.)?(amazonaws\\.[a-z.]+|[a-z.]+))");

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{2,40}");

    static final Setting ACCOUNT = Setting.text("account", "the account, if the URL does not name it").optional();

    static final Setting REGION = Setting.text("region", "the region, if the URL does not name it").optional();

    static final Setting API = Setting
        .url("api", "where ECR's API is, if not at its usual host",
                AwsHosts.of("api.ecr.{region}", "api.ecr-fips.{region}", "{endpoint}.api.ecr.{region}.vpce"))
        .optional();

    static EcrPlace of(Registry registry) {
        String host = Optional.ofNullable(registry.url().getHost()).orElse("");
        Matcher named = HOST.matcher(host);
        boolean usual = named.matches();
        String account = first(ACCOUNT.text(registry), usual ? named.group(1) : "");
        String region = first(REGION.text(registry), usual ? named.group(4) : "");
        String api = first(API.text(registry), usual ? api(named) : "");
        if (region.isEmpty()) {
            throw missing("region");
        }
        if (!NAME.matcher(region).matches()) {
            throw new Refusal.Invalid("settings.region", "settings.region is no region's name, such as eu-central-1");
        }
        if (api.isEmpty()) {
            throw missing("api");
        }
        return new EcrPlace(account, region, URI.create(api));
    }

    /** As the SDK's rules for endpoints have it. */
    private static String api(Matcher host) {
        String fips = Optional.ofNullable(host.group(3)).orElse("");
        String region = host.group(4);
        String domain = host.group(5);
        return host.group(2).equals(".") ? "https://api.ecr%s.%s.%s".formatted(fips, region, domain)
                : "https://ecr%s.%s.api.%s".formatted(fips, region, domain.substring("on.".length()));
    }

    private static String first(String given, String otherwise) {
        return given.isEmpty() ? otherwise : given;
    }

    private static Refusal missing(String setting) {
        return new Refusal.Invalid("settings." + setting,
                "settings.%s is missing, which the URL of this registry does not name".formatted(setting));
    }

}
