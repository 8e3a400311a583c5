package adapters.presets;

import java.net.URI;
import java.util.List;
import java.util.Map;

import adapters.AdapterContract;
import adapters.generic.PlainCloud;
import fixtures.Patience;
import fixtures.vendors.VendorFront;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Secret;
import replication.registry.Adapters;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryCredential;
import replication.registry.UrlForm;

/** A preset at a plain registry, which an operator has added to its hosts. */
abstract class PresetContract extends AdapterContract {

    private final PlainCloud cloud = new PlainCloud();

    private final Preset preset;

    private final RegistryAdapter adapter;

    PresetContract(Preset preset) {
        this.preset = preset;
        this.adapter = new Adapters(Preset.adapters(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS)).toList(),
                Map.of(preset.info().identity(), List.of(new UrlForm("http://127.0.0.1:{port}"))))
            .of(preset.info().identity());
    }

    @Override
    public RegistryAdapter adapter() {
        return this.adapter;
    }

    @Override
    public VendorFront front() {
        return this.cloud;
    }

    @Override
    public Registry registry() {
        return new Registry(1, "preset", "", this.preset.info().identity(), URI.create(this.cloud.url()), false,
                RegistryCredential.basic(PlainCloud.USER, new Secret(PlainCloud.PASSWORD)), null, null, 0);
    }

}
