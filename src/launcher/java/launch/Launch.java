package launch;

import java.util.Arrays;
import java.util.List;

/**
 * Starts the service or a command, or says in one line that this Java is too old. Compiled for Java 8, so that
 * an older Java can say it.
 */
public final class Launch {

    private static final int NEEDED = 25;

    private static final String SERVER = "server";

    private static final List<String> ASKING = Arrays.asList("-h", "--help", "-V", "--version");

    private Launch() {
    }

    public static void main(String[] args) throws Exception {
        String refusal = refusal(System.getProperty("java.specification.version"), System.getProperty("java.home"));
        if (!refusal.isEmpty()) {
            System.err.println(refusal);
            System.exit(1);
        }
        boolean server = args.length > 0 && args[0].equals(SERVER);
        String[] rest = server ? Arrays.copyOfRange(args, 1, args.length) : args;
        // The one knows nothing of the other: a command loads no Spring.
        String main = isCommand(args) ? "cli.Main" : "app.Drayage";
        Class.forName(main).getMethod("main", String[].class).invoke(null, (Object) rest);
    }

    /** Options alone are the service's settings, as Spring Boot takes them. */
    static boolean isCommand(String... args) {
        return args.length > 0 && !args[0].equals(SERVER) && (!args[0].startsWith("-") || ASKING.contains(args[0]));
    }

    /** Empty where this Java will do. */
    static String refusal(String version, String home) {
        String major = version.startsWith("1.") ? version.substring(2) : version;
        return (Integer.parseInt(major) >= NEEDED) ? ""
                : "Drayage needs Java " + NEEDED + " or newer, but this is Java " + major + " (" + home + ")";
    }

}
