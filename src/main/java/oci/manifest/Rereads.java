package oci.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import oci.model.Reason;
import oci.model.RegistryFailure;

/**
 * Counts how often one thing came with another digest than it should: it is read anew at
 * once, twice at most, as a byte that flips on its way says nothing of the source. By one
 * thread.
 */
public final class Rereads {

    private static final int MOST = 2;

    private final List<String> came = new ArrayList<>();

    /**
     * Takes note of a read that failed; returns the line that tells of the next.
     * @throws RegistryFailure where it was the last: for good where each read brought the
     * same, else for now
     */
    public String again(RegistryFailure.Mismatch read) {
        this.came.add(read.came());
        if (this.came.size() > MOST) {
            throw verdict(read);
        }
        return "%s; it is read anew at once, over another connection (%d of %d)".formatted(read.getMessage(),
                this.came.size(), MOST);
    }

    private RegistryFailure verdict(RegistryFailure.Mismatch read) {
        List<String> different = this.came.stream().distinct().toList();
        if (different.size() == 1) {
            return new RegistryFailure.Permanent(read.came().isEmpty()
                    ? new Reason("%s; so it was answered %d times, though what was sent had the right digest"
                        .formatted(read.getMessage(), this.came.size()))
                    : new Reason(
                            "%s: the source has other content: each of %d reads brought %s instead of %s, so nothing was committed"
                                .formatted(read.doing(), this.came.size(), read.came(), read.wanted()),
                            "push it to the source anew"),
                    null);
        }
        return new RegistryFailure.Transient(new Reason(
                "%s: it is spoilt on its way: %d reads brought %s, so nothing was committed".formatted(read.doing(),
                        this.came.size(),
                        this.came.stream()
                            .map((digest) -> digest.isEmpty() ? "what the destination refused" : digest)
                            .collect(Collectors.joining(", "))),
                "a proxy, a cache or the network in between may alter it"), null);
    }

}
