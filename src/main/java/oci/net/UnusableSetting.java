package oci.net;

/**
 * A setting of how a registry is reached that cannot be used, with the reason in words
 * for the person who gave it.
 */
public final class UnusableSetting extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String setting;

    public UnusableSetting(String setting, String reason) {
        super(reason);
        this.setting = setting;
    }

    /** Its name in the API, such as {@code ca_certificate}. */
    public String setting() {
        return this.setting;
    }

}
