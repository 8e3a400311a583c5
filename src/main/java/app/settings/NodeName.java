package app.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** This node's name among its equals: never the same at two nodes, nor at two starts. */
public record NodeName(String name) {

    public static NodeName of(String configured) {
        String prefix = configured.isBlank() ? host() : configured;
        return new NodeName(prefix + "-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        }
        catch (UnknownHostException _) {
            return "node";
        }
    }

}
