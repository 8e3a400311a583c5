package launch;

/**
 * Starts the service, or says in one line that this Java is too old. Compiled for Java 8, so that an
 * older Java can say it.
 */
public final class Launch {

    private static final int NEEDED = 25;

    private Launch() {
    }

    public static void main(String[] args) throws Exception {
        String refusal = refusal(System.getProperty("java.specification.version"), System.getProperty("java.home"));
        if (!refusal.isEmpty()) {
            System.err.println(refusal);
            System.exit(1);
        }
        Class.forName("app.Drayage").getMethod("main", String[].class).invoke(null, (Object) args);
    }

    /** Empty where this Java will do. */
    static String refusal(String version, String home) {
        String major = version.startsWith("1.") ? version.substring(2) : version;
        return (Integer.parseInt(major) >= NEEDED) ? ""
                : "Drayage needs Java " + NEEDED + " or newer, but this is Java " + major + " (" + home + ")";
    }

}
