package oci;

import java.io.IOException;

import replication.registry.RegistryFailure;

/** Takes a failure through code that knows only I/O exceptions. */
final class CarriedFailure extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient RegistryFailure failure;

    CarriedFailure(RegistryFailure failure) {
        super(failure.getMessage(), failure);
        this.failure = failure;
    }

    RegistryFailure failure() {
        return this.failure;
    }

}
