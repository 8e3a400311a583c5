package store.embedded;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class PostgresBinariesTest {

    @ParameterizedTest
    @CsvSource({ "Linux, riscv64", "Windows, aarch64", "Solaris, sparc" })
    void a_machine_that_the_build_has_none_for_is_told_what_to_do(String system, String machine) {
        assertThatIllegalStateException().isThrownBy(() -> PostgresBinaries.archive(system, machine))
            .withMessageContaining("no PostgreSQL for %s on %s", system, machine)
            .withMessageContaining("DRAYAGE_DB_URL");
    }

}
