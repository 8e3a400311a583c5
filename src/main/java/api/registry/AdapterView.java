package api.registry;

import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;
import replication.ResourceType;
import replication.registry.AdapterInfo;
import replication.registry.CredentialKind;
import replication.registry.NameRules;
import replication.registry.Setting;
import replication.registry.UrlForm;

/**
 * What an adapter declares of itself, by the proposal's names.
 *
 * @param urls the forms of a registry's URL, with names in braces
 * @param credentialKinds what each of the credential types asks for
 * @param settings what a registry of this kind has in its settings
 * @param names what repositories can be called there
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record AdapterView(String identity, String name, String description, List<String> urls,
        List<String> supportResourceTypes, List<String> supportResourceFilters, List<String> supportTriggers,
        List<String> supportCredentialTypes, List<KindView> credentialKinds, List<SettingView> settings,
        NamesView names) {

    static AdapterView of(AdapterInfo info) {
        return new AdapterView(info.identity(), info.name(), info.description(),
                info.urls().stream().map(UrlForm::template).toList(),
                info.resourceTypes().stream().map(ResourceType::id).toList(), info.filters(), info.triggers(),
                info.credentials().stream().map(CredentialKind::type).toList(),
                info.credentials().stream().map(KindView::of).toList(),
                info.settings().stream().map(SettingView::of).toList(), NamesView.of(info.names()));
    }

    /**
     * What a repository can be called.
     *
     * @param mostLevels null where there may be any number
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record NamesView(int leastLevels, @Nullable Integer mostLevels, int longest) {

        static NamesView of(NameRules rules) {
            return new NamesView(rules.least(), (rules.most() < Integer.MAX_VALUE) ? rules.most() : null,
                    rules.longest());
        }

    }

    /** A kind of credential. */
    record KindView(String type, String label, List<SettingView> fields) {

        static KindView of(CredentialKind kind) {
            return new KindView(kind.type(), kind.label(), kind.fields().stream().map(SettingView::of).toList());
        }

    }

    /**
     * A value that is asked for.
     *
     * @param type how a form asks for it: text, url, secret, flag or choice
     * @param fallback what holds where it is not given; null where it has to be given
     */
    record SettingView(String key, String type, boolean required, @JsonProperty("default") @Nullable Object fallback,
            List<String> choices, String hint) {

        static SettingView of(Setting setting) {
            return new SettingView(setting.key(), setting.type().name().toLowerCase(Locale.ROOT), setting.required(),
                    setting.fallback(), setting.choices(), setting.hint());
        }

    }

}
