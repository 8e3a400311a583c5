package oci.model;

import java.io.IOException;

/** Takes a failure through code that knows only I/O exceptions. */
public final class CarriedFailure extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient RegistryFailure failure;

    public CarriedFailure(RegistryFailure failure) {
        super(failure.getMessage(), failure);
        this.failure = failure;
    }

    public RegistryFailure failure() {
        return this.failure;
    }

}
