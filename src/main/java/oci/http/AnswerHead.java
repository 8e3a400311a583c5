package oci.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import oci.message.OversizeAnswer;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/**
 * Bounds the head of an answer, from its status line to the last header. The client
 * gathers a head before it looks at it, so an endless one would fill the heap.
 */
public final class AnswerHead {

    /** In bytes. */
    static final int MOST = 64 * 1024;

    /** The most that is read from the wire at once. */
    private static final int BUFFER = 8 * 1024;

    /** Also for what stands between the chunks of a body and after them. */
    private static final Http1Config BOUNDS = Http1Config.custom()
        .setBufferSize(BUFFER)
        .setMaxLineLength(MOST)
        .setMaxHeaderCount(1000)
        .build();

    /** A head's bytes are counted, whatever its lines. */
    private static final Http1Config LINES = Http1Config.copy(BOUNDS).setMaxHeaderCount(-1).build();

    private AnswerHead() {
    }

    /** Makes connections whose answers' heads are bounded. */
    public static ManagedHttpClientConnectionFactory connections() {
        return ManagedHttpClientConnectionFactory.builder()
            .http1Config(BOUNDS)
            .responseParserFactory((_) -> new Parser())
            .build();
    }

    private static OversizeAnswer tooLong() {
        return new OversizeAnswer("the answer's header is longer than %d KiB".formatted(MOST / 1024));
    }

    private static final class Parser extends DefaultHttpResponseParser {

        Parser() {
            super(LINES);
        }

        @Override
        public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream wire)
                throws IOException, HttpException {
            try {
                return super.parse(buffer, new HeadStream(wire));
            }
            catch (MessageConstraintException _) {
                throw tooLong();
            }
        }

    }

    /** What comes from the wire while a head is read. */
    private static final class HeadStream extends FilterInputStream {

        private int left = MOST + BUFFER;

        HeadStream(InputStream wire) {
            super(wire);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return (read(one, 0, 1) < 0) ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            this.left -= Math.max(0, read);
            if (this.left < 0) {
                throw tooLong();
            }
            return read;
        }

    }

}
