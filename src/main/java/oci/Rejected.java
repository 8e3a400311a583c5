package oci;

/** Carries a rejection to where it is decided whether to try again. */
final class Rejected extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;

    Rejected(Rejection rejection) {
        super(rejection.message());
        this.rejection = rejection;
    }

    Rejection rejection() {
        return this.rejection;
    }

}
