package oci.listing;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.NoSuchElementException;

import oci.Streams;
import oci.model.RegistryFailure;
import org.jspecify.annotations.Nullable;

/**
 * The names of one page, one a line: a short page in memory, a long one in a file that
 * nobody else sees and that goes when it is closed, also with the process. So the
 * connection is free before the first name is used.
 */
final class NameSpool implements AutoCloseable {

    private static final int IN_MEMORY = 1024 * 1024;

    private ByteArrayOutputStream memory = new ByteArrayOutputStream();

    private @Nullable FileChannel file;

    private @Nullable OutputStream out;

    /** The name is of ASCII and has no line break. */
    void add(String name) throws IOException {
        this.memory.writeBytes((name + "\n").getBytes(StandardCharsets.US_ASCII));
        if (this.memory.size() >= IN_MEMORY) {
            spill();
        }
    }

    private void spill() throws IOException {
        if (this.file == null) {
            // Its folder forgets a file of this option at once where it can.
            this.file = FileChannel.open(Files.createTempFile("drayage-list", ""), StandardOpenOption.READ,
                    StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            this.out = Channels.newOutputStream(this.file);
        }
        if (this.out != null) {
            this.memory.writeTo(this.out);
        }
        this.memory = new ByteArrayOutputStream();
    }

    /** Once, when all have been added; closes by itself after the last. */
    Iterator<String> read() throws IOException {
        FileChannel spilled = this.file;
        if (spilled == null) {
            return new Lines(new ByteArrayInputStream(this.memory.toByteArray()));
        }
        spill();
        spilled.position(0);
        return new Lines(Channels.newInputStream(spilled));
    }

    @Override
    public void close() {
        if (this.file != null) {
            Streams.closeQuietly(this.file);
        }
    }

    private final class Lines implements Iterator<String> {

        private final BufferedReader reader;

        private @Nullable String next;

        Lines(InputStream in) {
            this.reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
            this.next = line();
        }

        @Override
        public boolean hasNext() {
            return this.next != null;
        }

        @Override
        public String next() {
            String name = this.next;
            if (name == null) {
                throw new NoSuchElementException();
            }
            this.next = line();
            return name;
        }

        private @Nullable String line() {
            try {
                String line = this.reader.readLine();
                if (line == null) {
                    close();
                }
                return line;
            }
            catch (IOException ex) {
                throw new RegistryFailure.Transient("read on in a long list, kept in a temporary file: " + ex, ex);
            }
        }

    }

}
