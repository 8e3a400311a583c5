package adapters.presets;

class ScalewayContractTest extends PresetContract {

    ScalewayContractTest() {
        super(Preset.SCALEWAY);
    }

}
