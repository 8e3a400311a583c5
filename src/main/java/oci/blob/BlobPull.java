package oci.blob;

import java.io.IOException;
import java.util.Optional;

import oci.BlobContent;
import oci.http.BodyStream;
import oci.http.RemoteRepository;
import oci.limits.Lane;
import oci.limits.Permits;
import oci.limits.ReadAhead;
import oci.message.Answer;
import oci.message.Call;
import oci.model.Descriptor;
import oci.model.HostRecords;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.net.HttpSettings;

/**
 * Opens a blob for reading. It holds a read permit until it is closed, also while it is
 * read on after a break.
 */
public final class BlobPull {

    private final RemoteRepository repository;

    private final Descriptor blob;

    /** What tells one state of the content from another, as the first answer said. */
    private Version version = Version.UNTOLD;

    public BlobPull(RemoteRepository repository, Descriptor blob) {
        this.repository = repository;
        this.blob = blob;
    }

    /** Opens it at a position in bytes. */
    public BlobContent open(long from) {
        Call call = from(from).in(Lane.READ);
        Answer answer = answer(call, from);
        try {
            if (answer.page() && answer.length() >= 0 && answer.length() != expected(answer, from)) {
                throw new IOException(
                        "%d with a page of HTML in its place; something on the way speaks for the registry"
                            .formatted(answer.status()));
            }
            BodyStream body = new BodyStream(answer, stop());
            this.version = Version.of(answer);
            long length = answer.length();
            boolean part = from > 0 && continues(answer, from, size() - 1);
            if (from > 0) {
                learn(part);
            }
            if (from > 0 && !part && answer.status() != 200) {
                throw new IOException("asked for the bytes from %d on, answered with %d and %s".formatted(from,
                        answer.status(), answer.header("Content-Range").orElse("no Content-Range")));
            }
            if (from > 0 && !part) {
                // It does not honour Range: what is not wanted goes by.
                body.skipNBytes(from);
                length = Math.max(-1, length - from);
            }
            return new BlobContent(new BlobStream(this, body, answer.takePermit(), from), length);
        }
        catch (IOException ex) {
            answer.close();
            throw new RegistryFailure.Transient(call.doing() + ": " + ex.getMessage(), ex);
        }
        catch (RuntimeException | Error ex) {
            answer.close();
            throw ex;
        }
    }

    private Answer answer(Call call, long from) {
        Answer answer = this.repository.caller().open(call, stop());
        answer.expect(expected(answer, from));
        if (answer.status() != 206 || !answer.encoded()) {
            return answer;
        }
        // A part of what is packed for the way is none of the blob.
        answer.close();
        return this.repository.caller().open(call().in(Lane.READ), stop());
    }

    private long expected(Answer answer, long from) {
        return (answer.status() == 206) ? size() - from : size();
    }

    /**
     * Reads on, where the registry can.
     * @throws IOException the one that broke the reading, where it cannot
     */
    BodyStream readOn(long from, IOException broken) throws IOException {
        Call call = from(from).in(Lane.READ_ON);
        Answer answer;
        try {
            answer = this.repository.caller().open(call, stop());
        }
        catch (RegistryFailure ex) {
            broken.addSuppressed(ex);
            throw broken;
        }
        answer.expect(expected(answer, from));
        boolean good = (from > 0) ? continues(answer, from, size() - 1) : answer.status() == 200;
        if (from > 0) {
            learn(good);
        }
        if (!good) {
            answer.close();
            throw broken;
        }
        return new BodyStream(answer, stop());
    }

    /**
     * Reads a part, for which the caller holds a permit.
     * @throws RegistryFailure where it is not given, or of other content than the first
     * answer's
     */
    BodyStream part(long from, int length, StopSignal until) throws IOException {
        long last = from + length - 1;
        Call call = call().withHeader("Range", "bytes=" + from + "-" + last).in(Lane.READ_ON);
        Answer answer = this.repository.caller().open(call, until);
        answer.expect(length);
        boolean given = continues(answer, from, last);
        if (!given || !this.version.agrees(Version.of(answer))) {
            if (!given) {
                learn(false);
            }
            try (answer) {
                throw new RegistryFailure.Permanent(
                        "%s: asked for bytes %d-%d, answered with %d and %s".formatted(call.doing(), from, last,
                                answer.status(), answer.header("Content-Range").orElse("no Content-Range")));
            }
        }
        learn(true);
        return new BodyStream(answer, until);
    }

    private Call call() {
        return Call.of("GET", this.repository.endpoint().blob(this.repository.name(), this.blob.digest()), title(),
                this.repository.scopes());
    }

    private Call from(long from) {
        return (from > 0) ? call().withHeader("Range", "bytes=" + from + "-") : call();
    }

    /** Whether it is the part that was asked for, of a whole of the right size. */
    private boolean continues(Answer answer, long from, long last) {
        String range = answer.header("Content-Range").orElse("");
        return answer.status() == 206 && !answer.encoded()
                && (range.equals("bytes %d-%d/%d".formatted(from, last, size()))
                        || range.equals("bytes %d-%d/*".formatted(from, last)));
    }

    /** What is being done, as messages begin. */
    String title() {
        return "pull blob %s from %s".formatted(this.blob.digest(), this.repository.title());
    }

    long size() {
        return this.blob.size();
    }

    StopSignal stop() {
        return this.repository.stop();
    }

    HttpSettings settings() {
        return this.repository.caller().settings();
    }

    private void learn(boolean ranges) {
        this.repository.caller().host().learn(HostRecords.Trait.RANGES, ranges);
    }

    /**
     * Where much is left after a position, unless the host has shown that it gives no
     * parts. What is read anew comes over one connection.
     */
    boolean worthParts(long position) {
        return !this.repository.caller().isFresh() && memory().worth(size() - position)
                && this.repository.caller().host().shown(HostRecords.Trait.RANGES).orElse(true);
    }

    ReadAhead memory() {
        return this.repository.caller().limits().memory();
    }

    /** A permit for a part, where one is free. */
    Optional<Permits.Permit> spare() {
        return this.repository.caller().spareRead();
    }

    /** Headers of an answer (RFC 9110, 8.8); empty where they are not told. */
    private record Version(String tag, String modified) {

        static final Version UNTOLD = new Version("", "");

        static Version of(Answer answer) {
            return new Version(answer.header("ETag").orElse(""), answer.header("Last-Modified").orElse(""));
        }

        boolean agrees(Version other) {
            return agree(this.tag, other.tag) && agree(this.modified, other.modified);
        }

        private static boolean agree(String one, String other) {
            return one.isEmpty() || other.isEmpty() || one.equals(other);
        }

    }

}
