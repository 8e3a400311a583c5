package events;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

import replication.Refusal;
import replication.event.HookDelivery;

/** A delivery that came as a form with one field. */
final class Form {

    static final String PAYLOAD = "payload";

    private static final String TYPE = "application/x-www-form-urlencoded";

    private Form() {
    }

    /** None where it is no form, or one without the field: so curl calls anything. */
    static Optional<String> payload(HookDelivery delivery) {
        return delivery.header("Content-Type")
            .filter((type) -> type.toLowerCase(Locale.ROOT).startsWith(TYPE))
            .flatMap((_) -> first("&" + new String(delivery.body(), StandardCharsets.UTF_8)))
            .map(Form::decoded);
    }

    private static Optional<String> first(String fields) {
        String start = "&" + PAYLOAD + "=";
        int from = fields.indexOf(start);
        if (from < 0) {
            return Optional.empty();
        }
        int end = fields.indexOf('&', from + start.length());
        return Optional.of(fields.substring(from + start.length(), (end < 0) ? fields.length() : end));
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        }
        catch (IllegalArgumentException _) {
            throw new Refusal.Invalid(PAYLOAD, "the form's payload is not encoded as a form's field is");
        }
    }

}
