package adapters.presets;

class ZotContractTest extends PresetContract {

    ZotContractTest() {
        super(Preset.ZOT);
    }

}
