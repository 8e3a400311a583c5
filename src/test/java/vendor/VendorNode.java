package vendor;

import app.Drayage;
import oci.limits.HostLimits;
import oci.net.HttpSettings;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import replication.registry.RegistryAdapter;

/** The service as it is, with the vendor's adapter: the one place where it is wired. */
public final class VendorNode {

    private VendorNode() {
    }

    public static void main(String[] args) {
        new SpringApplication(Drayage.class, Vendor.class).run(args);
    }

    /** The adapter. */
    @Configuration(proxyBeanMethods = false)
    static class Vendor {

        @Bean
        RegistryAdapter vendorAdapter(HttpSettings http, HostLimits limits) {
            return new VendorAdapter(http, limits);
        }

    }

}
