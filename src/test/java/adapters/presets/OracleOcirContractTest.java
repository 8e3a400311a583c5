package adapters.presets;

class OracleOcirContractTest extends PresetContract {

    OracleOcirContractTest() {
        super(Preset.ORACLE_OCIR);
    }

}
