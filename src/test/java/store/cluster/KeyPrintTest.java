package store.cluster;

import java.util.List;
import java.util.Set;

import fixtures.LogLines;
import oci.model.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import replication.event.Hook;
import replication.event.Intake;
import replication.event.Proof;
import replication.notice.Address;
import replication.notice.Event;
import replication.notice.Subscription;
import replication.notice.Target;
import replication.registry.Health;
import replication.registry.Registry;
import replication.registry.RegistryCredential;
import store.Fixture;
import store.event.HookTable;
import store.notice.SubscriptionTable;
import store.registry.RegistryTable;
import store.secret.SecretBox;

import static org.assertj.core.api.Assertions.assertThat;

/** A node that comes with another key than the database's says so at its start. */
class KeyPrintTest {

    private static final Fixture FIXTURE = new Fixture();

    private final SecretBox first = box(0);

    private final SecretBox second = box(7);

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private static SecretBox box(int seed) {
        byte[] key = new byte[32];
        key[0] = (byte) seed;
        return new SecretBox(key);
    }

    private static List<String> compare(SecretBox box) {
        try (LogLines log = new LogLines(KeyPrint.class.getName())) {
            new KeyPrint(FIXTURE.test.jdbc(), box).compare();
            return log.lines();
        }
    }

    private static Registry registry(long id) {
        Registry plain = Fixture.registry("harbor");
        return new Registry(id, plain.name(), "", plain.type(), plain.url(), false,
                RegistryCredential.basic("robot", new Secret("hunter2")), null, null, 0);
    }

    @Test
    void says_what_it_cannot_open_until_all_has_been_given_anew() {
        assertThat(compare(this.first)).as("nothing is sealed yet").isEmpty();
        assertThat(compare(this.second)).as("any key will do").isEmpty();
        assertThat(compare(this.first)).isEmpty();
        long id = FIXTURE.registries.insert(registry(0), Health.UNKNOWN).registry().id();
        long hook = new HookTable(FIXTURE.database, this.first)
            .insert(new Hook(0, id, "", "", new Proof.Header("Authorization", new Secret("s3cret")), null),
                    Intake.hash("token"))
            .id();
        new SubscriptionTable(FIXTURE.database, this.first)
            .insert(new Subscription(0, "chat", null, Set.of(Event.EXECUTION_FAILED),
                    new Target.Webhook(Target.Format.SLACK, Address.of("https://hooks.example/hidden"), null), true));

        assertThat(compare(this.first)).isEmpty();
        assertThat(compare(this.second)).containsExactly("the secrets in the database are sealed with another key "
                + "than this node's: 3 secrets cannot be opened (registry harbor, hook " + hook
                + ", subscription chat); give this node that key (DRAYAGE_KEY), or enter these secrets again");
        assertThat(compare(this.first)).as("the key's print stays the first one's").isEmpty();

        RegistryTable table = new RegistryTable(FIXTURE.database, this.second, java.time.Duration.ZERO);
        table.update(registry(id), Health.UNKNOWN);
        assertThat(compare(this.second)).singleElement().asString().contains("2 secrets", "subscription chat");
        FIXTURE.test.jdbc().sql("DELETE FROM subscription").update();
        FIXTURE.test.jdbc().sql("DELETE FROM hook").update();
        assertThat(compare(this.second)).as("everything is under the new key").isEmpty();
        assertThat(compare(this.first)).singleElement()
            .asString()
            .contains("1 secret cannot be opened (registry harbor)");

        FIXTURE.test.jdbc().sql("UPDATE registry SET sealed_secret = 'v1:AAAA'").update();
        assertThat(compare(this.second)).singleElement()
            .asString()
            .startsWith("secrets in the database are damaged or sealed with another key than this node's: 1 secret");
    }

}
