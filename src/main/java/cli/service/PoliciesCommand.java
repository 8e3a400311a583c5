package cli.service;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import cli.shared.Exit;
import cli.shared.JsonTrees;
import cli.shared.SecretFields;
import cli.shared.Secrets;
import cli.shared.Yaml;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code drayage policies export} and {@code drayage policies apply}. */
@Command(name = "policies", description = "Policies and registries as one YAML document.",
        subcommands = { PoliciesCommand.Export.class, PoliciesCommand.Apply.class })
@SuppressWarnings("NullAway.Init")
public final class PoliciesCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(this.spec.commandLine(), "policies export, or policies apply?");
    }

    /** Prints all registries and policies of the service. */
    @Command(name = "export", description = "Prints all registries, without their secrets, and all policies.")
    static final class Export implements Callable<Integer> {

        @Mixin
        private ServiceOptions options;

        @Option(names = "--secrets-from-env", description = "name a variable for each secret, as in $${NAME}")
        private boolean named;

        @Override
        public Integer call() {
            Service service = this.options.service();
            List<JsonNode> registries = service.list(Service.REGISTRIES + "?page_size=500");
            PolicySet set = PolicySet.of(registries, service.list(Service.POLICIES + "?page_size=500"));
            if (this.named) {
                SecretFields fields = new SecretFields(service.get(Service.ADAPTERS));
                registries.forEach((shown) -> fields
                    .name(Objects.requireNonNull(set.registries().get(shown.path("name").asText())), shown));
            }
            this.options.say(set.document(), Yaml.write(set.document()).stripTrailing());
            return Exit.OK;
        }

    }

    /** Makes the service match a file. */
    @Command(name = "apply",
            description = "Creates and changes registries and policies as a document describes them, by name.",
            footer = { "",
                    "Whatever the document leaves out stays as it is. A secret is written $${NAME} and sent when its",
                    "registry is created or otherwise changed, or by --secrets." })
    static final class Apply implements Callable<Integer> {

        @Mixin
        private ServiceOptions options;

        @Option(names = { "-f", "--file" }, required = true, description = "the document; - is the standard input")
        private String file;

        @Option(names = "--dry-run", description = "only print the steps")
        private boolean dryRun;

        @Option(names = "--prune", description = "delete what the document does not name")
        private boolean prune;

        @Option(names = "--force", description = "also save registries that do not answer")
        private boolean force;

        @Option(names = "--secrets", description = "send all secrets again, because their changes cannot be seen")
        private boolean secrets;

        @Override
        public Integer call() {
            PolicyPlan plan = new PolicyPlan(this.options.service(), PolicySet.of(Yaml.read(this.file)),
                    this.prune ? PolicyPlan.Pruning.DELETE : PolicyPlan.Pruning.KEEP);
            if (this.secrets) {
                plan.sendSecrets();
            }
            if (!this.dryRun) {
                plan.carryOut(new Secrets(System.getenv()), this.force);
            }
            this.options.say(json(plan), words(plan));
            return Exit.OK;
        }

        private ObjectNode json(PolicyPlan plan) {
            ObjectNode json = JsonTrees.object().put("dry_run", this.dryRun).put("unchanged", plan.unchanged());
            ArrayNode changes = json.putArray("changes");
            plan.steps().forEach((step) -> changes.add(step.json()));
            return json;
        }

        private String words(PolicyPlan plan) {
            List<Step> steps = plan.steps();
            if (steps.isEmpty()) {
                return "nothing changed; %d match the document%s".formatted(plan.unchanged(),
                        plan.namesSecrets() ? "; secrets are not compared, --secrets sends them again" : "");
            }
            String counts = "%s%d created, %d changed, %d deleted, %d unchanged".formatted(
                    this.dryRun ? "not done: " : "", count(steps, Step.Action.CREATED),
                    count(steps, Step.Action.CHANGED), count(steps, Step.Action.DELETED), plan.unchanged());
            return steps.stream().map(Step::toString).collect(Collectors.joining(System.lineSeparator()))
                    + System.lineSeparator() + counts;
        }

        private static int count(List<Step> steps, Step.Action action) {
            return Collections.frequency(steps.stream().map(Step::action).toList(), action);
        }

    }

}
