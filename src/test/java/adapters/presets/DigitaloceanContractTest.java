package adapters.presets;

class DigitaloceanContractTest extends PresetContract {

    DigitaloceanContractTest() {
        super(Preset.DIGITALOCEAN);
    }

}
