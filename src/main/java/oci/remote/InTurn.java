package oci.remote;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Lists one after the other, each opened when the one before has ended and read as it is
 * wanted. The iterator of {@link Stream#flatMap} reads a whole list before it gives the
 * first item, and gives none of a list that fails later.
 *
 * @param <S> what a list is of
 * @param <T> its items
 */
public final class InTurn<S, T> implements Iterator<T> {

    private final Iterator<S> sources;

    private final Function<S, Stream<T>> list;

    private Iterator<T> items = List.<T>of().iterator();

    private InTurn(Iterator<S> sources, Function<S, Stream<T>> list) {
        this.sources = sources;
        this.list = list;
    }

    /**
     * The items of all lists.
     * @param list opens the list of a source; items are not null
     */
    public static <S, T> Stream<T> of(Stream<S> sources, Function<S, Stream<T>> list) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(new InTurn<>(sources.iterator(), list),
                Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    @Override
    public boolean hasNext() {
        while (!this.items.hasNext()) {
            if (!this.sources.hasNext()) {
                return false;
            }
            this.items = this.list.apply(this.sources.next()).iterator();
        }
        return true;
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return this.items.next();
    }

}
