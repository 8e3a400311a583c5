package oci.message;

/** What a message is about. */
public enum Culprit {

    /** The host that was asked. */
    HOST("%s %s", "which %s"),
    /** Its name. */
    NAME("the name %s %s", "whose name %s"),
    /** The certificate that it shows. */
    CERTIFICATE("the certificate of %s %s", "whose certificate %s");

    private final String first;

    private final String after;

    Culprit(String first, String after) {
        this.first = first;
        this.after = after;
    }

    /** As a sentence of its own. */
    String first(String host, String did) {
        return this.first.formatted(host, did);
    }

    /** As a clause behind the host. */
    String after(String did) {
        return this.after.formatted(did);
    }

}
