package architecture;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import replication.registry.RegistryAdapter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The table of packages in ARCHITECTURE.md, as rules. */
@AnalyzeClasses(packages = { "app", "routes", "api", "replication", "oci", "transfer", "charts", "adapters", "events",
        "notify", "store", "metrics", "cli" }, importOptions = PackagesTest.ProductionCode.class)
class PackagesTest {

    private static final String[] OURS = { "app..", "routes..", "api..", "replication..", "oci..", "transfer..",
            "adapters..", "events..", "notify..", "store..", "metrics..", "cli.." };

    @ArchTest
    static final ArchRule oci_is_a_library = imports("oci..");

    @ArchTest
    static final ArchRule replication_imports_the_ports_and_values_of_oci = imports("replication..", "oci",
            "oci.model");

    @ArchTest
    static final ArchRule transfer_imports_the_protocol = imports("transfer..", "replication..", "oci", "oci.model",
            "oci.limits", "oci.manifest");

    @ArchTest
    static final ArchRule adapters_import_the_protocol = imports("adapters..", "replication..", "oci..");

    @ArchTest
    static final ArchRule events_import_replication = imports("events..", "replication..", "oci.model");

    @ArchTest
    static final ArchRule store_imports_replication = imports("store..", "replication..", "oci.model");

    @ArchTest
    static final ArchRule notify_imports_replication = imports("notify..", "replication..", "oci.model");

    @ArchTest
    static final ArchRule api_imports_replication = imports("api..", "replication..", "oci.model");

    @ArchTest
    static final ArchRule routes_import_replication_and_api = imports("routes..", "replication..", "api..");

    @ArchTest
    static final ArchRule metrics_import_none_of_ours = imports("metrics..");

    @ArchTest
    static final ArchRule cli_imports_the_engine_and_the_api = imports("cli..", "replication..", "oci..", "transfer..",
            "adapters..", "api..");

    @ArchTest
    static final ArchRule a_command_starts_without_a_framework = noClasses().that()
        .resideInAPackage("cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "org.apache.camel..", "java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule no_cycle = slices().matching("(*)..").should().beFreeOfCycles();

    /** The rooms of a package stand above each other as the packages do. */
    @ArchTest
    static final ArchRule no_cycle_of_rooms = slices().matching("(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_core_knows_no_framework = noClasses().that()
        .resideInAnyPackage("replication..", "oci..", "transfer..", "adapters..", "events..", "notify..")
        .and()
        // The one exception: a cron expression is Spring's, for Quartz numbers the days
        // of a week otherwise.
        .doNotHaveFullyQualifiedName("replication.policy.Cron")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "org.apache.camel..", "java.sql..", "javax.sql..");

    /**
     * A vendor's library is loaded when a registry of that vendor is connected to: no
     * other class names one of its types.
     */
    @ArchTest
    static final ArchRule libraries_of_vendors_stay_with_their_adapters = noClasses().that()
        .resideOutsideOfPackages("adapters.aws", "adapters.azure", "adapters.google")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("software.amazon..", "com.google.auth..", "com.google.api..", "com.microsoft.aad..");

    /** The class that is a bean names none of them in a field or a signature. */
    @ArchTest
    static final ArchRule an_adapter_shows_no_library = noClasses().that()
        .areAssignableTo(RegistryAdapter.class)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("software.amazon..", "com.google.auth..", "com.google.api..", "com.microsoft.aad..");

    @ArchTest
    static final ArchRule an_exchange_stays_in_routes = noClasses().that()
        .resideOutsideOfPackages("routes..", "app..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule the_app_wires_camel_but_touches_no_exchange = noClasses().that()
        .resideInAPackage("app..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.apache.camel.Exchange");

    /**
     * Expressions of Java go back and forth over what does not match, and can be made to
     * for hours; so what others write is read by re2j's, or by hand, and split by single
     * characters.
     */
    @ArchTest
    static final ArchRule text_from_outside_is_read_in_linear_time = noClasses().that()
        .resideInAnyPackage("oci..", "events..", "adapters..", "transfer..", "notify..", "api..", "replication..")
        .and()
        // Of the environment, which is the administrator's.
        .haveNameNotMatching("oci\\.net\\.(NoProxy|HttpProxy).*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.regex..")
        .orShould()
        .callMethodWhere(JavaCall.Predicates
            .target(HasOwner.Predicates.With.owner(JavaClass.Predicates.type(String.class)))
            .and(JavaCall.Predicates.target(HasName.Predicates.nameMatching("matches|replaceAll|replaceFirst"))));

    @ArchTest
    static final ArchRule names_are_nouns_of_the_field = noClasses().should()
        .haveNameMatching(".*(Impl|Manager|Helper|Util|Utils|Base)");

    private static ArchRule imports(String who, String... allowed) {
        return classes().that()
            .resideInAPackage(who)
            .should()
            .onlyDependOnClassesThat(JavaClass.Predicates.resideOutsideOfPackages(OURS)
                .or(JavaClass.Predicates.resideInAPackage(who))
                .or(JavaClass.Predicates.resideInAnyPackage(allowed)));
    }

    /** Wherever the tests are compiled to. */
    static final class ProductionCode implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }

    }

}
