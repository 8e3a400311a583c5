package cli.service;

import cli.shared.CommandFailed;

/** No service answers at present, or it says that it cannot; it may be restarting. */
final class ServiceAway extends CommandFailed {

    private static final long serialVersionUID = 1L;

    ServiceAway(String message) {
        super(message);
    }

}
