package adapters;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import fixtures.Image;
import fixtures.vendors.FrontRequest;
import fixtures.vendors.VendorFront;
import oci.Artifact;
import oci.ContentRegistry;
import oci.ContentSource;
import oci.ContentTarget;
import oci.model.StopSignal;
import replication.registry.Ability;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;

/**
 * An adapter, the fake of its vendor, and what the contract cannot know of them. The fake
 * is started once for a test class and gets new repositories in each test.
 */
public interface AdapterUnderTest {

    /** Makes names of repositories unique. */
    AtomicInteger NAMES = new AtomicInteger();

    RegistryAdapter adapter();

    VendorFront front();

    /** The vendor's registry as an operator would have saved it, with a secret. */
    Registry registry();

    /**
     * What the adapter has been run against, in the words of the table: a real server, an
     * emulator, or a fake.
     */
    default String verifiedAgainst() {
        return "fake";
    }

    /** Where the contract's repositories lie; there may be levels below. */
    default String namespace() {
        return "team";
    }

    /** Makes a repository known to the fake, as another client of the vendor would. */
    default void create(String repository) {
        front().created.putIfAbsent(repository, JsonNodeFactory.instance.objectNode());
    }

    /** A repository that an upload finds missing, with what it lies in. */
    default String missing() {
        return namespace() + "-new" + NAMES.incrementAndGet() + "/app";
    }

    /** Whether a request is for a page of a repository's listing, by API or registry. */
    default boolean lists(FrontRequest request, String repository) {
        String name = repository.substring(repository.lastIndexOf('/') + 1);
        return !request.path().contains("/manifests/") && !request.path().contains("/blobs/")
                && !login(request.toString()) && (request + request.text()).contains(name);
    }

    /** Whether a line of the fake's logs is a request for a token or a greeting. */
    default boolean login(String request) {
        return request.contains("/token") || request.contains("/login") || request.endsWith(" /v2/");
    }

    /** How many tags a full page of the digest listing has. */
    default int fullPage() {
        return 100;
    }

    /** Whether what the fake lets in ends; a password that is sent as it is does not. */
    default boolean credentialsEnd() {
        return true;
    }

    /** Ends what the fake has issued. */
    default void endCredentials() {
        front().tokens.endAll();
    }

    /** How often the vendor was asked for what the registry is shown. */
    default int fetches() {
        return front().tokens.issued();
    }

    /** Sets a label as the vendor keeps it. */
    default void label(String repository, String tag, String label) {
        throw new AssertionError("LABELS is declared: label(…) has to set one");
    }

    /** Proves that webhooks are made, and made once. */
    default void createsEvents() {
        throw new AssertionError("EVENTS_CREATE is declared: createsEvents() has to prove it");
    }

    /** Proves that events are read from a queue. */
    default void pollsEvents() {
        throw new AssertionError("EVENTS_POLL is declared: pollsEvents() has to prove it");
    }

    /** Proves a login without a stored secret. */
    default void logsInByAmbience() {
        throw new AssertionError("AMBIENT_LOGIN is declared: logsInByAmbience() has to prove it");
    }

    default boolean can(Ability ability) {
        return adapter().info().can(ability);
    }

    default RegistryConnection connect() {
        return adapter().connect(registry());
    }

    /** The name of a repository that no other test uses. */
    default String unused(String name) {
        return namespace() + "/" + name + NAMES.incrementAndGet();
    }

    /** Pushes past the adapter. */
    default void push(String repository, String tag, Image image) {
        create(repository);
        front().push(repository, tag, image);
    }

    /** Pushes an image past the adapter under tags v0, v1, and so on. */
    default List<String> push(String repository, int tags, Image image) {
        create(repository);
        List<String> names = IntStream.range(0, tags).mapToObj((i) -> "v" + i).toList();
        front().push(repository, names, image);
        return names;
    }

    /** The same registry with other values of some settings. */
    static Registry with(Registry registry, Map<String, ?> settings) {
        Map<String, Object> all = new HashMap<>(registry.settings());
        all.putAll(settings);
        return with(registry, registry.credential(), all);
    }

    /** The same registry with another credential. */
    static Registry with(Registry registry, RegistryCredential credential) {
        return with(registry, credential, registry.settings());
    }

    private static Registry with(Registry registry, RegistryCredential credential, Map<String, Object> settings) {
        return new Registry(registry.id(), registry.name(), registry.description(), registry.type(), registry.url(),
                registry.insecure(), credential, settings, registry.caCertificate(), registry.proxyUrl(),
                registry.maxTasks(), registry.bandwidth(), registry.quarantinedUntil());
    }

    static ContentSource source(RegistryConnection connection, String repository) {
        return connection.as(ContentRegistry.class).source(repository, new StopSignal());
    }

    static ContentTarget target(RegistryConnection connection, String repository) {
        return connection.as(ContentRegistry.class).target(repository, new StopSignal());
    }

    static List<Artifact> artifacts(RegistryConnection connection, String repository) {
        try (Stream<Artifact> listed = source(connection, repository).artifacts()) {
            return listed.toList();
        }
    }

}
