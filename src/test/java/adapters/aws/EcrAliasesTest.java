package adapters.aws;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import oci.model.StopSignal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EcrAliasesTest {

    private final AtomicInteger asked = new AtomicInteger();

    private final AtomicLong now = new AtomicLong();

    private final StopSignal stop = new StopSignal();

    private Set<String> aliases = Set.of("first", "second");

    private final EcrAliases known = new EcrAliases((_) -> {
        this.asked.incrementAndGet();
        return this.aliases;
    }, this.now::get);

    @Test
    void an_alias_that_is_not_known_is_asked_for_again_at_most_once_a_minute() {
        assertThat(this.known.has("first", this.stop)).isTrue();
        assertThat(this.known.has("second", this.stop)).isTrue();
        this.aliases = Set.of("first", "second", "third");
        assertThat(this.known.has("third", this.stop)).isFalse();
        assertThat(this.asked).hasValue(1);

        this.now.addAndGet(60_000_000_000L);

        assertThat(this.known.has("third", this.stop)).isTrue();
        assertThat(this.known.has("fourth", this.stop)).isFalse();
        assertThat(this.asked).hasValue(2);
        assertThat(this.known.known()).containsExactlyInAnyOrder("first", "second", "third");
    }

}
