package replication.event;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a sender posted, as it came. */
public final class HookDelivery {

    private final Map<String, String> headers;

    private final byte[] body;

    /**
     * @param headers one value each; case does not matter in their names
     * @param body the bytes that a signature is made over
     */
    public HookDelivery(Map<String, String> headers, byte[] body) {
        this.headers = headers.entrySet()
            .stream()
            .collect(Collectors.toUnmodifiableMap((header) -> header.getKey().toLowerCase(Locale.ROOT),
                    Map.Entry::getValue, (first, second) -> first));
        this.body = body.clone();
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(this.headers.get(name.toLowerCase(Locale.ROOT)));
    }

    public byte[] body() {
        return this.body.clone();
    }

}
