package cli.service;

import cli.shared.CommandFailed;

/**
 * The service does not answer or reports that it is unavailable; it may be restarting.
 */
final class ServiceAway extends CommandFailed {

    private static final long serialVersionUID = 1L;

    ServiceAway(String message, String hint) {
        super(message, hint);
    }

}
