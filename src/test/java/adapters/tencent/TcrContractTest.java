package adapters.tencent;

import java.util.Map;

import adapters.signed.SignedContract;
import fixtures.Patience;
import fixtures.vendors.TencentFront;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;

class TcrContractTest extends SignedContract {

    TcrContractTest() {
        super(new TencentFront(), new TcrAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS)), Map.of());
    }

}
