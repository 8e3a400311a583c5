package adapters.huawei;

import java.util.Map;

import adapters.signed.SignedContract;
import fixtures.Patience;
import fixtures.vendors.HuaweiFront;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;

class SwrContractTest extends SignedContract {

    SwrContractTest() {
        super(new HuaweiFront(), new SwrAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS)),
                Map.of("region", HuaweiFront.REGION));
    }

}
