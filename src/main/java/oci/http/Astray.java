package oci.http;

import java.io.IOException;

import oci.message.Call;

/** A fault on the way of a request that an answer had sent elsewhere. */
final class Astray extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Call call;

    private final IOException fault;

    /** Whether the host has never accepted an upload. */
    private final boolean unproven;

    Astray(Call call, IOException fault, boolean unproven) {
        super(fault.getMessage(), fault);
        this.call = call;
        this.fault = fault;
        this.unproven = unproven;
    }

    Call call() {
        return this.call;
    }

    IOException fault() {
        return this.fault;
    }

    boolean unproven() {
        return this.unproven;
    }

    /** The fault itself, wherever it was. */
    static IOException bare(IOException ex) {
        return (ex instanceof Astray astray) ? astray.fault() : ex;
    }

}
