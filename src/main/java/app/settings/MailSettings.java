package app.settings;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The mail server.
 *
 * @param host by default there is none, and no subscription by mail is accepted
 * @param username by default there is no login
 * @param from the sender's address
 */
public record MailSettings(@DefaultValue("") String host, @DefaultValue("587") int port,
        @DefaultValue("") String username, @DefaultValue("") String password,
        @DefaultValue("drayage@localhost") String from, @DefaultValue("starttls") Tls tls) {

    public boolean configured() {
        return !this.host.isBlank();
    }

    @Override
    public String toString() {
        return "Mail[host=" + this.host + "]";
    }

    /** How a mail server is spoken to. */
    public enum Tls {

        NONE, STARTTLS, TLS

    }

}
