package replication.registry;

/**
 * How an operator has a vendor's registry report its events.
 *
 * @param sender the sender that reads its deliveries, by its identity; empty if the
 * registry posts nothing, and its events are read from a queue
 * @param proof the type of proof that the vendor gives: {@code none}, {@code header},
 * {@code hmac} or {@code webhook}
 * @param header the header with the proof; empty if there is none
 * @param text the steps at the vendor, in sentences; {@code {url}} stands for the hook's
 * address, and {@code {secret}} for the words "the hook's secret"
 */
public record EventSetup(String sender, String proof, String header, String text) {

    /** For a kind of registry of which nothing is known. */
    public static final EventSetup UNKNOWN = new EventSetup("", "none", "", "");

    /** Deliveries that only the secret path of the hook proves. */
    public static EventSetup unproven(String sender, String text) {
        return new EventSetup(sender, "none", "", text);
    }

    /** Deliveries with a header that has the hook's secret as its whole value. */
    public static EventSetup provenByHeader(String sender, String header, String text) {
        return new EventSetup(sender, "header", header, text);
    }

    /** Deliveries with a header that has the HMAC-SHA256 of the body. */
    public static EventSetup provenByHmac(String sender, String header, String text) {
        return new EventSetup(sender, "hmac", header, text);
    }

    /** Events that are read from a vendor's queue, without a hook. */
    public static EventSetup queued(String text) {
        return new EventSetup("", "none", "", text);
    }

    /**
     * The steps for one hook.
     * @param url the hook's address, or words that describe it
     */
    public String text(String url) {
        return this.text.replace("{url}", url).replace("{secret}", "the hook's secret");
    }

}
