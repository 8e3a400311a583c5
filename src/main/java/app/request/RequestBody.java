package app.request;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

import api.ApiRequest;
import api.BodyRefused;
import app.settings.Settings;
import jakarta.servlet.http.HttpServletRequest;

/**
 * The body of one request. It is read on demand, up to a size, within a time and within
 * the memory for all bodies; a body that no operation wants is read and discarded, so
 * that the answer reaches a client that is still sending.
 */
final class RequestBody implements ApiRequest.UnreadBody {

    static final int MOST_BYTES = Settings.Http.LONGEST_BODY;

    /** Bytes of memory for each byte of a body that is being parsed. */
    static final int WEIGHT = Settings.Http.PARSED;

    private static final int STEP = 4 * 1024;

    /** What is read away at most; who sends more finds the connection closed. */
    private static final long MOST_UNWANTED = 32L << 20;

    private final HttpServletRequest request;

    private final BodyMemory memory;

    private final long limitNanos;

    private final long begun = System.nanoTime();

    private int taken;

    private boolean touched;

    private boolean ended;

    RequestBody(HttpServletRequest request, BodyMemory memory, Duration limit) {
        this.request = request;
        this.memory = memory;
        this.limitNanos = limit.toNanos();
    }

    @Override
    public synchronized byte[] read() {
        this.touched = true;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            InputStream content = this.request.getInputStream();
            byte[] step = new byte[STEP];
            for (int count = content.read(step); count >= 0; count = content.read(step)) {
                if (body.size() + count > MOST_BYTES) {
                    throw BodyRefused.tooLarge(MOST_BYTES);
                }
                if (late()) {
                    throw tooSlow();
                }
                take(count);
                body.write(step, 0, count);
            }
        }
        catch (IOException ex) {
            this.ended = true;
            // The container wraps it.
            throw (ex.getCause() instanceof SocketTimeoutException) ? tooSlow() : BodyRefused.broken();
        }
        take(body.size() * (WEIGHT - 1));
        this.ended = true;
        return body.toByteArray();
    }

    private void take(int bytes) {
        if (!this.memory.take(bytes)) {
            throw BodyRefused.noRoom();
        }
        this.taken += bytes;
    }

    private BodyRefused tooSlow() {
        return BodyRefused.tooSlow(Duration.ofNanos(this.limitNanos).toSeconds());
    }

    private boolean late() {
        return System.nanoTime() - this.begun > this.limitNanos;
    }

    /**
     * Ends an answered request: its memory is returned, and what is left of it read and
     * discarded.
     */
    synchronized void end() {
        this.memory.give(this.taken);
        this.taken = 0;
        if (this.ended || (!this.touched && this.request.getHeader("Expect") != null)) {
            return;
        }
        this.ended = true;
        try {
            InputStream rest = this.request.getInputStream();
            byte[] step = new byte[STEP];
            long unwanted = 0;
            while (unwanted <= MOST_UNWANTED && !late()) {
                int count = rest.read(step);
                if (count < 0) {
                    return;
                }
                unwanted += count;
            }
        }
        catch (IOException _) {
            // The client has gone, or the container closes the connection.
        }
    }

}
