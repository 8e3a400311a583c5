package oci;

import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.execution.StopSignal;
import replication.registry.RegistryFailure;

/** An upload session, used by one monolithic PUT. */
final class OpenUpload implements BlobUpload {

    private static final Logger LOG = LoggerFactory.getLogger(OpenUpload.class);

    private static final long CANCEL_SECONDS = 5;

    private final RemoteRepository repository;

    private final Descriptor blob;

    private final URI session;

    private final AtomicBoolean begun = new AtomicBoolean();

    OpenUpload(RemoteRepository repository, Descriptor blob, URI session) {
        this.repository = repository;
        this.blob = blob;
        this.session = session;
    }

    @Override
    public long send(InputStream content) {
        if (this.begun.getAndSet(true)) {
            throw new IllegalStateException("the upload of %s has been begun before".formatted(this.blob.digest()));
        }
        String doing = "push blob %s to %s".formatted(this.blob.digest(), this.repository.title());
        HashedEntity body = new HashedEntity(this.blob, content, doing, this.repository.caller().settings().stall());
        Call call = Call.of("PUT", withDigest(), doing, this.repository.scopes())
            .in(Lane.WRITE)
            .with(new Body.Once(body))
            .judgedBy(OpenUpload::judge);
        return this.repository.caller().ask(call, this.repository.stop(), (_) -> body.sent());
    }

    /** The session's URL is the registry's own affair: only the digest is added. */
    private URI withDigest() {
        String glue = (this.session.getRawQuery() != null) ? "&" : "?";
        return URI.create(this.session + glue + "digest="
                + URLEncoder.encode(this.blob.digest().toString(), StandardCharsets.UTF_8));
    }

    /** A session that has expired is no fault of the blob: another may serve. */
    private static RegistryFailure judge(Rejection rejection) {
        boolean expired = rejection.status() == 404 || rejection.status() == 416
                || Stream.of("BLOB_UPLOAD_UNKNOWN", "BLOB_UPLOAD_INVALID").anyMatch(rejection.error()::says);
        return expired ? rejection.passing() : rejection.failure();
    }

    @Override
    public void cancel() {
        // Of its own, as it is often the task's stop that leads here; and not for long.
        StopSignal patience = new StopSignal();
        CompletableFuture.delayedExecutor(CANCEL_SECONDS, TimeUnit.SECONDS).execute(patience::stop);
        Call call = Call.of("DELETE", this.session,
                "cancel the upload of blob %s to %s".formatted(this.blob.digest(), this.repository.title()),
                List.of(Scope.repository(this.repository.name(), "pull", "push", "delete")));
        try {
            this.repository.caller().askOnce(call, patience, Answer::status);
        }
        catch (RegistryFailure | StopSignal.Stopped ex) {
            LOG.debug("{}; the registry will purge it", ex.getMessage());
        }
    }

}
