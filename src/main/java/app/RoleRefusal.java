package app;

import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;

/** A route that does not run on this node. */
final class RoleRefusal extends RoutePolicySupport {

    @Override
    public void onInit(Route route) {
        super.onInit(route);
        route.setAutoStartup(false);
    }

}
