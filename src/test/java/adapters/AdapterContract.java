package adapters;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;
import replication.registry.Ability;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is true of every vendor's adapter. A vendor's test extends it and gives what
 * {@link AdapterUnderTest} asks for; see this package's description.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AdapterContract implements AbilityContract, CredentialContract, ListingContract, SettingContract {

    private final Set<Ability> proven = EnumSet.noneOf(Ability.class);

    @Override
    public void proven(Ability ability) {
        this.proven.add(ability);
    }

    @AfterEach
    void nothingWasSentThatShouldNotHaveBeen() {
        front().failing = (_) -> false;
        front().busy = false;
        List<String> mistakes = List.copyOf(front().mistakes);
        front().mistakes.clear();
        assertThat(mistakes).isEmpty();
    }

    /** Whether it is an adapter of ours, with a page and a row in README.md. */
    protected boolean published() {
        return true;
    }

    @AfterAll
    void close() {
        front().close();
        if (published() && this.proven.equals(EnumSet.allOf(Ability.class))) {
            FeatureTable.prove(adapter().info(), verifiedAgainst());
        }
    }

}
