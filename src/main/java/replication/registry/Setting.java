package replication.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import oci.model.OutsideText;
import oci.model.WebUrl;
import org.jspecify.annotations.Nullable;

/**
 * A field that an adapter declares, of a credential or of a registry's settings.
 *
 * @param key its name in the API
 * @param hint its purpose, in the words of a form
 * @param fallback the default; null if it is required
 * @param choices the allowed values, of a URL their forms (see {@link UrlForm}); empty
 * for any
 */
public record Setting(String key, Type type, String hint, @Nullable Object fallback, List<String> choices) {

    /** The longest text, in characters. */
    private static final int LONGEST_TEXT = 1_024;

    /**
     * The longest secret, in characters: a key in JSON or a token, with room to spare.
     */
    private static final int LONGEST_SECRET = 32 * 1_024;

    private static final int MOST_SHOWN = 100;

    /** The most entries of a list or map. */
    private static final int MOST_ENTRIES = 100;

    public Setting {
        choices = List.copyOf(choices);
    }

    /** A required text. */
    public static Setting text(String key, String hint) {
        return new Setting(key, Type.TEXT, hint, null, List.of());
    }

    /**
     * The required URL of another host that the registry's adapter uses. If it changes,
     * saved secrets are not sent to the new host.
     */
    public static Setting url(String key, String hint) {
        return new Setting(key, Type.URL, hint, null, List.of());
    }

    /**
     * The same, for hosts of a vendor.
     * @param templates the forms of its URLs, which only the operator extends
     */
    public static Setting url(String key, String hint, List<String> templates) {
        return new Setting(key, Type.URL, hint, null, templates);
    }

    /** Some texts; none by default. */
    public static Setting list(String key, String hint) {
        return new Setting(key, Type.LIST, hint, List.of(), List.of());
    }

    /** Texts by names; none by default. */
    public static Setting map(String key, String hint) {
        return new Setting(key, Type.MAP, hint, Map.of(), List.of());
    }

    /** A required secret, which is never shown. */
    public static Setting secret(String key, String hint) {
        return new Setting(key, Type.SECRET, hint, null, List.of());
    }

    public static Setting flag(String key, String hint, boolean fallback) {
        return new Setting(key, Type.FLAG, hint, fallback, List.of());
    }

    /**
     * One of some values.
     * @param choices the first is the default
     */
    public static Setting choice(String key, String hint, String... choices) {
        return new Setting(key, Type.CHOICE, hint, choices[0], List.of(choices));
    }

    /** The same, where a URL that has to have a form may have one of these as well. */
    Setting alsoAt(List<UrlForm> forms) {
        return (this.type != Type.URL || this.choices.isEmpty()) ? this : new Setting(this.key, this.type, this.hint,
                this.fallback,
                Stream.concat(this.choices.stream(), forms.stream().map(UrlForm::template)).distinct().toList());
    }

    /** The same field, but optional. */
    public Setting optional() {
        return new Setting(this.key, this.type, this.hint, "", this.choices);
    }

    /** The registry's value of this text or choice. */
    public String text(Registry registry) {
        return String.valueOf(registry.settings().getOrDefault(this.key, this.fallback));
    }

    /** The registry's texts of this list. */
    public List<String> texts(Registry registry) {
        return (registry.settings().get(this.key) instanceof List<?> given)
                ? given.stream().map(String::valueOf).toList() : List.of();
    }

    /** The registry's texts of this map, by their names. */
    public Map<String, String> textsByName(Registry registry) {
        Map<String, String> texts = new TreeMap<>();
        if (registry.settings().get(this.key) instanceof Map<?, ?> given) {
            given.forEach((name, text) -> texts.put(String.valueOf(name), String.valueOf(text)));
        }
        return texts;
    }

    /** The registry's value of this URL. */
    public URI url(Registry registry) {
        return URI.create(text(registry));
    }

    /** The registry's value of this flag. */
    public boolean flag(Registry registry) {
        return Boolean.TRUE.equals(registry.settings().getOrDefault(this.key, this.fallback));
    }

    public boolean required() {
        return this.fallback == null;
    }

    /**
     * Reads a client's values of some settings. A null or an empty text counts as
     * missing.
     * @param path their place in the request
     * @param faults receives the faults
     * @return the given and default values, by key
     */
    static Map<String, Object> read(String path, List<Setting> declared, Map<String, ?> given, Faults faults) {
        Map<String, Object> left = new TreeMap<>(given);
        left.values().removeIf((value) -> value == null || value.equals(""));
        Map<String, Object> read = new TreeMap<>();
        for (Setting setting : declared) {
            String field = path + "." + setting.key;
            Object value = left.remove(setting.key);
            if (value != null) {
                setting.fault(field, value)
                    .ifPresentOrElse((fault) -> faults.add(field, fault), () -> read.put(setting.key, value));
            }
            else if (setting.fallback != null) {
                read.put(setting.key, setting.fallback);
            }
            else if (setting.type != Type.SECRET) {
                faults.missing(field);
            }
        }
        left.keySet()
            .forEach((key) -> faults.add(path + "." + OutsideText.line(key, MOST_SHOWN),
                    "there is no field \"%s\" in %s%s"
                        .formatted(OutsideText.line(key, MOST_SHOWN), path, declared.isEmpty() ? ""
                                : "; there is " + String.join(", ", declared.stream().map(Setting::key).toList()))));
        return read;
    }

    private Optional<String> fault(String field, Object value) {
        return switch (this.type) {
            case TEXT -> textFault(field, value, LONGEST_TEXT);
            case URL -> textFault(field, value, LONGEST_TEXT).or(() -> urlFault(field, value.toString()));
            case LIST -> (value instanceof List<?> texts) ? entriesFault(field, texts)
                    : Optional.of("%s is a list of texts".formatted(field));
            case MAP -> (value instanceof Map<?, ?> texts)
                    ? entriesFault(field, texts.keySet()).or(() -> entriesFault(field, texts.values()))
                    : Optional.of("%s is an object whose values are texts".formatted(field));
            case SECRET -> textFault(field, value, LONGEST_SECRET);
            case FLAG ->
                (value instanceof Boolean) ? Optional.empty() : Optional.of("%s is true or false".formatted(field));
            case CHOICE -> this.choices.stream().anyMatch(value::equals) ? Optional.empty()
                    : Optional.of("%s is %s".formatted(field, Faults.either(this.choices)));
        };
    }

    private static Optional<String> textFault(String field, Object value, int most) {
        if (!(value instanceof String text)) {
            return Optional.of("the value of \"%s\" has the wrong type: it is a text".formatted(field));
        }
        return (text.length() <= most) ? Optional.empty()
                : Optional.of("%s has at most %d characters, but these are %d".formatted(field, most, text.length()));
    }

    private static Optional<String> entriesFault(String field, Collection<?> texts) {
        return (texts.size() > MOST_ENTRIES)
                ? Optional
                    .of("%s has at most %d entries, but these are %d".formatted(field, MOST_ENTRIES, texts.size()))
                : texts.stream()
                    .map((text) -> textFault(field, text, LONGEST_TEXT))
                    .flatMap(Optional::stream)
                    .findFirst();
    }

    private Optional<String> urlFault(String field, String text) {
        try {
            URI url = new URI(text);
            WebUrl.of(url);
            return (this.choices.isEmpty()
                    || this.choices.stream().map(UrlForm::new).anyMatch((form) -> form.fits(url))) ? Optional.empty()
                            : Optional.of("%s is written %s".formatted(field, Faults.either(this.choices)));
        }
        catch (WebUrl.Malformed ex) {
            return Optional.of("%s %s".formatted(field, ex.getMessage()));
        }
        catch (URISyntaxException ex) {
            return Optional.of("%s is not a URL: %s".formatted(field, ex.getReason()));
        }
    }

    /** The types, in lower case in the API. */
    public enum Type {

        TEXT, URL, SECRET, FLAG, CHOICE, LIST, MAP;

        boolean isText() {
            return switch (this) {
                case TEXT, URL, SECRET, CHOICE -> true;
                case FLAG, LIST, MAP -> false;
            };
        }

    }

}
