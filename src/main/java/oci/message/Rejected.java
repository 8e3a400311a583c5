package oci.message;

/** Carries a rejection to the code that decides on another attempt. */
public final class Rejected extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;

    public Rejected(Rejection rejection) {
        super(rejection.message());
        this.rejection = rejection;
    }

    public Rejection rejection() {
        return this.rejection;
    }

}
