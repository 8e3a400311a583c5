package adapters;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import oci.model.Secret;
import org.junit.jupiter.api.Test;
import replication.Refusal;
import replication.registry.AdapterInfo;
import replication.registry.Registry;
import replication.registry.RegistryCredential;
import replication.registry.Setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What is wrong with a registry's values is told by field, and nothing is sent for it.
 */
interface SettingContract extends AdapterUnderTest {

    @Test
    default void the_registry_of_the_contract_is_right() {
        assertThatCode(() -> adapter().info().check(registry())).doesNotThrowAnyException();
        assertThat(registry().type()).isEqualTo(adapter().info().identity());
        assertThat(adapter().info().toString()).doesNotContain(CredentialContract.CANARY);
    }

    @Test
    default void its_names_keep_its_own_rules() {
        assertThat(adapter().nameFault(registry(), unused("app"))).isEmpty();
        assertThat(adapter().nameFault(registry(), missing())).isEmpty();
        assertThat(adapter().nameFault(registry(), "x".repeat(adapter().info().names().longest() + 1))).isPresent();
    }

    @Test
    default void wrong_settings_are_told_by_field_all_at_once() {
        AdapterInfo info = adapter().info();
        Map<String, Object> wrong = new HashMap<>();
        wrong.put("no_such_setting", "x");
        info.settings().forEach((setting) -> wrong.put(setting.key(), odd(setting)));
        List<String> expected = wrong.keySet().stream().map((key) -> "settings." + key).toList();
        List<String> before = front().requests();

        assertThat(faults(AdapterUnderTest.with(registry(), wrong))).containsExactlyInAnyOrderElementsOf(expected);

        List<String> required = info.settings().stream().filter(Setting::required).map(Setting::key).toList();
        Map<String, Object> missing = new HashMap<>(registry().settings());
        required.forEach((key) -> missing.put(key, ""));
        if (!required.isEmpty()) {
            assertThat(faults(AdapterUnderTest.with(registry(), missing)))
                .containsExactlyInAnyOrderElementsOf(required.stream().map((key) -> "settings." + key).toList());
        }
        assertThat(front().requests()).isEqualTo(before);
    }

    /** A value that no setting of the type takes. */
    private static Object odd(Setting setting) {
        return switch (setting.type()) {
            case TEXT, URL, SECRET, LIST, MAP -> 5;
            case FLAG, CHOICE -> "neither this nor that";
        };
    }

    @Test
    default void a_wrong_credential_is_told_by_field() {
        RegistryCredential good = registry().credential();
        Map<String, String> values = new HashMap<>(good.values());
        values.put("no_such_field", "x");
        assertThat(
                faults(AdapterUnderTest.with(registry(), new RegistryCredential(good.type(), values, good.secrets()))))
            .containsExactly("credential.no_such_field");
        assertThat(
                faults(AdapterUnderTest.with(registry(), new RegistryCredential("no_such_kind", Map.of(), Map.of()))))
            .containsExactly("credential.type");
        Map<String, Secret> none = new HashMap<>(good.secrets());
        none.replaceAll((_, _) -> new Secret(""));
        List<String> required = adapter().info()
            .credentials()
            .stream()
            .filter((kind) -> kind.type().equals(good.type()))
            .flatMap((kind) -> kind.fields().stream())
            .filter((field) -> field.type() == Setting.Type.SECRET && field.required())
            .map((field) -> "credential." + field.key())
            .toList();
        if (!required.isEmpty()) {
            assertThat(
                    faults(AdapterUnderTest.with(registry(), new RegistryCredential(good.type(), good.values(), none))))
                .containsExactlyInAnyOrderElementsOf(required);
        }
    }

    private List<String> faults(Registry registry) {
        Refusal.Invalid refusal = catchThrowableOfType(Refusal.Invalid.class, () -> adapter().info().check(registry));
        return (refusal != null) ? refusal.all().stream().map(Refusal.Invalid::field).toList() : List.of();
    }

}
