package oci.listing;

import java.util.LinkedHashSet;
import java.util.Set;

import oci.model.OutsideText;

/** Entries of a list that are no names, each told once. */
final class BadNames {

    /** So many are told, the others counted. */
    private static final int TOLD = 20;

    private static final int LONGEST = 60;

    private final Set<String> told = new LinkedHashSet<>();

    private int count;

    void add(String text) {
        count('"' + OutsideText.line(text, LONGEST) + '"');
    }

    /** What is not even text. */
    void addOther(String kind) {
        count(kind);
    }

    private void count(String entry) {
        this.count++;
        if (this.told.size() < TOLD) {
            this.told.add(entry);
        }
    }

    void addAll(BadNames others) {
        this.count += others.count;
        others.told.stream().limit(Math.max(0, TOLD - this.told.size())).forEach(this.told::add);
    }

    boolean none() {
        return this.count == 0;
    }

    /** Such as {@code 3 of its entries are no names: null, "a b"}. */
    @Override
    public String toString() {
        String rest = (this.count > this.told.size()) ? " and more" : "";
        return "%d of its entries %s: %s%s".formatted(this.count, (this.count == 1) ? "is no name" : "are no names",
                String.join(", ", this.told), rest);
    }

}
