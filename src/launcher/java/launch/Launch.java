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
        String version = System.getProperty("java.specification.version");
        String major = version.startsWith("1.") ? version.substring(2) : version;
        if (Integer.parseInt(major) < NEEDED) {
            System.err.println("Drayage needs Java " + NEEDED + " or newer, but this is Java " + major + " ("
                    + System.getProperty("java.home") + ")");
            System.exit(1);
        }
        Class.forName("app.Drayage").getMethod("main", String[].class).invoke(null, (Object) args);
    }

}
