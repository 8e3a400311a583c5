package cli.shared;

import com.fasterxml.jackson.databind.JsonNode;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads all scalars of YAML as text, for files of programs that do so: a tag {@code 3.20}
 * is no number, nor is {@code 0644} or {@code 12e5}.
 */
final class TextScalars extends Resolver {

    /**
     * Reads a document; aliases and merged keys are resolved.
     * @throws org.yaml.snakeyaml.error.YAMLException if it is no YAML
     */
    static JsonNode read(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        DumperOptions unused = new DumperOptions();
        return JsonTrees
            .tree(new Yaml(new SafeConstructor(options), new Representer(unused), unused, options, new TextScalars())
                .load(text));
    }

    @Override
    protected void addImplicitResolvers() {
        addImplicitResolver(Tag.MERGE, MERGE, "<");
        addImplicitResolver(Tag.NULL, NULL, "~nN\0");
        addImplicitResolver(Tag.NULL, EMPTY, null);
    }

}
