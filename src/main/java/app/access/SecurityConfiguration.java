package app.access;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import app.request.ApiGate;
import app.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskDecorator;
import org.springframework.http.HttpMethod;
import org.springframework.security.concurrent.DelegatingSecurityContextRunnable;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import replication.access.Role;
import store.registry.Accounts;

/**
 * The admin's login guards everything but the health probes and, where it is so set, the
 * metrics.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    @Bean
    SecurityFilterChain guard(HttpSecurity http, Settings settings) throws Exception {
        AuthenticationEntryPoint unauthorized = (_, response, _) -> {
            response.setHeader("WWW-Authenticate", "Basic realm=\"drayage\"");
            ApiGate.problem(response, 401, "Unauthorized", "the admin's name and password are needed");
        };
        List<String> open = new ArrayList<>(List.of("/actuator/health", "/actuator/health/*"));
        if (settings.metrics().open()) {
            open.add("/actuator/prometheus");
        }
        return http
            .authorizeHttpRequests((requests) -> requests.requestMatchers(open.toArray(String[]::new))
                .permitAll()
                // The path is a secret, and a hook may want a proof besides.
                .requestMatchers(HttpMethod.POST, "/api/webhooks/*")
                .permitAll()
                .requestMatchers(HttpMethod.OPTIONS, "/api/webhooks/*")
                .permitAll()
                .anyRequest()
                .hasRole(Role.ADMIN.name()))
            .httpBasic((basic) -> basic.authenticationEntryPoint(unauthorized))
            .exceptionHandling((handling) -> handling.authenticationEntryPoint(unauthorized))
            // No cookie is ever taken as a login, so there is nothing to forge.
            .csrf(AbstractHttpConfigurer::disable)
            .sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
            .headers(Customizer.withDefaults())
            .build();
    }

    /** Requests are served by another thread than the one that the login belongs to. */
    @Bean
    TaskDecorator loginGoesAlong() {
        return DelegatingSecurityContextRunnable::new;
    }

    @Bean
    PasswordEncoder passwordEncoder(Clock clock) {
        return new RememberedPasswords(new BCryptPasswordEncoder(), clock);
    }

    @Bean
    AdminPassword adminPassword(Settings settings, Accounts accounts, PasswordEncoder encoder) {
        return AdminPassword.find(settings.admin(), accounts, encoder);
    }

    @Bean
    UserDetailsService users(Settings settings, AdminPassword password) {
        return new InMemoryUserDetailsManager(
                User.withUsername(settings.admin().name()).password(password.hash()).roles(Role.ADMIN.name()).build());
    }

}
