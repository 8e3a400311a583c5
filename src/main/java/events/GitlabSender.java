package events;

import java.util.List;

import replication.event.HookDelivery;
import replication.event.RegistryEvent;
import replication.event.Remarks;

/**
 * GitLab's container registry, which is Distribution and sends the same events, so it is
 * chosen by name and never recognised.
 */
final class GitlabSender implements JsonSender {

    private final DistributionSender distribution = new DistributionSender();

    @Override
    public String identity() {
        return "gitlab";
    }

    @Override
    public String description() {
        return "GitLab: the notifications of an instance's container registry";
    }

    @Override
    public boolean fits(HookDelivery delivery, Field body) {
        return false;
    }

    @Override
    public List<RegistryEvent> read(HookDelivery delivery, Field body, Remarks remarks) {
        return this.distribution.read(delivery, body, remarks);
    }

}
