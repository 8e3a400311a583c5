package oci.model;

import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A password or token. Only {@link #reveal()} shows its text. A sealed one is opened
 * where it is used, so that a secret that cannot be opened fails only what needs it.
 */
public final class Secret {

    /** The message for a secret that cannot be opened. */
    public static final String LOCKED = "its secret cannot be opened with this key; give it anew";

    private final @Nullable String sealed;

    private final Supplier<String> opener;

    private volatile @Nullable String text;

    public Secret(String text) {
        this(null, () -> text);
        this.text = text;
    }

    private Secret(@Nullable String sealed, Supplier<String> opener) {
        this.sealed = sealed;
        this.opener = opener;
    }

    /**
     * A secret as it lies in the database.
     * @param opener throws {@link IllegalStateException} where it cannot be opened
     */
    public static Secret sealed(String sealed, Supplier<String> opener) {
        return new Secret(sealed, opener);
    }

    /**
     * Its text.
     * @throws IllegalStateException where it cannot be opened, saying why
     */
    public String reveal() {
        String known = this.text;
        if (known == null) {
            known = this.opener.get();
            this.text = known;
        }
        return known;
    }

    /** Whether it can be opened. */
    public boolean readable() {
        try {
            reveal();
            return true;
        }
        catch (IllegalStateException _) {
            return false;
        }
    }

    /** As it lies in the database; empty where it does not come from there. */
    public Optional<String> sealed() {
        return Optional.ofNullable(this.sealed);
    }

    /** Whether the text is empty; a sealed secret never is. */
    public boolean isEmpty() {
        return this.sealed == null && reveal().isEmpty();
    }

    private String identity() {
        return (this.sealed == null || readable()) ? reveal() : this.sealed;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && identity().equals(secret.identity());
    }

    @Override
    public int hashCode() {
        return identity().hashCode();
    }

    @Override
    public String toString() {
        return "******";
    }

}
