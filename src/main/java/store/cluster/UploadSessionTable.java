package store.cluster;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.cluster.UploadSessions;
import store.secret.SecretBox;
import store.sql.Database;

/**
 * The table {@code upload_session}. The URLs are sealed, because anyone who knows one may
 * write to it.
 */
public final class UploadSessionTable implements UploadSessions {

    private static final Logger LOG = LoggerFactory.getLogger(UploadSessionTable.class);

    private final Database database;

    private final SecretBox secrets;

    public UploadSessionTable(Database database, SecretBox secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    @Override
    public Optional<String> find(String registry, String repository, String digest) {
        return this.database
            .inTransaction(() -> this.database.sql("""
                    SELECT sealed_session FROM upload_session
                    WHERE registry = :registry AND repository = :repository AND digest = :digest
                    """)
                .param("registry", registry)
                .param("repository", repository)
                .param("digest", digest)
                .query(String.class)
                .optional())
            .flatMap((sealed) -> open(sealed, owner(registry, repository, digest)));
    }

    private Optional<String> open(String sealed, String owner) {
        try {
            return Optional.of(this.secrets.open(sealed, owner));
        }
        catch (IllegalStateException ex) {
            LOG.warn("{}; it starts again", ex.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void opened(String registry, String repository, String digest, String session) {
        String sealed = this.secrets.seal(session, owner(registry, repository, digest));
        this.database.inTransaction(() -> {
            this.database.sql("""
                    INSERT INTO upload_session (registry, repository, digest, sealed_session)
                    VALUES (:registry, :repository, :digest, :session)
                    ON CONFLICT (registry, repository, digest)
                    DO UPDATE SET sealed_session = excluded.sealed_session, time = now()
                    """)
                .param("registry", registry)
                .param("repository", repository)
                .param("digest", digest)
                .param("session", sealed)
                .update();
        });
    }

    @Override
    public void ended(String registry, String repository, String digest) {
        this.database.inTransaction(() -> {
            this.database.sql("""
                    DELETE FROM upload_session
                    WHERE registry = :registry AND repository = :repository AND digest = :digest
                    """).param("registry", registry).param("repository", repository).param("digest", digest).update();
        });
    }

    @Override
    public List<Left> abandoned() {
        return this.database.inTransaction(() -> this.database.sql("""
                DELETE FROM upload_session WHERE (registry, repository, digest) IN (
                    SELECT registry, repository, digest FROM upload_session
                    WHERE time < now() - interval '7 days'
                    LIMIT 100
                    FOR UPDATE SKIP LOCKED)
                RETURNING registry, repository, digest, sealed_session
                """).query((row, _) -> left(row)).list()).stream().flatMap(Optional::stream).toList();
    }

    private Optional<Left> left(ResultSet row) throws SQLException {
        String registry = row.getString("registry");
        String repository = row.getString("repository");
        String digest = row.getString("digest");
        return open(row.getString("sealed_session"), owner(registry, repository, digest))
            .map((session) -> new Left(registry, repository, digest, session));
    }

    private static String owner(String registry, String repository, String digest) {
        return "upload of %s to %s/%s".formatted(digest, registry, repository);
    }

}
