package oci.listing;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the next page (RFC 8288). Where a registry leaves out the angle brackets or the
 * relation, the link is followed all the same: a list that ends there would seem whole.
 * Reads each character once.
 */
public final class LinkHeader {

    private final String text;

    private int at;

    private LinkHeader(String text) {
        this.text = text;
    }

    public static Optional<String> next(List<String> headers) {
        return headers.stream().flatMap((header) -> new LinkHeader(header).search().stream()).findFirst();
    }

    private Optional<String> search() {
        while (true) {
            skip(" \t,");
            if (this.at >= this.text.length()) {
                return Optional.empty();
            }
            boolean bracketed = this.text.charAt(this.at) == '<';
            String target = target();
            if (isNext(bracketed) && !target.isEmpty()) {
                return Optional.of(target);
            }
        }
    }

    private String target() {
        if (this.text.charAt(this.at) != '<') {
            return until(" \t;,").strip();
        }
        this.at++;
        String target = until(">");
        this.at++;
        return target.strip();
    }

    /**
     * Reads a link's parameters, and tells whether it leads to the next page.
     * @param unrelated what holds of one that states no relation
     */
    private boolean isNext(boolean unrelated) {
        boolean next = false;
        boolean related = false;
        for (skip(" \t"); this.at < this.text.length() && this.text.charAt(this.at) == ';'; skip(" \t")) {
            this.at++;
            skip(" \t");
            String name = until("=;, \t");
            skip(" \t");
            String value = (this.at < this.text.length() && this.text.charAt(this.at) == '=') ? value() : "";
            if (name.equalsIgnoreCase("rel")) {
                related = true;
                next |= (" " + value.toLowerCase(Locale.ROOT) + " ").contains(" next ");
            }
        }
        return next || (unrelated && !related);
    }

    private String value() {
        this.at++;
        skip(" \t");
        if (this.at >= this.text.length() || this.text.charAt(this.at) != '"') {
            return until("; \t,");
        }
        this.at++;
        String value = until("\"");
        this.at++;
        return value;
    }

    private void skip(String characters) {
        while (this.at < this.text.length() && characters.indexOf(this.text.charAt(this.at)) >= 0) {
            this.at++;
        }
    }

    private String until(String characters) {
        int from = Math.min(this.at, this.text.length());
        while (this.at < this.text.length() && characters.indexOf(this.text.charAt(this.at)) < 0) {
            this.at++;
        }
        return this.text.substring(from, Math.max(from, this.at));
    }

}
