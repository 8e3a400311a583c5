package oci;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.execution.StopSignal;
import replication.registry.RegistryFailure;

/**
 * An upload session: used by one monolithic PUT, or by a PATCH for each piece and a PUT
 * that commits them. By one thread at a time.
 */
final class OpenUpload implements ResumableUpload {

    private static final Logger LOG = LoggerFactory.getLogger(OpenUpload.class);

    private static final long CANCEL_SECONDS = 5;

    /** {@code 0-0} says of nothing, or of a single byte: both are begun anew. */
    private static final Pattern HELD = Pattern.compile("(?:bytes=)?0-([1-9]\\d{0,17})");

    private final RemoteRepository repository;

    private final Descriptor blob;

    private final BlobHash hash;

    private final long pieceAtLeast;

    private volatile URI session;

    /** So many bytes the registry holds. */
    private long position;

    private boolean known = true;

    private boolean wentOn;

    private boolean spoilt;

    OpenUpload(RemoteRepository repository, Descriptor blob, URI session, long pieceAtLeast) {
        this.repository = repository;
        this.blob = blob;
        this.session = session;
        this.pieceAtLeast = pieceAtLeast;
        this.hash = new BlobHash(blob.digest());
    }

    /** One that another process has opened. */
    static OpenUpload again(RemoteRepository repository, Descriptor blob, URI session) {
        OpenUpload upload = new OpenUpload(repository, blob, session, 0);
        upload.known = false;
        return upload;
    }

    @Override
    public long send(InputStream content) {
        HashedEntity body = body(HashedEntity.Piece.from(this.position, this.blob), content, "push");
        Call call = call("PUT", withDigest(), "push").with(new Body.Once(body)).judgedBy(this::judge);
        long sent = this.repository.caller().ask(call, this.repository.stop(), (_) -> body.sent());
        return this.position + sent;
    }

    @Override
    public void piece(InputStream content, long length) {
        HashedEntity.Piece piece = new HashedEntity.Piece(this.position, length);
        HashedEntity body = body(piece, content, "push a piece of");
        Call call = call("PATCH", this.session, "push a piece of").saying("Content-Range", piece.range())
            .with(new Body.Once(body))
            .judgedBy(this::judge);
        this.session = this.repository.caller().ask(call, this.repository.stop(), (answer) -> moved(call, answer));
        this.position += length;
        this.known = true;
    }

    private HashedEntity body(HashedEntity.Piece piece, InputStream content, String what) {
        if (!this.known) {
            throw new IllegalStateException("the upload of %s has been begun before".formatted(this.blob.digest()));
        }
        this.known = false;
        return new HashedEntity(this.blob, piece, this.hash, content, doing(what),
                this.repository.caller().settings().stall());
    }

    @Override
    public long pieceAtLeast() {
        return this.pieceAtLeast;
    }

    @Override
    public long commit() {
        Call call = call("PUT", withDigest(), "commit").in(Lane.SMALL).with(Body.EMPTY).judgedBy(this::judge);
        this.repository.caller().askOnce(call, this.repository.stop(), Answer::status);
        return this.position;
    }

    @Override
    public OptionalLong held() {
        this.known = false;
        if (this.spoilt) {
            return OptionalLong.empty();
        }
        Call call = call("GET", this.session, "look how far the upload has come of").in(Lane.SMALL);
        try {
            Matcher range = HELD.matcher(this.repository.caller().ask(call, this.repository.stop(), (answer) -> {
                this.session = moved(call, answer);
                return answer.header("Range").orElse("");
            }));
            if (range.matches() && Long.parseLong(range.group(1)) < this.blob.size()) {
                this.position = Long.parseLong(range.group(1)) + 1;
                this.known = true;
                this.wentOn = true;
                return OptionalLong.of(this.position);
            }
        }
        catch (RegistryFailure ex) {
            LOG.debug("{}; it is begun anew", ex.getMessage());
        }
        return OptionalLong.empty();
    }

    @Override
    public String session() {
        return this.session.toString();
    }

    private URI moved(Call call, Answer answer) throws IOException {
        return answer.header("Location").isPresent() ? Location.of(call, answer) : this.session;
    }

    private Call call(String method, URI uri, String what) {
        return Call.of(method, uri, doing(what), this.repository.scopes()).in(Lane.WRITE);
    }

    private String doing(String what) {
        return "%s blob %s to %s".formatted(what, this.blob.digest(), this.repository.title());
    }

    /** The session's URL is the registry's own affair: only the digest is added. */
    private URI withDigest() {
        String glue = (this.session.getRawQuery() != null) ? "&" : "?";
        return URI.create(this.session + glue + "digest="
                + URLEncoder.encode(this.blob.digest().toString(), StandardCharsets.UTF_8));
    }

    /**
     * A session that has expired is no fault of the blob: another may serve. Nor is one
     * that has been gone on with and does not add up.
     */
    private RegistryFailure judge(Rejection rejection) {
        boolean expired = rejection.status() == 404 || rejection.status() == 416
                || Stream.of("BLOB_UPLOAD_UNKNOWN", "BLOB_UPLOAD_INVALID").anyMatch(rejection.error()::says);
        this.spoilt = this.wentOn && rejection.status() == 400;
        if (expired || this.spoilt) {
            return rejection.passing();
        }
        boolean tooLarge = rejection.status() == 413;
        boolean refused = tooLarge || rejection.status() == 405 || rejection.status() == 501
                || rejection.error().says("UNSUPPORTED");
        return refused ? new RegistryFailure.Unsupported(rejection.message(), tooLarge) : rejection.failure();
    }

    @Override
    public void cancel() {
        // Of its own, as it is often the task's stop that leads here; and not for long.
        StopSignal patience = new StopSignal();
        CompletableFuture.delayedExecutor(CANCEL_SECONDS, TimeUnit.SECONDS).execute(patience::stop);
        Call call = Call.of("DELETE", this.session, doing("cancel the upload of"),
                List.of(Scope.repository(this.repository.name(), "pull", "push", "delete")));
        try {
            this.repository.caller().askOnce(call, patience, Answer::status);
        }
        catch (RegistryFailure | StopSignal.Stopped ex) {
            LOG.debug("{}; the registry will purge it", ex.getMessage());
        }
    }

}
