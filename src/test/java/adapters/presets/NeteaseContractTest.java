package adapters.presets;

class NeteaseContractTest extends PresetContract {

    NeteaseContractTest() {
        super(Preset.NETEASE);
    }

}
