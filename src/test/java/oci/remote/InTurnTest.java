package oci.remote;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

import oci.model.RegistryFailure;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InTurnTest {

    private final List<String> read = new ArrayList<>();

    @Test
    void items_are_read_as_they_are_wanted_and_those_before_a_failure_are_given() {
        Iterator<String> all = InTurn.of(Stream.of("a", "empty", "b"), this::list).iterator();

        assertThat(all.next()).isEqualTo("a/1");
        assertThat(this.read).containsExactly("a/1");
        assertThat(all.next()).isEqualTo("a/2");
        assertThat(all.next()).isEqualTo("b/1");
        assertThat(all.next()).isEqualTo("b/2");
        assertThatExceptionOfType(RegistryFailure.Incomplete.class).isThrownBy(all::hasNext);
    }

    private Stream<String> list(String source) {
        return source.equals("empty") ? Stream.empty()
                : Stream.of(source + "/1", source + "/2", source + "/3")
                    .limit(source.equals("a") ? 2 : 3)
                    .peek((item) -> {
                        if (item.equals("b/3")) {
                            throw new RegistryFailure.Incomplete("the rest of b");
                        }
                        this.read.add(item);
                    });
    }

}
