package adapters.presets;

class NexusContractTest extends PresetContract {

    NexusContractTest() {
        super(Preset.NEXUS);
    }

}
