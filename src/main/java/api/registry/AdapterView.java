package api.registry;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;
import replication.ResourceType;
import replication.registry.Ability;
import replication.registry.AdapterInfo;
import replication.registry.CredentialKind;
import replication.registry.NameRules;
import replication.registry.Setting;
import replication.registry.UrlForm;

/**
 * An adapter's declaration, by the proposal's names.
 *
 * @param urls the forms of a registry's URL, with names in braces
 * @param credentialKinds the fields of each credential type
 * @param settings the settings of a registry of this kind
 * @param names the rules for names of repositories
 * @param abilities what it can do, such as {@code digest_list}
 * @param requestsPerSecond what its registries publish of how many requests they take
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record AdapterView(String identity, String name, String description, List<String> urls,
        List<String> supportResourceTypes, List<String> supportResourceFilters, List<String> supportTriggers,
        List<String> supportCredentialTypes, List<KindView> credentialKinds, List<SettingView> settings,
        NamesView names, List<String> abilities, Map<String, Integer> requestsPerSecond) {

    static AdapterView of(AdapterInfo info) {
        return new AdapterView(info.identity(), info.name(), info.description(),
                info.urls().stream().map(UrlForm::template).toList(),
                info.resourceTypes().stream().map(ResourceType::id).toList(), info.filters(), info.triggers(),
                info.credentials().stream().map(CredentialKind::type).toList(),
                info.credentials().stream().map(KindView::of).toList(),
                info.settings().stream().map(SettingView::of).toList(), NamesView.of(info.names()),
                info.abilities().stream().sorted().map(Ability::id).toList(), info.rates().byName());
    }

    /**
     * The rules for names of repositories.
     *
     * @param mostLevels null for any number
     * @param longest in characters
     * @param longestFirst of the first level; null where only the whole counts
     * @param longestRest below the first level; null where only the whole counts
     * @param level a regular expression that each level matches; empty for any
     * @param fixed what the first levels are at the vendor
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record NamesView(int leastLevels, @Nullable Integer mostLevels, int longest, @Nullable Integer longestFirst,
            @Nullable Integer longestRest, String level, List<String> fixed) {

        static NamesView of(NameRules rules) {
            return new NamesView(rules.least(), (rules.most() < Integer.MAX_VALUE) ? rules.most() : null,
                    rules.longest(), (rules.first() > 0) ? rules.first() : null,
                    (rules.rest() > 0) ? rules.rest() : null, (rules.level() != null) ? rules.level().pattern() : "",
                    rules.fixed());
        }

    }

    /**
     * A kind of credential.
     *
     * @param ambient whether it is a login of the machine that Drayage runs on
     */
    record KindView(String type, String label, boolean ambient, List<SettingView> fields) {

        static KindView of(CredentialKind kind) {
            return new KindView(kind.type(), kind.label(), kind.ambient(),
                    kind.fields().stream().map(SettingView::of).toList());
        }

    }

    /**
     * A field of a form.
     *
     * @param type text, url, secret, flag, choice, list or map
     * @param fallback the default; null if the field is required
     */
    record SettingView(String key, String type, boolean required, @JsonProperty("default") @Nullable Object fallback,
            List<String> choices, String hint) {

        static SettingView of(Setting setting) {
            return new SettingView(setting.key(), setting.type().name().toLowerCase(Locale.ROOT), setting.required(),
                    setting.fallback(), setting.choices(), setting.hint());
        }

    }

}
