package notes;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import oci.Artifact;
import replication.ResourceType;
import replication.execution.copy.Change;
import replication.execution.copy.Outcome;
import replication.execution.copy.RepositoryCopy;
import replication.execution.copy.ResourceHandler;
import replication.execution.copy.Subject;
import replication.execution.copy.TransferOrder;
import replication.execution.state.Mode;
import replication.registry.Connections;
import replication.registry.RegistryConnection;
import replication.registry.RepositoryQuery;

/** Replicates notes, a type of resource that Drayage does not have. */
final class NoteHandler implements ResourceHandler {

    static final ResourceType NOTE = new ResourceType("note");

    /** How the name of a note ends that signs another one. */
    private static final String SIGNATURE = ".sig";

    private final Connections connections;

    NoteHandler(Connections connections) {
        this.connections = connections;
    }

    @Override
    public ResourceType type() {
        return NOTE;
    }

    @Override
    public Stream<String> list(RegistryConnection source, RepositoryQuery query) {
        return source.as(NoteFolder.class).notebooks();
    }

    @Override
    public RepositoryCopy open(TransferOrder order) {
        return new Copy(order, this.connections.to(order.source()).as(NoteFolder.class),
                this.connections.to(order.destination()).as(NoteFolder.class));
    }

    private record Copy(TransferOrder order, NoteFolder source, NoteFolder destination,
            AtomicLong equal) implements RepositoryCopy {

        Copy(TransferOrder order, NoteFolder source, NoteFolder destination) {
            this(order, source, destination, new AtomicLong());
        }

        @Override
        public Iterator<Change> changes() {
            return this.order.filter()
                .listed(this.source.notes(this.order.sourceRepository()).map(this::listed))
                .map(Artifact::tag)
                .map((note) -> new Change(subject(note), digest(this.source, this.order.sourceRepository(), note),
                        digest(this.destination, this.order.destinationRepository(), note)))
                .filter(this::differs)
                .iterator();
        }

        /** A folder tells how long a note is. */
        private Artifact listed(String note) {
            String text = this.source.read(this.order.sourceRepository(), note).orElse("");
            return new Artifact(note, "", "", Map.of("length", String.valueOf(text.length())), null, false);
        }

        private Subject subject(String note) {
            return note.endsWith(SIGNATURE)
                    ? new Subject.Referrer(digest(this.source, this.order.sourceRepository(), note),
                            Subject.Role.SIGNATURE)
                    : new Subject.Tag(note);
        }

        private String note(Subject subject) {
            return switch (subject) {
                case Subject.Tag(String name) -> name;
                case Subject.Referrer(String digest, Subject.Role _) -> this.source.notes(this.order.sourceRepository())
                    .filter((note) -> digest(this.source, this.order.sourceRepository(), note).equals(digest))
                    .findFirst()
                    .orElseThrow();
            };
        }

        private boolean differs(Change change) {
            boolean same = change.sourceDigest().equals(change.destinationDigest());
            this.equal.addAndGet(same ? 1 : 0);
            return !same;
        }

        private static String digest(NoteFolder folder, String notebook, String note) {
            return folder.read(notebook, note).map(NoteFolder::digest).orElse("");
        }

        @Override
        public long unchanged() {
            return this.equal.get();
        }

        @Override
        public Outcome copy(Change change) {
            this.order.stop().check();
            String note = note(change.subject());
            String text = this.source.read(this.order.sourceRepository(), note).orElseThrow();
            if (this.order.mode() == Mode.PLAN) {
                return Outcome.wouldCopy(change.subject(), NoteFolder.digest(text));
            }
            this.destination.write(this.order.destinationRepository(), note, text);
            return Outcome.copied(change.subject(), NoteFolder.digest(text), text.length());
        }

        @Override
        public void close() {
            // Nothing is left open.
        }

    }

}
