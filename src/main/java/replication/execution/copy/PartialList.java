package replication.execution.copy;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import oci.model.RegistryFailure;

/** A list that ends early, rather than fail, where the registry's list is not whole. */
public final class PartialList implements Iterator<String> {

    private final Iterator<String> names;

    private final Consumer<String> lacks;

    private boolean ended;

    private PartialList(Iterator<String> names, Consumer<String> lacks) {
        this.names = names;
        this.lacks = lacks;
    }

    /**
     * The names of a list.
     * @param lacks takes what is missing, after the last name
     */
    public static Stream<String> of(Stream<String> names, Consumer<String> lacks) {
        PartialList list = new PartialList(names.iterator(), lacks);
        return StreamSupport
            .stream(Spliterators.spliteratorUnknownSize(list, Spliterator.ORDERED | Spliterator.NONNULL), false)
            .onClose(names::close);
    }

    @Override
    public boolean hasNext() {
        if (this.ended) {
            return false;
        }
        try {
            this.ended = !this.names.hasNext();
        }
        catch (RegistryFailure.Incomplete ex) {
            this.ended = true;
            this.lacks.accept(String.valueOf(ex.getMessage()));
        }
        return !this.ended;
    }

    @Override
    public String next() {
        return this.names.next();
    }

}
