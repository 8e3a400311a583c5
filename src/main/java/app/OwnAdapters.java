package app;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.NavigableSet;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

import adapters.AdapterFactory;
import oci.limits.HostLimits;
import oci.model.OutsideText;
import oci.net.HttpSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.registry.Adapters;
import replication.registry.RegistryAdapter;

/**
 * Loads the adapters of an operator's own jars, which are on the class path already. A
 * jar that cannot be loaded is logged in one line and brings no adapter; the start and
 * the other jars go on.
 */
final class OwnAdapters {

    private static final Logger LOG = LoggerFactory.getLogger(OwnAdapters.class);

    private static final String SERVICES = "META-INF/services/" + AdapterFactory.class.getName();

    private static final int LONGEST_REASON = 300;

    private final HttpSettings http;

    private final HostLimits limits;

    OwnAdapters(HttpSettings http, HostLimits limits) {
        this.http = http;
        this.limits = limits;
    }

    /**
     * The adapters of Drayage, followed by those that the jars bring.
     * @param classes the class loader of all jars
     */
    List<RegistryAdapter> besides(List<RegistryAdapter> ours, ClassLoader classes) {
        List<RegistryAdapter> all = new ArrayList<>(ours);
        for (String services : services(classes)) {
            String jar = jar(services);
            try {
                List<RegistryAdapter> own = read(services, classes);
                Adapters both = new Adapters(Stream.concat(all.stream(), own.stream()).toList());
                all.addAll(own);
                LOG.info("own adapters: {} brings {}; there are {} adapters now", jar,
                        own.stream().map((adapter) -> adapter.info().identity()).toList(), both.infos().size());
            }
            catch (ServiceConfigurationError | LinkageError | RuntimeException ex) {
                LOG.error("own adapters: {} is not loaded: {}", jar, reason(ex));
            }
        }
        return all;
    }

    /** Logs the jars of a folder that Java skips because it cannot open them. */
    static void reportUnreadable(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter((file) -> file.toString().endsWith(".jar")).sorted().forEach(OwnAdapters::open);
        }
        catch (IOException ex) {
            LOG.error("own adapters: the folder {} (DRAYAGE_LIB) cannot be listed: {}", folder, ex.toString());
        }
    }

    private static void open(Path jar) {
        try (ZipFile file = new ZipFile(jar.toFile())) {
            LOG.debug("{} has {} entries", jar, file.size());
        }
        catch (IOException ex) {
            LOG.error("own adapters: {} is not loaded: {}", jar.getFileName(), reason(ex));
        }
    }

    // In the order of their names, so that of two jars with one adapter the same one is
    // loaded at every start.
    private static NavigableSet<String> services(ClassLoader classes) {
        NavigableSet<String> found = new TreeSet<>();
        try {
            classes.getResources(SERVICES).asIterator().forEachRemaining((url) -> found.add(url.toString()));
        }
        catch (IOException ex) {
            LOG.error("own adapters: the jars cannot be searched: {}", ex.toString());
        }
        return found;
    }

    private List<RegistryAdapter> read(String services, ClassLoader classes) {
        List<RegistryAdapter> own = new ArrayList<>();
        for (AdapterFactory factory : ServiceLoader.load(AdapterFactory.class, new OneJar(classes, services))) {
            own.add(factory.create(this.http, this.limits));
        }
        return own;
    }

    private static String jar(String services) {
        int end = services.lastIndexOf("!/");
        String file = (end < 0) ? services : services.substring(0, end);
        return URI.create(file.substring(file.lastIndexOf('/') + 1)).getPath();
    }

    private static String reason(Throwable failure) {
        String text = (failure instanceof ServiceConfigurationError && failure.getCause() != null)
                ? failure.getMessage() + ": " + failure.getCause() : failure.toString();
        return OutsideText.line(text, LONGEST_REASON);
    }

    /** Shows the service loader one jar at a time, so that a failure is that jar's. */
    private static final class OneJar extends ClassLoader {

        private final String services;

        OneJar(ClassLoader classes, String services) {
            super(classes);
            this.services = services;
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return Collections.enumeration(Collections.list(getParent().getResources(name))
                .stream()
                .filter((url) -> url.toString().equals(this.services))
                .toList());
        }

    }

}
