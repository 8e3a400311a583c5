package oci.net;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The hosts that are spoken to without a proxy, as {@code NO_PROXY} names them and Go's
 * programs read it: parted by commas or spaces, {@code *} is all, {@code example.com} is
 * that host and all below it, {@code .example.com} those below it alone, an address may
 * have a prefix ({@code 10.0.0.0/8}), and a port narrows a name or an address. This
 * machine is always one of them.
 */
final class NoProxy {

    private static final Pattern PORT = Pattern.compile("(\\[.+]|[^:]+):(\\d+)");

    private final List<Predicate<Target>> rules;

    private NoProxy(List<Predicate<Target>> rules) {
        this.rules = rules;
    }

    static NoProxy parse(String text) {
        return new NoProxy(Stream.of(text.split("[,\\s]+"))
            .filter((rule) -> !rule.isEmpty())
            .map((rule) -> rule(rule.toLowerCase(Locale.ROOT)))
            .toList());
    }

    boolean holds(String host, int port) {
        Target target = Target.of(host, port);
        return target.isThisMachine() || this.rules.stream().anyMatch((rule) -> rule.test(target));
    }

    private static Predicate<Target> rule(String rule) {
        if (rule.equals("*")) {
            return (_) -> true;
        }
        int slash = rule.indexOf('/');
        if (slash >= 0) {
            return network(rule.substring(0, slash), rule.substring(slash + 1));
        }
        Matcher ported = PORT.matcher(rule);
        boolean narrowed = ported.matches();
        Predicate<Target> named = name(narrowed ? ported.group(1) : rule);
        return narrowed ? named.and((target) -> ported.group(2).equals(String.valueOf(target.port()))) : named;
    }

    private static Predicate<Target> name(String name) {
        Optional<InetAddress> address = Target.address(name);
        if (address.isPresent()) {
            return (target) -> target.address().equals(address);
        }
        String bare = name.startsWith("*.") ? name.substring(1) : name;
        String below = bare.startsWith(".") ? bare : "." + bare;
        return (target) -> target.host().endsWith(below) || target.host().equals(bare);
    }

    /** What cannot be read matches nothing. */
    private static Predicate<Target> network(String name, String prefix) {
        Optional<byte[]> network = Target.address(name).map(InetAddress::getAddress);
        if (network.isEmpty() || !prefix.matches("\\d{1,3}") || Integer.parseInt(prefix) > 8 * network.get().length) {
            return (_) -> false;
        }
        int bits = Integer.parseInt(prefix);
        return (target) -> target.address()
            .map(InetAddress::getAddress)
            .filter((address) -> address.length == network.get().length)
            .filter((address) -> begins(address, network.get(), bits))
            .isPresent();
    }

    private static boolean begins(byte[] address, byte[] network, int bits) {
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> (i % 8);
            if ((address[i / 8] & mask) != (network[i / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Who is spoken to.
     *
     * @param address empty where the host is a name, which is not looked up
     */
    private record Target(String host, int port, Optional<InetAddress> address) {

        static Target of(String host, int port) {
            String name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
            return new Target(name, port, address(name));
        }

        static Optional<InetAddress> address(String text) {
            try {
                return Optional.of(InetAddress.ofLiteral(text.replaceFirst("^\\[(.*)]$", "$1")));
            }
            catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }

        boolean isThisMachine() {
            return this.host.equals("localhost") || this.address.filter(InetAddress::isLoopbackAddress).isPresent();
        }

    }

}
