package oci.net;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import oci.model.Credential;
import oci.model.OutsideText;
import oci.model.RegistryAccess;
import oci.model.RegistryAddress;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.DetachedSocketFactory;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A proxy that speaks SOCKS 5 (RFC 1928), with a user and password (RFC 1929) or none. It
 * is given the names of hosts and resolves them. Java's own client asks for a password by
 * a handler that the whole process shares, and tries SOCKS 4 after a refusal.
 *
 * @param login empty where it asks for none
 */
public record SocksProxy(String host, int port, Optional<Credential.Basic> login) {

    private static final int VERSION = 5;

    private static final int LOGIN_VERSION = 1;

    private static final int OPEN = 0;

    private static final int BY_LOGIN = 2;

    private static final int NO_METHOD = 0xFF;

    private static final int CONNECT = 1;

    private static final int IPV4 = 1;

    private static final int NAME = 3;

    private static final int IPV6 = 4;

    private static final int LONGEST = 255;

    private static final int MOST_WORDS = 200;

    /** The proxy of a registry; empty where that has none, or one by HTTP. */
    public static Optional<SocksProxy> of(RegistryAccess access) {
        return Optional.ofNullable(access.proxyUrl())
            .filter((url) -> "socks5".equalsIgnoreCase(url.getScheme()))
            .map((url) -> new SocksProxy(url.getHost(),
                    (url.getPort() > 0) ? url.getPort() : RegistryAddress.SOCKS_PORT,
                    Optional.ofNullable(access.proxyLogin())));
    }

    /** Makes pools whose connections all go through it. */
    public PoolingHttpClientConnectionManagerBuilder connections() {
        DetachedSocketFactory sockets = (_) -> new Tunnel();
        return new PoolingHttpClientConnectionManagerBuilder() {

            @Override
            protected HttpClientConnectionOperator createConnectionOperator(@Nullable SchemePortResolver ports,
                    @Nullable DnsResolver names, TlsSocketStrategy tls) {
                return new DefaultHttpClientConnectionOperator(sockets, ports, new Unresolved(),
                        RegistryBuilder.<TlsSocketStrategy>create().register("https", tls).build());
            }
        };
    }

    @Override
    public String toString() {
        return this.host + ":" + this.port;
    }

    /** A connection to a host through the proxy. */
    private final class Tunnel extends Socket {

        @Override
        public void connect(SocketAddress to, int timeout) throws IOException {
            try {
                super.connect(new InetSocketAddress(host(), port()), timeout);
                setSoTimeout(timeout);
                DataInputStream in = new DataInputStream(getInputStream());
                greet(in);
                ask(in, (InetSocketAddress) to);
                setSoTimeout(0);
            }
            catch (Fault ex) {
                close();
                throw ex;
            }
            catch (EOFException ex) {
                close();
                throw fault("closed the connection", false, ex);
            }
            catch (SocketTimeoutException ex) {
                close();
                throw fault("does not answer in time; it may not speak SOCKS 5", false, ex);
            }
            catch (IOException ex) {
                close();
                throw fault("cannot be reached: " + OutsideText.line(String.valueOf(ex.getMessage()), MOST_WORDS),
                        false, ex);
            }
        }

        private void greet(DataInputStream in) throws IOException {
            boolean known = login().isPresent();
            send(known ? new byte[] { VERSION, 2, OPEN, BY_LOGIN } : new byte[] { VERSION, 1, OPEN });
            version(in, VERSION);
            int method = in.readUnsignedByte();
            if (method == BY_LOGIN && known) {
                logIn(in, login().orElseThrow());
            }
            else if (method == NO_METHOD) {
                throw fault(known ? "takes no user and password" : "asks for a login", true, null);
            }
            else if (method != OPEN) {
                throw fault("asks for a login by method %d, which is not supported".formatted(method), true, null);
            }
        }

        private void logIn(DataInputStream in, Credential.Basic basic) throws IOException {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.write(LOGIN_VERSION);
            write(request, basic.accessKey());
            write(request, basic.accessSecret().reveal());
            send(request.toByteArray());
            version(in, LOGIN_VERSION);
            if (in.readUnsignedByte() != 0) {
                throw fault("refuses the login", true, null);
            }
        }

        private void ask(DataInputStream in, InetSocketAddress to) throws IOException {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes(new byte[] { VERSION, CONNECT, 0 });
            try {
                byte[] literal = InetAddress.ofLiteral(to.getHostString()).getAddress();
                request.write((literal.length == 4) ? IPV4 : IPV6);
                request.writeBytes(literal);
            }
            catch (IllegalArgumentException _) {
                request.write(NAME);
                write(request, to.getHostString());
            }
            request.write(to.getPort() >> 8);
            request.write(to.getPort());
            send(request.toByteArray());
            answer(in, to.getHostString() + ":" + to.getPort());
        }

        private void answer(DataInputStream in, String to) throws IOException {
            version(in, VERSION);
            int reply = in.readUnsignedByte();
            if (reply != 0) {
                throw refused(reply, to);
            }
            in.readUnsignedByte();
            int bound = switch (in.readUnsignedByte()) {
                case IPV4 -> 4;
                case IPV6 -> 16;
                case NAME -> in.readUnsignedByte();
                default -> throw fault("does not speak SOCKS 5", true, null);
            };
            in.skipNBytes(bound + 2L);
        }

        private void write(ByteArrayOutputStream request, String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (bytes.length > LONGEST) {
                throw fault("takes names, users and passwords of at most 255 bytes", true, null);
            }
            request.write(bytes.length);
            request.writeBytes(bytes);
        }

        private void send(byte[] request) throws IOException {
            getOutputStream().write(request);
        }

        private void version(DataInputStream in, int expected) throws IOException {
            if (in.readUnsignedByte() != expected) {
                throw fault("does not speak SOCKS 5", true, null);
            }
        }

    }

    /** RFC 1928, 6. */
    private Fault refused(int reply, String to) {
        return switch (reply) {
            case 2 -> fault("does not allow connections to " + to, true, null);
            case 3 -> fault("has no way to the network of " + to, false, null);
            case 4 -> fault("cannot reach or resolve " + to, false, null);
            case 5 -> fault("is refused by " + to, false, null);
            case 7, 8 -> fault("does not support connections to such an address as " + to, true, null);
            default -> fault("fails to connect to " + to, false, null);
        };
    }

    private Fault fault(String did, boolean lasting, @Nullable IOException cause) {
        return new Fault("the proxy %s %s".formatted(this, did), lasting, cause);
    }

    /** What the proxy did instead of connecting, in words for an operator. */
    public static final class Fault extends IOException {

        private static final long serialVersionUID = 1L;

        private final boolean lasting;

        Fault(String message, boolean lasting, @Nullable IOException cause) {
            super(message, cause);
            this.lasting = lasting;
        }

        /** Whether waiting does not help. */
        public boolean lasting() {
            return this.lasting;
        }

    }

    /** Leaves names to the proxy. */
    private static final class Unresolved implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) {
            return new InetAddress[0];
        }

        @Override
        public List<InetSocketAddress> resolve(String host, int port) {
            return List.of(InetSocketAddress.createUnresolved(host, port));
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }

    }

}
