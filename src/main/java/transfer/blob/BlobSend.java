package transfer.blob;

import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

import oci.BlobContent;
import oci.BlobUpload;
import oci.ContentSource;
import oci.ResumableUpload;
import oci.limits.PacedStream;
import oci.limits.Pacer;
import oci.manifest.Rereads;
import oci.model.Descriptor;
import oci.model.HostRecords;
import oci.model.RegistryFailure;
import org.jspecify.annotations.Nullable;
import transfer.pace.Throttle;

/**
 * Streams a blob from one side to the other, reading and writing at the same time. Where
 * it breaks it is begun anew with both streams; a large one goes on with what the
 * registry has kept, also after a crash, and is sent in pieces once its upload has
 * broken. What a registry refuses whole is sent in pieces, and the other way round. For
 * one blob, by one thread.
 */
final class BlobSend {

    /** So many tries in pieces that brought nothing: some registries refuse each anew. */
    private static final int BARREN = 2;

    private final Sides sides;

    private final Descriptor blob;

    private final OpenUploads uploads;

    private final UploadTrace trace;

    private final UploadManners manners;

    private final boolean large;

    private final Throttle throttle;

    private final Rereads rereads = new Rereads();

    private ContentSource source;

    /** What is to be gone on with. */
    private @Nullable BlobUpload left;

    /** Another process has left it. */
    private boolean found;

    private boolean broke;

    /** All of it had gone out when it broke: perhaps only the answer was lost. */
    private boolean complete;

    private boolean pieces;

    /** Tries in pieces since one last brought it further. */
    private int barren;

    private long held;

    /** Where its content is read from, in bytes. */
    private long from;

    /** Of the last piece, in bytes. */
    private long length;

    /** What the registry wants a piece to have, in bytes. */
    private long atLeast;

    private long farthest;

    /** Where the sending stands, in bytes. */
    private long position;

    BlobSend(Sides sides, Descriptor blob, OpenUploads uploads, UploadTrace trace, UploadManners manners,
            long resumeFrom, Throttle throttle) {
        this.sides = sides;
        this.source = sides.source();
        this.blob = blob;
        this.uploads = uploads;
        this.trace = trace;
        this.manners = manners;
        this.large = blob.size() >= resumeFrom;
        this.throttle = throttle;
    }

    /**
     * Sends it.
     * @param session to be used first, where a declined mount has left one
     */
    void send(Optional<BlobUpload> session, Retries retries, BlobTally tally) {
        this.left = session.orElse(null);
        if (this.left == null && this.large) {
            this.left = taken().orElse(null);
            this.found = this.left != null;
        }
        try {
            retries.run(() -> tally.sent(attempt(tally)), () -> this.farthest);
        }
        catch (RegistryFailure.Mismatch ex) {
            beginAnew(ex, tally);
            send(Optional.empty(), retries, tally);
        }
        catch (RegistryFailure ex) {
            moveTo(0, tally);
            if (ex.passing() && this.large && this.left != null) {
                // The task is tried again and goes on with it.
                this.uploads.leave(this.left);
            }
            throw ex;
        }
    }

    /** Nothing of what has come counts any more; its upload is cancelled already. */
    private void beginAnew(RegistryFailure.Mismatch read, BlobTally tally) {
        moveTo(0, tally);
        this.sides.order().log().line(this.rereads.again(read));
        this.source = this.source.afresh();
        this.farthest = 0;
        this.barren = 0;
        this.broke = false;
    }

    private long attempt(BlobTally tally) {
        while (true) {
            try {
                return attemptOneWay(tally);
            }
            catch (RegistryFailure.Unsupported ex) {
                if (!hasOtherWay(ex)) {
                    throw ex;
                }
                this.sides.order().log().line("%s; it is tried another way".formatted(ex.getMessage()));
            }
        }
    }

    private boolean hasOtherWay(RegistryFailure.Unsupported refusal) {
        String destination = host();
        if (this.pieces) {
            return refusal.tooLarge() ? this.manners.refusedPiece(destination, this.length, this.atLeast)
                    : this.manners.refusedPieces(destination, this.blob.size());
        }
        return this.blob.size() > 0 && this.manners.refusedWhole(destination, this.blob.size(), refusal.tooLarge());
    }

    private long attemptOneWay(BlobTally tally) {
        if (this.complete && there()) {
            return arrived(tally);
        }
        BlobUpload upload = upload();
        moveTo(this.from, tally);
        try (BlobContent content = content()) {
            long sent = send(upload, new PacedStream(content.stream(), pace(tally)));
            this.uploads.committed(upload);
            return sent;
        }
        catch (RegistryFailure ex) {
            this.sides.stop().check();
            this.broke = true;
            this.complete = ex.passing() && this.position >= this.blob.size();
            this.barren += this.pieces ? 1 : 0;
            if (this.large && ex.passing()) {
                this.left = upload;
            }
            else {
                this.uploads.cancel(upload);
            }
            throw ex;
        }
    }

    /** Where that is refused, sending it anew tells. */
    private boolean there() {
        try {
            return this.sides.target().has(this.blob);
        }
        catch (RegistryFailure ex) {
            if (ex.passing()) {
                throw ex;
            }
            return false;
        }
    }

    /** It was there before its sender was told. */
    private long arrived(BlobTally tally) {
        if (this.left != null) {
            this.uploads.committed(this.left);
            this.left = null;
        }
        moveTo(this.blob.size(), tally);
        return this.blob.size();
    }

    private void moveTo(long there, BlobTally tally) {
        tally.moves(this.blob, there - this.position);
        this.position = there;
    }

    private BlobContent content() {
        return (this.held > 0 && this.held == this.blob.size()) ? new BlobContent(InputStream.nullInputStream(), 0)
                : this.source.blob(this.blob, this.from);
    }

    private long send(BlobUpload upload, InputStream content) {
        if (!this.pieces || !(upload instanceof ResumableUpload resumable)) {
            return upload.send(content);
        }
        this.atLeast = resumable.pieceAtLeast();
        long most = Math.max(this.manners.piece(host()), this.atLeast);
        while (this.held < this.blob.size()) {
            this.length = Math.min(most, this.blob.size() - this.held);
            resumable.piece(content, this.length);
            this.manners.tookPiece(host());
            this.held += this.length;
            this.barren = 0;
            this.trace.opened(resumable.session());
        }
        return resumable.commit();
    }

    /** The one to be used, which stands at {@link #held}. */
    private BlobUpload upload() {
        BlobUpload upload = choose();
        if (this.large && upload instanceof ResumableUpload resumable) {
            this.uploads.findable(upload, this.trace::ended);
            this.trace.opened(resumable.session());
        }
        return upload;
    }

    private BlobUpload choose() {
        BlobUpload given = this.left;
        this.left = null;
        if (given != null && ((!this.broke && !this.found) || goesOn(given))) {
            return given;
        }
        if (given != null) {
            this.uploads.cancel(given);
        }
        this.held = 0;
        this.from = 0;
        this.pieces = this.manners.inPieces(host(), this.blob.size(), this.broke && this.large && this.barren < BARREN);
        return this.uploads.opened(this.sides.target().upload(this.blob));
    }

    private boolean goesOn(BlobUpload given) {
        if (!(given instanceof ResumableUpload resumable) || this.barren >= BARREN) {
            return false;
        }
        OptionalLong kept = resumable.held();
        if (kept.isEmpty()) {
            if (this.pieces && this.held > 0 && !this.complete) {
                this.manners.lost(host());
            }
            return false;
        }
        this.manners.kept(host());
        this.pieces = true;
        this.held = kept.getAsLong();
        this.from = resumable.readFrom();
        this.barren = (this.held > this.farthest) ? 0 : this.barren;
        this.farthest = Math.max(this.farthest, this.held);
        this.sides.order()
            .log()
            .line("upload of %s goes on after %d of %d bytes".formatted(this.blob.digest(), this.held,
                    this.blob.size()));
        return true;
    }

    /** What a process that has gone has left. */
    private Optional<BlobUpload> taken() {
        return this.trace.find()
            .flatMap((session) -> this.sides.target().uploadAgain(this.blob, session))
            .map((upload) -> {
                this.uploads.findable(upload, this.trace::ended);
                return this.uploads.opened(upload);
            });
    }

    private String host() {
        return HostRecords.host(this.sides.order().destination().url());
    }

    private Pacer pace(BlobTally tally) {
        return new CountedPace(this.throttle, (bytes) -> passed(bytes, tally));
    }

    private void passed(int bytes, BlobTally tally) {
        this.position += bytes;
        tally.passed(this.blob, bytes);
    }

}
