package app.settings;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;
import replication.CannotStart;
import replication.access.Caller;

/**
 * All of {@code drayage.*}. An unknown or wrong setting stops the start. Each is listed
 * with its environment variable in {@code application.yaml}.
 *
 * @param home where data, keys and layouts lie
 * @param key the key that encrypts secrets, 32 bytes in base64; by default a file below
 * home
 * @param node this node's name, different from every other's; by default made anew at
 * every start
 * @param quickstart whether the sample is set up and replicated
 * @param roles what this node does: {@code api}, {@code work} or both
 * @param routes the folder of the operator's own Camel routes; by default there are none
 * @param lib the folder of the operator's own jars, which the start puts on the class
 * path; by default there are none
 */
@ConfigurationProperties(prefix = "drayage", ignoreUnknownFields = false)
public record Settings(@DefaultValue(".drayage") Path home, @DefaultValue("") String key, @DefaultValue("") String node,
        @DefaultValue("true") boolean quickstart, @DefaultValue("api,work") Set<Role> roles, @DefaultValue Admin admin,
        @DefaultValue Database db, @DefaultValue Transfer transfer, @DefaultValue Retry retry,
        @DefaultValue Registries registries, @DefaultValue AdapterSettings adapters, @DefaultValue Layout layout,
        @DefaultValue Shutdown shutdown, @DefaultValue Metrics metrics, @DefaultValue History history,
        @DefaultValue Events events, @DefaultValue @Name("notify") NoticeSettings notices,
        @DefaultValue MailSettings mail, @DefaultValue Http http, @DefaultValue("") String routes,
        @DefaultValue("") String lib) {

    public Settings {
        home = home.toAbsolutePath().normalize();
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("drayage.roles must be api, work or both");
        }
        roles = Set.copyOf(roles);
    }

    public Path layoutRoot() {
        return this.layout.root.isBlank() ? this.home.resolve("layouts")
                : Path.of(this.layout.root).toAbsolutePath().normalize();
    }

    /**
     * Who may use the API.
     *
     * @param password by default made once and shown once
     */
    public record Admin(@DefaultValue(Caller.FIRST_USER) String name, @DefaultValue("") String password) {

        @Override
        public String toString() {
            return "Admin[name=" + this.name + "]";
        }

    }

    /**
     * A PostgreSQL of the user's own.
     *
     * @param url as JDBC has it; by default the embedded database is used
     * @param pool connections at most
     */
    public record Database(@DefaultValue("") String url, @DefaultValue("") String user,
            @DefaultValue("") String password, @DefaultValue("24") int pool) {

        boolean embedded() {
            return this.url.isBlank();
        }

        /** Refuses what its driver cannot read, which others would tell with the text. */
        public String readableUrl() {
            try {
                DriverManager.getDriver(this.url);
                return this.url;
            }
            catch (SQLException _) {
                throw new CannotStart("drayage.db.url (DRAYAGE_DB_URL) is no address of a PostgreSQL; it is "
                        + "written jdbc:postgresql://host:5432/database, and DRAYAGE_DB_USER and DRAYAGE_DB_PASSWORD "
                        + "are the login");
            }
        }

        @Override
        public String toString() {
            return "Database[user=" + this.user + "]";
        }

    }

    /**
     * How much this node does at once.
     *
     * @param tasks repositories at once
     * @param window artifacts of one repository at once
     * @param requests small requests at once to one host and account
     * @param reads blobs read at once from one host and account
     * @param writes blobs written at once to one host and account
     * @param stall how long no byte may come before a request has failed
     * @param attempts how often a request is made before it has failed
     */
    public record Transfer(@DefaultValue("16") int tasks, @DefaultValue("32") int window,
            @DefaultValue("32") int requests, @DefaultValue("16") int reads, @DefaultValue("16") int writes,
            @DefaultValue("60s") Duration stall, @DefaultValue("5") int attempts) {

        public Transfer {
            atLeastOne("tasks", tasks);
            atLeastOne("window", window);
            atLeastOne("requests", requests);
            atLeastOne("reads", reads);
            atLeastOne("writes", writes);
            atLeastOne("attempts", attempts);
        }

        private static void atLeastOne(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException("drayage.transfer." + name + " must be at least 1, but is " + value);
            }
        }

    }

    /**
     * When a task that failed for a passing cause is tried again.
     *
     * @param times how often at most; 0 for never
     * @param pause before the first time; each next one is three times as long
     * @param most the longest pause
     * @param listing how long a listing whose registry is away is made again; 0 for never
     */
    public record Retry(@DefaultValue("5") int times, @DefaultValue("5s") Duration pause,
            @DefaultValue("5m") Duration most, @DefaultValue("10m") Duration listing) {
    }

    /**
     * How events from registries are taken in.
     *
     * @param window how long the first event waits for others
     * @param rate deliveries a second to one hook
     */
    public record Events(@DefaultValue("300ms") Duration window, @DefaultValue("500") int rate) {

        public Events {
            if (rate < 1 || window.isNegative()) {
                throw new IllegalArgumentException("drayage.events.rate must be at least 1, and window not negative");
            }
        }

    }

    /**
     * How registries are watched.
     *
     * @param checkInterval time between two checks of one registry
     */
    public record Registries(@DefaultValue("60s") Duration checkInterval) {
    }

    /**
     * Folders of OCI image layouts.
     *
     * @param root below which they must lie; by default {@code layouts} below home
     */
    record Layout(@DefaultValue("") String root) {
    }

    /**
     * How this node shuts down.
     *
     * @param grace how long running tasks may go on before they are handed back
     */
    public record Shutdown(@DefaultValue("20s") Duration grace) {
    }

    /**
     * What clients may send.
     *
     * @param bodyTime in which a body has to come whole
     * @param bodyMemory for the bodies of all requests together; one that is being parsed
     * counts eight times
     */
    public record Http(@DefaultValue("20s") Duration bodyTime, @DefaultValue("64MB") DataSize bodyMemory) {

        /** A request's own end comes after two minutes. */
        private static final Duration LONGEST = Duration.ofSeconds(60);

        /** The longest body of a request, in bytes. */
        public static final int LONGEST_BODY = 1 << 20;

        /** How many times its bytes a body counts while it is parsed. */
        public static final int PARSED = 8;

        private static final DataSize LEAST = DataSize.ofBytes((long) LONGEST_BODY * PARSED);

        private static final DataSize MOST = DataSize.ofGigabytes(1);

        public Http {
            if (!bodyTime.isPositive() || bodyTime.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("drayage.http.body-time must be at most 60s, but is " + bodyTime);
            }
            if (bodyMemory.compareTo(LEAST) < 0 || bodyMemory.compareTo(MOST) > 0) {
                throw new IllegalArgumentException(
                        "drayage.http.body-memory must be from 8MB to 1GB, but is " + bodyMemory);
            }
        }

    }

    /** What a node does. */
    public enum Role {

        /** Answers requests. */
        API,
        /** Does the work: executions, duties. */
        WORK

    }

    public boolean works() {
        return this.roles.contains(Role.WORK);
    }

    public boolean serves() {
        return this.roles.contains(Role.API);
    }

    /**
     * What an operator's Prometheus reads.
     *
     * @param open whether it needs no login; metrics show the names of policies and
     * registries
     */
    public record Metrics(@DefaultValue("false") boolean open) {
    }

    /**
     * How long executions are remembered after their end.
     *
     * @param retention how long at least; they go a tenth of it later at the latest
     * @param keep how many of each policy's newest stay, however old
     */
    public record History(@DefaultValue("90d") Duration retention, @DefaultValue("10") int keep) {

        public History {
            if (!retention.isPositive()) {
                throw new IllegalArgumentException(
                        "drayage.history.retention must be longer than nothing, but is " + retention);
            }
            if (keep < 0) {
                throw new IllegalArgumentException("drayage.history.keep must not be negative, but is " + keep);
            }
        }

    }

    @Override
    public String toString() {
        return "Settings[home=" + this.home + "]";
    }

}
