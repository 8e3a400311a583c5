package oci.remote;

import java.util.List;
import java.util.stream.IntStream;

import fixtures.Image;
import fixtures.Images;
import fixtures.Patience;
import fixtures.RealRegistry;
import fixtures.Registered;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.StopSignal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Distribution, where its administrator has bounded {@code catalog.maxentries}. */
class BoundedCatalogTest {

    @ParameterizedTest
    @ValueSource(ints = { 100, 50, 1000 })
    void is_listed_whole_by_shorter_pages(int most) {
        Image image = Images.image(1, 10);
        List<String> names = IntStream.range(0, 130).mapToObj("lib/r%03d"::formatted).toList();
        try (RealRegistry real = RealRegistry.builder().mostEntries(most).start();
                RemoteRegistry registry = RemoteRegistry.connect(Registered.at(real).access(), Patience.SHORT,
                        new HostLimits(LimitSizes.DEFAULTS))) {
            names.forEach((name) -> image.pushTo(registry.target(name, new StopSignal()), "v1"));

            assertThat(registry.repositories()).containsExactlyElementsOf(names);
            // From here on it is known.
            assertThat(registry.repositories()).hasSize(130);
            assertThat(registry.source("lib/r001", new StopSignal()).tags()).containsExactly("v1");
        }
    }

}
