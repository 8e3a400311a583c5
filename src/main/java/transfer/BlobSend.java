package transfer;

import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

import oci.BlobContent;
import oci.BlobUpload;
import oci.Descriptor;
import oci.PacedStream;
import oci.Pacer;
import oci.ResumableUpload;
import org.jspecify.annotations.Nullable;
import replication.cluster.UploadSessions;
import replication.registry.HostRecords;
import replication.registry.RegistryFailure;

/**
 * Streams a blob from one side to the other, reading and writing at the same time. Where
 * it breaks it is begun anew with both streams; a large one goes on with what the
 * registry has kept, also after a crash, and is sent in pieces once its upload has
 * broken. What a registry refuses whole is sent in pieces, and the other way round. For
 * one blob, by one thread.
 */
final class BlobSend {

    private final Sides sides;

    private final Descriptor blob;

    private final OpenUploads uploads;

    private final UploadSessions sessions;

    private final UploadManners manners;

    private final boolean large;

    private final Throttle throttle;

    /** What is to be gone on with. */
    private @Nullable BlobUpload left;

    private boolean broke;

    private boolean pieces;

    private long held;

    /** Of the last piece, in bytes. */
    private long length;

    private long farthest;

    /** Where the sending stands, in bytes. */
    private long position;

    BlobSend(Sides sides, Descriptor blob, OpenUploads uploads, UploadSessions sessions, UploadManners manners,
            long resumeFrom, Throttle throttle) {
        this.sides = sides;
        this.blob = blob;
        this.uploads = uploads;
        this.sessions = sessions;
        this.manners = manners;
        this.large = blob.size() >= resumeFrom;
        this.throttle = throttle;
    }

    /**
     * Sends it.
     * @param session to be used first, where a declined mount has left one
     */
    void send(Optional<BlobUpload> session, Retries retries, Tally tally) {
        this.left = session.orElse(null);
        if (this.left == null && this.large) {
            this.left = taken().orElse(null);
            this.broke = this.left != null;
        }
        try {
            retries.run(() -> tally.sent(attempt(tally)), () -> this.farthest);
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

    private long attempt(Tally tally) {
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
        return this.pieces ? this.manners.refusedPiece(destination, this.length, refusal.tooLarge())
                : this.blob.size() > 0 && this.manners.refusedWhole(destination, this.blob.size(), refusal.tooLarge());
    }

    private long attemptOneWay(Tally tally) {
        BlobUpload upload = upload();
        moveTo(this.held, tally);
        try (BlobContent content = content()) {
            long sent = send(upload, new PacedStream(content.stream(), new Pace(tally)));
            this.uploads.committed(upload);
            ended();
            return sent;
        }
        catch (RegistryFailure ex) {
            this.sides.stop().check();
            this.broke = true;
            if (this.large && ex.passing()) {
                this.left = upload;
            }
            else {
                giveUp(upload);
            }
            throw ex;
        }
    }

    private void moveTo(long there, Tally tally) {
        tally.moves(this.blob, there - this.position);
        this.position = there;
    }

    private BlobContent content() {
        return (this.held > 0 && this.held == this.blob.size()) ? new BlobContent(InputStream.nullInputStream(), 0)
                : this.sides.source().blob(this.blob, this.held);
    }

    private long send(BlobUpload upload, InputStream content) {
        if (!this.pieces || !(upload instanceof ResumableUpload resumable)) {
            return upload.send(content);
        }
        long most = Math.max(this.manners.piece(host()), resumable.pieceAtLeast());
        while (this.held < this.blob.size()) {
            this.length = Math.min(most, this.blob.size() - this.held);
            resumable.piece(content, this.length);
            this.manners.tookPiece(host());
            this.held += this.length;
            opened(resumable);
        }
        return resumable.commit();
    }

    /** The one to be used, which stands at {@link #held}. */
    private BlobUpload upload() {
        BlobUpload upload = choose();
        if (this.large && upload instanceof ResumableUpload resumable) {
            this.uploads.findable(upload);
            opened(resumable);
        }
        return upload;
    }

    private BlobUpload choose() {
        BlobUpload given = this.left;
        this.left = null;
        if (given != null && (!this.broke || goesOn(given))) {
            return given;
        }
        if (given != null) {
            giveUp(given);
        }
        this.held = 0;
        this.pieces = this.manners.inPieces(host(), this.blob.size(), this.broke && this.large);
        return this.uploads.opened(this.sides.target().upload(this.blob));
    }

    private boolean goesOn(BlobUpload given) {
        if (!(given instanceof ResumableUpload resumable)) {
            return false;
        }
        OptionalLong kept = resumable.held();
        if (kept.isEmpty()) {
            if (this.pieces && this.held > 0) {
                this.manners.lost(host());
            }
            return false;
        }
        this.manners.kept(host());
        this.pieces = true;
        this.held = kept.getAsLong();
        this.farthest = Math.max(this.farthest, this.held);
        this.sides.order()
            .log()
            .line("upload of %s goes on after %d of %d bytes".formatted(this.blob.digest(), this.held,
                    this.blob.size()));
        return true;
    }

    /** What a process that has gone has left. */
    private Optional<BlobUpload> taken() {
        return this.sessions.find(registry(), repository(), digest())
            .flatMap((session) -> this.sides.target().uploadAgain(this.blob, session))
            .map(this.uploads::opened);
    }

    private void giveUp(BlobUpload upload) {
        this.uploads.cancel(upload);
        if (this.large) {
            ended();
        }
    }

    private void opened(ResumableUpload upload) {
        this.sessions.opened(registry(), repository(), digest(), upload.session());
    }

    private void ended() {
        if (this.large) {
            this.sessions.ended(registry(), repository(), digest());
        }
    }

    private String host() {
        return HostRecords.host(this.sides.order().destination().url());
    }

    private String registry() {
        return this.sides.destination().text();
    }

    private String repository() {
        return this.sides.order().destinationRepository();
    }

    private String digest() {
        return this.blob.digest().toString();
    }

    /** Counts what passes, and keeps to the limits. */
    private final class Pace implements Pacer {

        private final Tally tally;

        Pace(Tally tally) {
            this.tally = tally;
        }

        @Override
        public int most() {
            return BlobSend.this.throttle.most();
        }

        @Override
        public void pass(int bytes) {
            BlobSend.this.throttle.pass(bytes);
            BlobSend.this.position += bytes;
            this.tally.passed(BlobSend.this.blob, bytes);
        }

    }

}
