package store.policy;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import api.RequestJson;
import cli.service.PolicySet;
import cli.shared.Yaml;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import replication.bandwidth.Bandwidth;
import replication.bandwidth.Window;
import replication.policy.Cron;
import replication.policy.Filter;
import replication.policy.ForeignLayers;
import replication.policy.Overlap;
import replication.policy.Policy;
import replication.policy.Scheduling;
import replication.policy.Timetable;
import replication.policy.Trigger;
import store.Fixture;
import store.sql.RowJson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A field of a policy stands in three places: as a component of its record, as a column
 * of its table, and in the table of the documentation.
 */
@SuppressWarnings("NullAway.Init")
class PolicyFieldsTest {

    private static Fixture fixture;

    private static Policy saved;

    @BeforeContainer
    static void open() {
        fixture = new Fixture();
        saved = fixture.policy();
    }

    @AfterContainer
    static void close() {
        fixture.close();
    }

    @Example
    void every_component_is_a_column_and_a_documented_field() throws IOException {
        List<String> fields = fields(Policy.class).toList();

        assertThat(fields).doesNotHaveDuplicates().hasSizeGreaterThan(20);
        assertThat(fixture.test.jdbc()
            .sql("SELECT column_name FROM information_schema.columns WHERE table_name = 'policy'")
            .query(String.class)
            .list())
            .containsExactlyInAnyOrderElementsOf(Stream.concat(fields.stream(), Stream.of("one_kick")).toList());
        assertThat(Files.readAllLines(Path.of("docs/policies.md"))
            .stream()
            .takeWhile((line) -> !line.equals("## Filters"))
            .filter((line) -> line.startsWith("| `"))
            .map((line) -> line.split("`", -1)[1])).containsExactlyInAnyOrderElementsOf(fields);
        assertThat(RequestJson.tree(saved).fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(fields);
    }

    private static Stream<String> fields(Class<?> group) {
        return Arrays.stream(group.getRecordComponents())
            .flatMap((component) -> component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
                    ? fields(component.getType()) : Stream.of(name(component)));
    }

    private static String name(RecordComponent component) {
        return Optional.ofNullable(component.getAccessor().getAnnotation(JsonProperty.class))
            .map(JsonProperty::value)
            .orElse(component.getName());
    }

    @Property(tries = 100)
    void a_policy_passes_unchanged_through_the_API_its_row_and_a_file(@ForAll("policies") Policy policy)
            throws IOException {
        assertThat(RequestJson.read(bytes(RequestJson.tree(policy)), Policy.class)).isEqualTo(policy);
        assertThat(PolicyJson.read(PolicyJson.write(policy), Policy.class)).isEqualTo(policy);

        Policy row = fixture.policies.update(policy);

        assertThat(row).usingRecursiveComparison().ignoringFields("authorship").isEqualTo(policy);
        assertThat(fixture.policies.find(policy.id())).contains(row);
        assertThat(applied(exported(row))).isEqualTo(policy.askedBy("ann", policy.id()));
    }

    /**
     * The document that {@code policies export} prints and {@code policies apply} reads.
     */
    private static JsonNode exported(Policy policy) throws IOException {
        JsonNode source = RequestJson.tree(Map.of("id", policy.source().registryId(), "name", "from"));
        JsonNode destination = RequestJson.tree(Map.of("id", policy.destination().registryId(), "name", "to"));
        Path file = Files.createTempFile("policies", ".yaml");
        try {
            Files.writeString(file, Yaml
                .write(PolicySet.of(List.of(source, destination), List.of(RequestJson.tree(policy))).document()));
            return Yaml.read(file.toString()).at("/policies/0");
        }
        finally {
            Files.delete(file);
        }
    }

    private static Policy applied(JsonNode document) {
        ObjectNode body = document.deepCopy();
        assertThat(body.remove("source").asText()).isEqualTo("from");
        assertThat(body.remove("destination").asText()).isEqualTo("to");
        body.put("src_registry_id", saved.source().registryId())
            .put("dest_registry_id", saved.destination().registryId());
        return RequestJson.read(bytes(body), Policy.class).askedBy("ann", saved.id());
    }

    private static byte[] bytes(JsonNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Provide
    Arbitrary<Policy> policies() {
        Arbitrary<Policy.Source> sources = Arbitraries.of("library", "org/team")
            .list()
            .uniqueElements()
            .map((namespaces) -> new Policy.Source(saved.source().registryId(), namespaces));
        Arbitrary<Policy.Destination> destinations = Arbitraries.of("", "mirror")
            .map((namespace) -> new Policy.Destination(saved.destination().registryId(), namespace));
        Arbitrary<Policy.Behaviour> behaviours = Combinators
            .combine(Arbitraries.of(true, false), Arbitraries.of(true, false), Arbitraries.of(ForeignLayers.class))
            .as(Policy.Behaviour::new);
        Arbitrary<Policy.Selection> selections = Combinators
            .combine(filters().list().ofMaxSize(3), Arbitraries.of(true, false))
            .as(Policy.Selection::new);
        return Combinators
            .combine(Arbitraries.strings().ofMaxLength(20).map((text) -> text.replace("\0", "")), sources, destinations,
                    selections, triggers().list().ofMaxSize(3), behaviours, Arbitraries.of(true, false), scheduling())
            .as((description, source, destination, selection, triggers, behaviour, enabled, scheduling) -> new Policy(
                    saved.id(), saved.name(), description, Policy.Authorship.of("ann"), source, destination, selection,
                    triggers, behaviour, enabled, scheduling));
    }

    private static Arbitrary<Filter> filters() {
        return Combinators
            .combine(Arbitraries.of("name", "tag"), Arbitraries.of("**", "lib/*", "{a,b}", "v1", "1.0"),
                    Arbitraries.of(Filter.Decoration.class))
            .as(Filter::new);
    }

    private static Arbitrary<Trigger> triggers() {
        Arbitrary<Timetable> timetables = Combinators
            .combine(Arbitraries.of("@daily", "0 3 * * *", "30 0 3 * * *").map(Cron::new),
                    Arbitraries.of("UTC", "Europe/Berlin", "+02:00").map(ZoneId::of),
                    Arbitraries.of(Timetable.Misfire.class),
                    Arbitraries.integers().between(0, 86_400).map(Duration::ofSeconds))
            .as(Timetable::new);
        return Arbitraries.oneOf(Arbitraries.just(new Trigger.Manual()), Arbitraries.just(new Trigger.Event()),
                timetables.map(Trigger.Event::new), timetables.map(Trigger.Scheduled::new));
    }

    private static Arbitrary<Scheduling> scheduling() {
        Arbitrary<Window> windows = Combinators
            .combine(Arbitraries.of(DayOfWeek.class).list().ofMinSize(1).uniqueElements(), minutes(), minutes(),
                    Arbitraries.of("UTC", "Asia/Tokyo").map(ZoneId::of), rates())
            .as(Window::new);
        return Combinators
            .combine(Arbitraries.integers().between(-100, 100), Arbitraries.of(Overlap.class),
                    Arbitraries.integers().between(0, 100_000), rates(), windows.list().ofMaxSize(2))
            .as((priority, overlap, tasks, rate, times) -> new Scheduling(priority, overlap, tasks,
                    new Bandwidth(rate, times)));
    }

    private static Arbitrary<LocalTime> minutes() {
        return Arbitraries.integers().between(0, 24 * 60 - 1).map((minute) -> LocalTime.MIN.plusMinutes(minute));
    }

    private static Arbitrary<Long> rates() {
        return Arbitraries.oneOf(Arbitraries.just(0L), Arbitraries.longs().between(Bandwidth.LEAST, Bandwidth.MOST));
    }

    /** Rows that the version before wrote, and those that it reads beside this one. */
    @Example
    void a_row_is_written_as_the_version_before_reads_it() {
        Policy policy = Fixture.policy("p", 1, 2);

        JsonNode row = RowJson.parse(PolicyJson.write(policy));

        assertThat(row.at("/triggers")).hasToString(
                "[{\"type\":\"manual\"},{\"type\":\"scheduled\",\"cron\":\"0 0 3 * * *\",\"time_zone\":\"Europe/Berlin\","
                        + "\"misfire\":\"SKIP\",\"spread_seconds\":300},{\"type\":\"event\"}]");
        assertThat(row.at("/bandwidth")).hasToString(
                "{\"windows\":[{\"days\":[\"tuesday\"],\"from\":\"08:00\",\"to\":\"18:30\",\"time_zone\":\"Europe/Berlin\","
                        + "\"bytes_per_second\":4096}]}");
        assertThat(PolicyJson.write(Bandwidth.UNLIMITED)).isEqualTo("{}");
        assertThat(row.at("/overlap").asText() + row.at("/foreign_layers").asText()).isEqualTo("allowcopy");
        assertThat(PolicyJson.write(new Policy(1, "p", "", new Policy.Authorship("ann", Instant.EPOCH, Instant.EPOCH),
                policy.source(), policy.destination(), policy.selection(), List.of(), policy.behaviour(), true,
                policy.scheduling())))
            .contains("\"creation_time\":\"1970-01-01T00:00:00Z\"");
    }

}
