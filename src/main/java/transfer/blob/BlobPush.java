package transfer.blob;

import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

import oci.BlobContent;
import oci.BlobUpload;
import oci.ContentSource;
import oci.ResumableUpload;
import oci.limits.PacedStream;
import oci.manifest.Rereads;
import oci.model.Descriptor;
import oci.model.RegistryFailure;

/**
 * Pushes one blob, reading and writing at the same time: it starts an upload or finds one
 * that was left, writes what the registry does not hold yet, and commits. A push that
 * breaks is tried again with both streams opened again; a large upload goes on with what
 * the registry has kept, also after a crash, and in pieces. A blob that a registry
 * refuses whole is sent in pieces, and the other way round. Used by one thread.
 */
final class BlobPush {

    /** Some registries refuse every resumed upload: so many tries without progress. */
    private static final int BARREN = 2;

    private final BlobPushes into;

    private final Descriptor blob;

    private final BlobTally tally;

    private final boolean large;

    private final UploadTrace trace;

    private final Rereads rereads = new Rereads();

    private ContentSource source;

    private Start start = new Start.NewUpload();

    private boolean broke;

    /** All bytes had gone out when it broke, so the registry may have committed. */
    private boolean answerLost;

    /** In bytes: the most that the registry was seen to hold. */
    private long farthest;

    /** Tries in pieces since one last made progress. */
    private int barren;

    /** The position of the sending, in bytes. */
    private long position;

    BlobPush(BlobPushes into, Descriptor blob, BlobTally tally) {
        this.into = into;
        this.blob = blob;
        this.tally = tally;
        this.large = blob.size() >= into.settings().resumeFrom();
        this.trace = UploadTrace.of(into.sides(), blob.digest(), into.sessions());
        this.source = into.sides().source();
    }

    /**
     * Returns when the registry has the blob.
     * @param session to be used first, where a declined mount has left one
     */
    void push(Optional<BlobUpload> session) {
        this.start = session.<Start>map(Start.Session::new).orElseGet(this::found);
        Retries retries = this.into.retries();
        while (true) {
            try {
                retries.run(this::attempt, () -> this.farthest);
                return;
            }
            catch (RegistryFailure.Mismatch ex) {
                readAgain(ex);
            }
            catch (RegistryFailure ex) {
                moveTo(0);
                if (ex.passing() && this.start instanceof Start.Left left) {
                    // The task is tried again and goes on with it.
                    this.into.uploads().leave(left.upload());
                }
                throw ex;
            }
        }
    }

    /** How to start with the upload of a process that has gone, if there is one. */
    private Start found() {
        return !this.large ? new Start.NewUpload()
                : this.trace.find()
                    .flatMap((session) -> this.into.sides().target().uploadAgain(this.blob, session))
                    .<Start>map((upload) -> {
                        this.into.uploads().findable(upload, this.trace::ended);
                        return new Start.Left(this.into.uploads().opened(upload), false);
                    })
                    .orElseGet(Start.NewUpload::new);
    }

    /** Starts over; the upload of the bytes that came has been cancelled. */
    private void readAgain(RegistryFailure.Mismatch read) {
        moveTo(0);
        this.into.log(this.rereads.again(read));
        this.source = this.source.afresh();
        this.broke = false;
        this.farthest = 0;
        this.barren = 0;
        this.start = found();
    }

    private void attempt() {
        while (true) {
            if (this.answerLost && this.into.has(this.blob)) {
                if (this.start instanceof Start.Left left) {
                    this.into.uploads().committed(left.upload());
                }
                moveTo(this.blob.size());
                this.tally.sent(this.blob.size());
                return;
            }
            Attempt attempt = begin();
            try {
                this.tally.sent(attempt.run());
                return;
            }
            catch (RegistryFailure ex) {
                this.into.sides().stop().check();
                broken(attempt, ex);
                if (!(ex instanceof RegistryFailure.Unsupported refusal) || !attempt.hasOtherWay(refusal)) {
                    throw ex;
                }
                this.into.log("%s; it is tried another way".formatted(ex.getMessage()));
            }
        }
    }

    private Attempt begin() {
        Start given = this.start;
        this.start = new Start.NewUpload();
        Attempt attempt = switch (given) {
            case Start.NewUpload _ -> startNew();
            case Start.Session session -> new Attempt(session.upload(), false, 0, 0);
            case Start.Left left -> goesOn(left).orElseGet(() -> {
                this.into.uploads().cancel(left.upload());
                return startNew();
            });
        };
        if (this.large && attempt.upload instanceof ResumableUpload resumable) {
            this.into.uploads().findable(resumable, this.trace::ended);
            this.trace.opened(resumable.session());
        }
        moveTo(attempt.readFrom);
        return attempt;
    }

    private Attempt startNew() {
        boolean pieces = this.into.manners()
            .inPieces(this.into.host(), this.blob.size(), this.broke && this.large && this.barren < BARREN);
        BlobUpload upload = this.into.uploads().opened(this.into.sides().target().upload(this.blob));
        return new Attempt(upload, pieces, 0, 0);
    }

    private Optional<Attempt> goesOn(Start.Left left) {
        if (!(left.upload() instanceof ResumableUpload resumable) || this.barren >= BARREN) {
            return Optional.empty();
        }
        OptionalLong kept = resumable.held();
        if (kept.isEmpty()) {
            if (left.pieces() && !this.answerLost) {
                this.into.manners().lost(this.into.host());
            }
            return Optional.empty();
        }
        long held = kept.getAsLong();
        this.into.manners().kept(this.into.host());
        this.barren = (held > this.farthest) ? 0 : this.barren;
        this.farthest = Math.max(this.farthest, held);
        this.into
            .log("upload of %s goes on after %d of %d bytes".formatted(this.blob.digest(), held, this.blob.size()));
        return Optional.of(new Attempt(resumable, true, held, resumable.readFrom()));
    }

    private void broken(Attempt attempt, RegistryFailure failure) {
        this.broke = true;
        this.answerLost = failure.passing() && this.position >= this.blob.size();
        this.barren += attempt.pieces ? 1 : 0;
        if (this.large && failure.passing()) {
            this.start = new Start.Left(attempt.upload, attempt.pieces && attempt.held > 0);
        }
        else {
            this.into.uploads().cancel(attempt.upload);
        }
    }

    private void moveTo(long there) {
        this.tally.moves(this.blob, there - this.position);
        this.position = there;
    }

    private void passed(int bytes) {
        this.position += bytes;
        this.tally.passed(this.blob, bytes);
    }

    /** How the next attempt starts. */
    private sealed interface Start {

        /** With a new upload. */
        record NewUpload() implements Start {
        }

        /** With the session that a declined mount has opened, which holds nothing. */
        record Session(BlobUpload upload) implements Start {
        }

        /**
         * With an upload that broke, as far as the registry has kept it.
         *
         * @param pieces whether the registry had taken pieces of it
         */
        record Left(BlobUpload upload, boolean pieces) implements Start {
        }

    }

    /** One upload of a blob, from where it stands to its commit. */
    private final class Attempt {

        private final String host = BlobPush.this.into.host();

        private final UploadCapabilities manners = BlobPush.this.into.manners();

        private final BlobUpload upload;

        private final boolean pieces;

        /** Where the content is read from, in bytes. */
        private final long readFrom;

        /** In bytes: what the registry is known to hold. */
        private long held;

        /** Of the last piece, in bytes. */
        private long length;

        /** In bytes: the least that the registry wants in a piece. */
        private long atLeast;

        Attempt(BlobUpload upload, boolean pieces, long held, long readFrom) {
            this.upload = upload;
            this.pieces = pieces;
            this.held = held;
            this.readFrom = readFrom;
        }

        /** Writes and commits; returns the blob's size in bytes. */
        long run() {
            boolean whole = this.held > 0 && this.held == BlobPush.this.blob.size();
            try (BlobContent content = whole ? new BlobContent(InputStream.nullInputStream(), 0)
                    : BlobPush.this.source.blob(BlobPush.this.blob, this.readFrom)) {
                InputStream paced = new PacedStream(content.stream(),
                        BlobPush.this.into.bandwidth().counting(BlobPush.this::passed));
                long size = (this.pieces && this.upload instanceof ResumableUpload resumable)
                        ? inPieces(resumable, paced) : this.upload.send(paced);
                BlobPush.this.into.uploads().committed(this.upload);
                return size;
            }
        }

        private long inPieces(ResumableUpload resumable, InputStream content) {
            this.atLeast = resumable.pieceAtLeast();
            long most = Math.max(this.manners.piece(this.host), this.atLeast);
            while (this.held < BlobPush.this.blob.size()) {
                this.length = Math.min(most, BlobPush.this.blob.size() - this.held);
                resumable.piece(content, this.length);
                this.manners.tookPiece(this.host);
                this.held += this.length;
                BlobPush.this.barren = 0;
                BlobPush.this.trace.opened(resumable.session());
            }
            return resumable.commit();
        }

        boolean hasOtherWay(RegistryFailure.Unsupported refusal) {
            long size = BlobPush.this.blob.size();
            if (this.pieces) {
                return refusal.tooLarge() ? this.manners.refusedPiece(this.host, this.length, this.atLeast)
                        : this.manners.refusedPieces(this.host, size);
            }
            return size > 0 && this.manners.refusedWhole(this.host, size, refusal.tooLarge());
        }

    }

}
