package transfer;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import oci.ContentSource;
import oci.ContentTarget;
import oci.Descriptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.execution.Change;
import replication.execution.TransferOrder.LogSink;

/** Compares a tag that both sides list: two HEADs at the same time. */
final class TagComparison {

    private static final Logger LOG = LoggerFactory.getLogger(TagComparison.class);

    private static final Executor VIRTUAL = Thread::startVirtualThread;

    private final ContentSource source;

    private final ContentTarget target;

    private final LogSink log;

    private final boolean carriesDeletions;

    private final AtomicLong unchanged = new AtomicLong();

    TagComparison(Sides sides) {
        this.source = sides.source();
        this.target = sides.target();
        this.log = sides.order().log();
        this.carriesDeletions = sides.order().policy().deletion();
    }

    long unchanged() {
        return this.unchanged.get();
    }

    /**
     * Tells what is to be copied; empty where nothing is. A tag that could not be
     * compared is a change with nothing known, so that its copy meets the failure and
     * tells it.
     */
    void begin(String tag, Consumer<Optional<Change>> reader) {
        Thread.startVirtualThread(() -> {
            Optional<Change> change = Optional.of(new Change(tag, "", ""));
            try {
                change = compare(tag);
            }
            catch (RuntimeException ex) {
                LOG.debug("compare {}: {}; its copy will ask again", tag, ex.getMessage());
            }
            finally {
                reader.accept(change);
            }
        });
    }

    private Optional<Change> compare(String tag) {
        CompletableFuture<Optional<Descriptor>> there = CompletableFuture.supplyAsync(() -> this.target.head(tag),
                VIRTUAL);
        Optional<Descriptor> here = this.source.head(tag);
        return verdict(tag, here, there.join());
    }

    private Optional<Change> verdict(String tag, Optional<Descriptor> source, Optional<Descriptor> destination) {
        if (source.isEmpty() && this.carriesDeletions && destination.isPresent()) {
            return Optional.of(Change.gone(tag, destination.get().digest().toString()));
        }
        if (source.isEmpty()) {
            this.log.line("passed over %s: it has gone from the source".formatted(tag));
            return Optional.empty();
        }
        String wanted = source.get().digest().toString();
        String present = destination.map((descriptor) -> descriptor.digest().toString()).orElse("");
        if (wanted.equals(present)) {
            this.unchanged.incrementAndGet();
            return Optional.empty();
        }
        return Optional.of(new Change(tag, wanted, present));
    }

}
