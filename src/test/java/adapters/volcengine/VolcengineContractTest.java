package adapters.volcengine;

import java.util.Map;

import adapters.signed.SignedContract;
import fixtures.Patience;
import fixtures.vendors.VolcengineFront;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;

class VolcengineContractTest extends SignedContract {

    VolcengineContractTest() {
        super(new VolcengineFront(), new VolcengineAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS)),
                Map.of("instance", VolcengineFront.INSTANCE, "region", "cn-beijing"));
    }

}
