package oci.blob;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import oci.ResumableUpload;
import oci.http.Location;
import oci.http.RemoteRepository;
import oci.limits.Lane;
import oci.message.Answer;
import oci.message.BlobHash;
import oci.message.Body;
import oci.message.Call;
import oci.message.HashedEntity;
import oci.message.Rejection;
import oci.model.CarriedFailure;
import oci.model.Descriptor;
import oci.model.RegistryFailure;
import oci.model.Scope;
import oci.model.StopSignal;
import oci.model.WebUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An upload session: used by one monolithic PUT, or by a PATCH for each piece and a PUT
 * that commits them. By one thread at a time.
 */
public final class OpenUpload implements ResumableUpload {

    private static final Logger LOG = LoggerFactory.getLogger(OpenUpload.class);

    /** A stopped task is to be silent within a second. */
    private static final long CANCEL_MILLIS = 700;

    /** {@code 0-0} says of nothing, or of a single byte: both are begun anew. */
    private static final Pattern HELD = Pattern.compile("(?:bytes=)?0-([1-9]\\d{0,17})");

    private final RemoteRepository repository;

    private final Descriptor blob;

    private final BlobHash hash;

    private final long pieceAtLeast;

    private volatile WebUrl session;

    /** So many bytes the registry holds. */
    private long position;

    private long readFrom;

    private boolean known = true;

    private boolean wentOn;

    private boolean spoilt;

    OpenUpload(RemoteRepository repository, Descriptor blob, WebUrl session, long pieceAtLeast) {
        this(repository, blob, session, pieceAtLeast, new BlobHash(blob.digest()));
    }

    private OpenUpload(RemoteRepository repository, Descriptor blob, WebUrl session, long pieceAtLeast, BlobHash hash) {
        this.repository = repository;
        this.blob = blob;
        this.session = session;
        this.pieceAtLeast = pieceAtLeast;
        this.hash = hash;
    }

    /** One that another process has opened. */
    public static OpenUpload again(RemoteRepository repository, Descriptor blob, WebUrl session) {
        OpenUpload upload = new OpenUpload(repository, blob, session, 0, BlobHash.withoutBeginning(blob.digest()));
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
        Call call = call("PATCH", this.session, "push a piece of").withHeader("Content-Range", piece.range())
            .with(new Body.Once(body))
            .judgedBy(this::judgePieces);
        this.session = this.repository.caller()
            .ask(call, this.repository.stop(), (answer) -> taken(call, answer, piece));
        this.position += length;
        this.known = true;
    }

    /** Some registries drop what follows the first piece, and say so only here. */
    private WebUrl taken(Call call, Answer answer, HashedEntity.Piece piece) throws IOException {
        Matcher range = HELD.matcher(answer.header("Range").orElse(""));
        if (range.matches() && Long.parseLong(range.group(1)) + 1 < piece.from() + piece.length()) {
            throw new CarriedFailure(new RegistryFailure.Unsupported("%s: the registry holds %s of %d bytes sent"
                .formatted(call.doing(), range.group(), piece.from() + piece.length()), false));
        }
        return moved(call, answer);
    }

    private HashedEntity body(HashedEntity.Piece piece, InputStream content, String what) {
        if (!this.known) {
            throw new IllegalStateException("the upload of %s has already begun".formatted(this.blob.digest()));
        }
        catchUp(content, what);
        this.known = false;
        return new HashedEntity(this.blob, piece, this.hash, content, doing(what),
                this.repository.caller().settings().stall());
    }

    /** Takes in what the registry holds of what was hashed last. */
    private void catchUp(InputStream content, String what) {
        byte[] buffer = new byte[64 * 1024];
        try {
            while (this.hash.hashed() < this.position) {
                long left = this.position - this.hash.hashed();
                int read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new IOException("it ended after %d bytes".formatted(this.hash.hashed()));
                }
                this.hash.update(buffer, read);
            }
        }
        catch (IOException ex) {
            throw new RegistryFailure.Transient("%s: the source failed: %s".formatted(doing(what), ex.getMessage()),
                    ex);
        }
    }

    @Override
    public long readFrom() {
        return this.readFrom;
    }

    @Override
    public long pieceAtLeast() {
        return this.pieceAtLeast;
    }

    @Override
    public long commit() {
        Call call = call("PUT", withDigest(), "commit").in(Lane.SMALL).with(new Body.End()).judgedBy(this::judgePieces);
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
            String held = this.repository.caller().ask(call, this.repository.stop(), (answer) -> {
                this.session = moved(call, answer);
                return answer.header("Range").orElse("");
            });
            Matcher range = HELD.matcher(held);
            if (range.matches() && Long.parseLong(range.group(1)) < this.blob.size()) {
                long there = Long.parseLong(range.group(1)) + 1;
                OptionalLong from = this.hash.goBack(there);
                if (from.isEmpty()) {
                    return OptionalLong.empty();
                }
                this.position = there;
                this.readFrom = from.getAsLong();
                this.known = true;
                this.wentOn = true;
                return OptionalLong.of(this.position);
            }
        }
        catch (RegistryFailure ex) {
            LOG.debug("{}; it starts again", ex.getMessage());
        }
        return OptionalLong.empty();
    }

    @Override
    public String session() {
        return this.session.toString();
    }

    private WebUrl moved(Call call, Answer answer) throws IOException {
        return answer.header("Location").isPresent() ? Location.of(call, answer) : this.session;
    }

    private Call call(String method, WebUrl uri, String what) {
        return Call.of(method, uri, doing(what), this.repository.scopes()).in(Lane.WRITE);
    }

    private String doing(String what) {
        return "%s blob %s to %s".formatted(what, this.blob.digest(), this.repository.title());
    }

    /** The session's URL is the registry's own affair: only the digest is added. */
    private WebUrl withDigest() {
        return this.session.and("digest=" + URLEncoder.encode(this.blob.digest().toString(), StandardCharsets.UTF_8));
    }

    /**
     * Where it is the commit that is refused, the registry has not put together what
     * came: the last piece goes out only when all are right.
     */
    private RegistryFailure judgePieces(Rejection rejection) {
        boolean refused = !this.wentOn && rejection.status() == 400 && !expired(rejection);
        return refused ? new RegistryFailure.Unsupported(rejection.message(), false) : judge(rejection);
    }

    private static boolean expired(Rejection rejection) {
        return rejection.status() == 404 || rejection.status() == 416
                || Stream.of("BLOB_UPLOAD_UNKNOWN", "BLOB_UPLOAD_INVALID").anyMatch(rejection.error()::says);
    }

    /**
     * A session that has expired is no fault of the blob: another may serve. Nor is one
     * that has been gone on with and does not add up.
     */
    private RegistryFailure judge(Rejection rejection) {
        this.spoilt = this.wentOn && rejection.status() == 400;
        if (expired(rejection) || this.spoilt) {
            return rejection.passing();
        }
        if (rejection.status() == 400 && rejection.error().says("DIGEST_INVALID")) {
            return new RegistryFailure.Mismatch(rejection.message());
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
        CompletableFuture.delayedExecutor(CANCEL_MILLIS, TimeUnit.MILLISECONDS).execute(patience::stop);
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
