package routes;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.language.MethodCallExpression;
import org.apache.camel.support.PluginHelper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Routes name beans and methods by texts: each must be a bean of the application with one
 * such method, whose parameters Camel can bind by their types.
 */
class BeanMethodsTest {

    private static final Pattern ENDPOINT = Pattern.compile("bean:(\\w+)\\?method=(\\w+)");

    private static final Pattern PARAMETER = Pattern.compile("\\{\\{(\\w+)}}");

    private final Map<String, Class<?>> beans = new HashMap<>();

    private final List<String> wrong = new ArrayList<>();

    private int checked;

    @Test
    void routes_name_only_bean_methods_that_exist() throws Exception {
        JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("app", "routes");
        classes.forEach(this::findBeans);
        DefaultCamelContext camel = new DefaultCamelContext();
        for (JavaClass each : classes.that(JavaClass.Predicates.assignableTo(RouteBuilder.class))) {
            RouteBuilder builder = (RouteBuilder) each.reflect().getConstructor().newInstance();
            builder.setCamelContext(camel);
            builder.configure();
            builder.getRouteCollection().getRoutes().forEach(this::check);
        }
        for (String file : List.of("errors", "ticks", "gauges")) {
            PluginHelper.getRoutesLoader(camel)
                .loadRoutes(PluginHelper.getResourceLoader(camel)
                    .resolveResource("classpath:camel/" + file + ".camel.yaml"));
        }
        camel.getRouteConfigurationDefinitions()
            .forEach((configuration) -> configuration.getOnExceptions().forEach((each) -> check(each, Map.of())));
        camel.getRouteDefinitions().forEach(this::check);

        assertThat(this.wrong).isEmpty();
        assertThat(this.checked).isGreaterThan(80);
    }

    private void findBeans(JavaClass configuration) {
        for (JavaMethod method : configuration.getMethods()) {
            if (method.isAnnotatedWith(Bean.class)) {
                this.beans.put(method.getName(), method.getRawReturnType().reflect());
            }
        }
    }

    private void check(RouteDefinition route) {
        Map<String, Object> parameters = new HashMap<>();
        if (route.getTemplateParameters() != null) {
            parameters.putAll(route.getTemplateParameters());
        }
        check(route, parameters);
    }

    private void check(ProcessorDefinition<?> step, Map<String, Object> parameters) {
        if (step instanceof BeanDefinition bean) {
            check(type(bean), bean.getRef(), bean.getMethod());
        }
        if (step instanceof ToDefinition to) {
            Matcher value = PARAMETER.matcher(to.getUri());
            Matcher uri = ENDPOINT
                .matcher(value.matches() ? String.valueOf(parameters.get(value.group(1))) : to.getUri());
            if (uri.matches()) {
                check(null, uri.group(1), uri.group(2));
            }
        }
        if (step instanceof ExpressionNode node && node.getExpression() instanceof MethodCallExpression call) {
            check((call.getInstance() != null) ? call.getInstance().getClass() : null, call.getRef(), call.getMethod());
        }
        step.getOutputs().forEach((each) -> check(each, parameters));
    }

    private static @Nullable Class<?> type(BeanDefinition bean) {
        try {
            return (bean.getBean() != null) ? bean.getBean().getClass()
                    : (bean.getBeanType() != null) ? Class.forName(bean.getBeanType()) : null;
        }
        catch (ClassNotFoundException ex) {
            throw new AssertionError(ex);
        }
    }

    private void check(@Nullable Class<?> known, @Nullable String ref, String name) {
        this.checked++;
        Class<?> type = (known != null) ? known : this.beans.get(ref);
        if (type == null) {
            this.wrong.add("there is no bean %s, whose %s is named".formatted(ref, name));
            return;
        }
        List<Method> named = Arrays.stream(type.getMethods())
            .filter((method) -> method.getName().equals(name) && !method.isBridge()
                    && Modifier.isPublic(method.getModifiers()))
            .toList();
        if (named.size() != 1) {
            this.wrong.add("%s (%s) has %d methods %s".formatted(ref, type.getName(), named.size(), name));
        }
        else if (bodies(named.getFirst()) > 1) {
            this.wrong.add("more than one parameter of %s is the body".formatted(named.getFirst()));
        }
    }

    /** How many parameters take what no annotation and no type of Camel's says. */
    private static long bodies(Method method) {
        return Stream.of(method.getParameters()).filter(BeanMethodsTest::body).count();
    }

    private static boolean body(Parameter parameter) {
        return parameter.getType() != Exception.class && Arrays.stream(parameter.getAnnotations())
            .noneMatch((annotation) -> annotation.annotationType().getName().startsWith("org.apache.camel."));
    }

}
