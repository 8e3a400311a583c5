package cli.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExecutionTextTest {

    private static String line(String moving) throws Exception {
        return new ExecutionText(new ObjectMapper().readTree("""
                {"id": 12, "policy_name": "releases", "status": "running", "total": 3, "succeed": 1, "failed": 0,
                 "status_text": "", "bytes": 5200000, %s,
                 "artifacts": {"copied": 4, "unchanged": 5, "failed": 0}}
                """.formatted(moving))).line();
    }

    @Test
    void what_moves_has_a_rate_and_a_time_where_it_is_known() throws Exception {
        String still = "execution 12 of releases: running, 1 of 3 repositories, 4 copied, 5 unchanged, 0 failed, 5.2 MB";
        assertThat(line("\"rate\": 0, \"eta\": null")).isEqualTo(still);
        assertThat(line("\"rate\": 85300000, \"eta\": null")).isEqualTo(still + ", 85.3 MB/s");
        assertThat(line("\"rate\": 85300000, \"eta\": 65")).isEqualTo(still + ", 85.3 MB/s, eta 1:05");
    }

}
