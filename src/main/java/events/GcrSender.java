package events;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import replication.event.HookDelivery;
import replication.event.RegistryEvent;
import replication.event.RegistryEvent.Kind;
import replication.event.Remarks;

/**
 * Google's Artifact Registry and gcr.io by a push subscription to their Pub/Sub topic.
 */
final class GcrSender implements JsonSender {

    @Override
    public String identity() {
        return "gcr";
    }

    @Override
    public String description() {
        return "Google Artifact Registry: a push subscription of the Pub/Sub topic gcr";
    }

    @Override
    public boolean fits(HookDelivery delivery, Field body) {
        return body.at("message").isObject() && body.at("subscription").isText();
    }

    @Override
    public List<RegistryEvent> read(HookDelivery delivery, Field body, Remarks remarks) {
        Field message = body.at("message").object();
        Field data = Payload.parse("message.data", decoded(message.at("data")));
        return switch (data.at("action").text()) {
            case "INSERT" -> event(Kind.PUSH, message, data);
            case "DELETE" -> event(Kind.DELETE, message, data);
            default -> List.of();
        };
    }

    private static byte[] decoded(Field data) {
        try {
            return Base64.getDecoder().decode(data.text().getBytes(StandardCharsets.US_ASCII));
        }
        catch (IllegalArgumentException _) {
            throw data.wrong("it is no base64");
        }
    }

    private static List<RegistryEvent> event(Kind kind, Field message, Field data) {
        Name tagged = Name.of(data.at("tag"), ':');
        Name digested = Name.of(data.at("digest"), '@');
        Name either = (digested != null) ? digested : tagged;
        if (either == null) {
            throw data.wrong("it names neither a tag nor a digest");
        }
        if (tagged != null && !Objects.equals(tagged.repository(), either.repository())) {
            throw data.at("tag").wrong("its repository is not that of the digest");
        }
        EventId id = EventId.bySender(message.at("messageId").textOrNull(),
                EventId.byContent(kind.name(), message.at("publishTime")));
        NamedImage image = NamedImage.of(either.field().withText(either.repository()),
                data.at("tag").withText((tagged != null) ? tagged.reference() : null),
                data.at("digest").withText((digested != null) ? digested.reference() : null));
        return new EventList().add(id, kind, image).toList();
    }

    /** Such as {@code europe-docker.pkg.dev/p/r/app@sha256:…}, with its host left out. */
    private record Name(Field field, String repository, String reference) {

        static @Nullable Name of(Field field, char separator) {
            String text = field.textOrNull();
            if (text == null) {
                return null;
            }
            int host = text.indexOf('/');
            int end = text.indexOf(separator, host + 1);
            if (host < 1 || end < 0) {
                throw field.wrong(Quote.of(text) + " is not of the form host/repository" + separator + "…");
            }
            return new Name(field, text.substring(host + 1, end), text.substring(end + 1));
        }

    }

}
