package app;

import java.time.Clock;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import api.notice.SubscriptionApi;
import app.settings.MailSettings;
import app.settings.NoticeSettings;
import app.settings.Settings;
import notify.Messages;
import notify.ReceiverAnswer;
import oci.net.ProxyEnvironment;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.apache.camel.component.mail.JavaMailSender;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import replication.execution.state.RetryPlan;
import replication.notice.Deliveries;
import replication.notice.NoticeSender;
import replication.notice.SubscriptionEditor;
import replication.notice.Subscriptions;
import store.notice.DeliveryTable;
import store.notice.SubscriptionTable;
import store.secret.SecretBox;
import store.sql.Database;

/** Notices: subscriptions, the outbox and how its notices are sent. */
@Configuration(proxyBeanMethods = false)
class NotifyConfiguration {

    @Bean
    Subscriptions subscriptions(Database database, SecretBox secrets) {
        return new SubscriptionTable(database, secrets);
    }

    @Bean
    Deliveries deliveries(Database database, SecretBox secrets, Settings settings) {
        return new DeliveryTable(database, secrets, settings.notices().giveUp(), settings.notices().keep());
    }

    @Bean
    NoticeSender noticeSender(Deliveries deliveries, Settings settings) {
        NoticeSettings notices = settings.notices();
        return new NoticeSender(deliveries, new RetryPlan(Integer.MAX_VALUE, notices.pause(), notices.most()),
                notices.atOnce());
    }

    @Bean
    Messages messages(Clock clock, Settings settings) {
        return new Messages(clock, settings.mail().from());
    }

    @Bean
    ReceiverAnswer receiverAnswer() {
        return new ReceiverAnswer();
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService receiverTimer() {
        return Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("receiver-timer").factory());
    }

    @Bean
    ReceiverClient receiverClient(Settings settings, ScheduledExecutorService receiverTimer, ProxyEnvironment proxies) {
        return new ReceiverClient(settings.notices().timeout(), receiverTimer, proxies);
    }

    @Bean
    JavaMailSender mailSender(Settings settings) {
        MailSettings mail = settings.mail();
        String protocol = (mail.tls() == MailSettings.Tls.TLS) ? "smtps" : "smtp";
        boolean starts = mail.tls() == MailSettings.Tls.STARTTLS;
        Properties properties = new Properties();
        properties.setProperty("mail." + protocol + ".starttls.enable", String.valueOf(starts));
        properties.setProperty("mail." + protocol + ".starttls.required", String.valueOf(starts));
        properties.setProperty("mail." + protocol + ".ssl.checkserveridentity", "true");
        properties.setProperty("mail." + protocol + ".auth", String.valueOf(!mail.username().isEmpty()));
        for (String limit : new String[] { "connectiontimeout", "timeout", "writetimeout" }) {
            properties.setProperty("mail." + protocol + "." + limit,
                    String.valueOf(settings.notices().timeout().toMillis()));
        }
        DefaultJavaMailSender sender = new DefaultJavaMailSender();
        sender.setProtocol(protocol);
        sender.setHost(mail.host());
        sender.setPort(mail.port());
        // With an empty name it would try to log in without one.
        if (!mail.username().isEmpty()) {
            sender.setUsername(mail.username());
            sender.setPassword(mail.password());
        }
        sender.setJavaMailProperties(properties);
        return sender;
    }

    @Bean
    SubscriptionEditor subscriptionEditor(Subscriptions subscriptions, Settings settings) {
        return new SubscriptionEditor(subscriptions, settings.mail().configured());
    }

    @Bean
    SubscriptionApi subscriptionApi(Subscriptions subscriptions, SubscriptionEditor editor, Deliveries deliveries) {
        return new SubscriptionApi(subscriptions, editor, deliveries);
    }

}
