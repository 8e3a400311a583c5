package metrics;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import org.jspecify.annotations.Nullable;

/**
 * The gauges as {@code io.drayage:type=Policy,name="…"} and
 * {@code io.drayage:type=Registry,name="…"}. Names are quoted always, whatever they hold.
 */
final class ManagedGauges {

    private static final String DOMAIN = "io.drayage";

    private final Gauges gauges;

    private final MBeanServer server;

    private Map<ObjectName, Object> shown = Map.of();

    ManagedGauges(Gauges gauges, MBeanServer server) {
        this.gauges = gauges;
        this.server = server;
    }

    void show(Reading reading) {
        Map<ObjectName, Object> wanted = new HashMap<>();
        for (Flow flow : reading.loads().keySet()) {
            wanted.put(name("Policy", flow.policy()), new ManagedPolicy(this.gauges, flow));
        }
        for (String registry : reading.registries().keySet()) {
            wanted.put(name("Registry", registry), new ManagedRegistry(this.gauges, registry));
        }
        try {
            for (ObjectName name : union(this.shown.keySet(), wanted.keySet())) {
                replace(name, wanted.get(name));
            }
        }
        catch (JMException ex) {
            throw new IllegalStateException("show the gauges by JMX: " + ex.getMessage(), ex);
        }
        this.shown = wanted;
    }

    private static Set<ObjectName> union(Set<ObjectName> some, Set<ObjectName> others) {
        Set<ObjectName> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    // A policy whose registries were changed is a new bean of the same name.
    private void replace(ObjectName name, @Nullable Object bean) throws JMException {
        if (bean != null && bean.equals(this.shown.get(name))) {
            return;
        }
        if (this.server.isRegistered(name)) {
            this.server.unregisterMBean(name);
        }
        if (bean != null) {
            this.server.registerMBean(bean, name);
        }
    }

    private static ObjectName name(String type, String name) {
        try {
            return new ObjectName(DOMAIN + ":type=" + type + ",name=" + ObjectName.quote(name));
        }
        catch (JMException ex) {
            throw new IllegalStateException(type + " " + name + " has no name for JMX: " + ex.getMessage(), ex);
        }
    }

}
