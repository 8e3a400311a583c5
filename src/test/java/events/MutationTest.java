package events;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import replication.Refusal;
import replication.event.HookDelivery;
import replication.event.RegistryEvent;
import replication.event.Sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Whatever becomes of a delivery on its way, it is read or refused. */
class MutationTest {

    private static final List<Sample> SAMPLES = Sample.all();

    private static final List<String> PIECES = List.of("null", "{}", "[]", "1e9999", "-1", "true", "\"\"",
            "\"\\u0000\"", "\"\\ud800\"", "[[[[[[", "{\"a\":", ",", ":", "\"", "\\", "}", "]", "sha256:", "/",
            "\u00ff\u00fe");

    @Property(tries = 1_000)
    void a_truncated_delivery_is_refused(@ForAll("samples") Sample sample, @ForAll @IntRange(max = 4_000) int length) {
        byte[] bytes = sample.bytes();

        HookDelivery cut = sample.of(Arrays.copyOf(bytes, length % bytes.length));

        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> EventSenders.find(cut));
        assertThat(EventSenders.all()).allSatisfy((sender) -> assertThatExceptionOfType(Refusal.Invalid.class)
            .isThrownBy(() -> sender.read(cut, new RecordedRemarks())));
    }

    @Property(tries = 2_000)
    void a_mutated_delivery_is_read_or_refused(@ForAll("samples") Sample sample,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 4_000) Integer> places,
            @ForAll("pieces") String piece) {
        StringBuilder body = new StringBuilder(new String(sample.bytes(), StandardCharsets.ISO_8859_1));
        for (int place : places) {
            int start = place % body.length();
            body.replace(start, Math.min(body.length(), start + place % 7), piece);
        }

        everyone(sample.of(body.toString().getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** So that what breaks is the meaning and not the syntax. */
    @Property(tries = 2_000)
    void a_delivery_with_one_value_exchanged_is_read_or_refused(@ForAll("samples") Sample sample,
            @ForAll @IntRange(max = 200) int place, @ForAll("values") String value) {
        String body = new String(sample.bytes(), StandardCharsets.UTF_8);
        List<int[]> values = Pattern.compile(":(\"[^\"]*\"|[0-9.E]+)")
            .matcher(body)
            .results()
            .map((found) -> new int[] { found.start(1), found.end(1) })
            .toList();
        int[] chosen = values.get(place % values.size());

        everyone(sample
            .of((body.substring(0, chosen[0]) + value + body.substring(chosen[1])).getBytes(StandardCharsets.UTF_8)));
    }

    @Provide
    Arbitrary<Sample> samples() {
        return Arbitraries.of(SAMPLES);
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.oneOf(Arbitraries.of(PIECES), Arbitraries.strings().ofMinLength(1).ofMaxLength(4));
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.of("null", "{}", "[]", "1e9999", "-0.0", "99999999999999999999", "true", "\"\"",
                        "\"\\u0000\"", "\"\\ud800\"", "[{}]", "{\"a\":[]}", "\"/\"", "\":\"", "\"@\"", "\"a/@\""),
                Arbitraries.strings().ascii().ofMaxLength(20).map((text) -> Sample.JSON.valueToTree(text).toString()));
    }

    private static void everyone(HookDelivery delivery) {
        for (Sender sender : EventSenders.all()) {
            sender.recognises(delivery);
            readOrRefused(() -> sender.read(delivery, new RecordedRemarks()));
        }
        readOrRefused(() -> EventSenders.find(delivery).read(delivery, new RecordedRemarks()));
    }

    private static void readOrRefused(Supplier<List<RegistryEvent>> reading) {
        try {
            for (RegistryEvent event : reading.get()) {
                assertThat(event.repository()).matches("[a-z0-9/._-]{1,255}");
                assertThat(event.id()).hasSizeBetween(1, 256);
                assertThat(event.tag() != null || event.digest() != null).isTrue();
            }
        }
        catch (Refusal.Invalid ex) {
            assertThat(ex.getMessage()).hasSizeLessThan(350);
            assertThat(ex.field()).isNotEmpty();
        }
    }

}
