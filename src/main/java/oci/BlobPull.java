package oci;

import java.io.IOException;

import replication.execution.StopSignal;
import replication.registry.HostRecords;
import replication.registry.RegistryFailure;

/**
 * Opens a blob for reading. It holds a read permit until it is closed, also while it is
 * read on after a break.
 */
final class BlobPull {

    private final RemoteRepository repository;

    private final Descriptor blob;

    BlobPull(RemoteRepository repository, Descriptor blob) {
        this.repository = repository;
        this.blob = blob;
    }

    /** Opens it at a position in bytes. */
    BlobContent open(long from) {
        Call call = call(from).in(Lane.READ);
        Answer answer = this.repository.caller().open(call, stop());
        try {
            if (answer.page() && answer.length() != size() - from) {
                throw new IOException(
                        "%d with a page of HTML in its place; something on the way speaks for the registry"
                            .formatted(answer.status()));
            }
            BodyStream body = new BodyStream(answer, call, stop());
            long length = answer.length();
            boolean part = from > 0 && continues(answer, from);
            if (from > 0) {
                learn(part);
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
    }

    /**
     * Reads on, where the registry can.
     * @throws IOException the one that broke the reading, where it cannot
     */
    BodyStream readOn(long from, IOException broken) throws IOException {
        Call call = call(from).in(Lane.READ_ON);
        Answer answer;
        try {
            answer = this.repository.caller().open(call, stop());
        }
        catch (RegistryFailure ex) {
            broken.addSuppressed(ex);
            throw broken;
        }
        boolean continued = continues(answer, from);
        if (from > 0) {
            learn(continued);
        }
        if (!continued) {
            answer.close();
            throw broken;
        }
        return new BodyStream(answer, call, stop());
    }

    private Call call(long from) {
        Call call = Call.of("GET", this.repository.endpoint().blob(this.repository.name(), this.blob.digest()),
                "pull blob %s from %s".formatted(this.blob.digest(), this.repository.title()),
                this.repository.scopes());
        return (from > 0) ? call.saying("Range", "bytes=" + from + "-") : call;
    }

    /** Whether it is the part that was asked for, of a whole of the right size. */
    private boolean continues(Answer answer, long from) {
        if (from == 0) {
            return answer.status() == 200;
        }
        String range = answer.header("Content-Range").orElse("");
        return answer.status() == 206 && (range.equals("bytes %d-%d/%d".formatted(from, size() - 1, size()))
                || range.equals("bytes %d-%d/*".formatted(from, size() - 1)));
    }

    private void learn(boolean ranges) {
        this.repository.caller().learn(HostRecords.Trait.RANGES, ranges);
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

}
