package bench.copy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import bench.CpuTimes;
import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;

/** A corpus's policy in a service, without filters. */
final class Policy {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final long source;

    private final long destination;

    private final long id;

    Policy(Api api, Route route) {
        String name = "bench-" + NUMBER.incrementAndGet();
        this.source = registry(api, name + "-from", route.source());
        this.destination = registry(api, name + "-to", route.destination());
        this.id = api.create("/api/replication/policies",
                Map.of("name", name, "src_registry_id", this.source, "dest_registry_id", this.destination));
    }

    private static long registry(Api api, String name, Ground ground) {
        Map<String, Object> body = new HashMap<>(Map.of("name", name, "registry_type", "oci", "url", ground.url()));
        ground.authority().ifPresent((pem) -> body.put("ca_certificate", pem));
        return api.create("/api/registries", body);
    }

    /**
     * From the request that starts it to its end by the database, whose clock is this
     * machine's: what asks for the end takes processor time from what is measured, so it
     * asks seldom, after half as long again as it has waited.
     */
    Figures run(Service service) {
        double javaBefore = ProcessFigures.processor(service.pid());
        double databaseBefore = CpuTimes.tree(service.postmaster());
        ProcessFigures.forgetPeak(service.pid());
        Instant begin = Instant.now();
        long execution = service.api().start(this.id);
        JsonNode ended = await(service.api(), execution, begin);
        if (!ended.get("status").asText().equals("succeeded")) {
            throw new IllegalStateException("Drayage: " + ended);
        }
        Instant end = Instant.parse(ended.get("end_time").asText());
        double wall = Duration.between(begin, end).toNanos() / 1e9;
        double recorded = Duration.between(Instant.parse(ended.get("start_time").asText()), end).toNanos() / 1e9;
        double java = ProcessFigures.processor(service.pid()) - javaBefore;
        double database = CpuTimes.tree(service.postmaster()) - databaseBefore;
        return new Figures(wall, java + database, ProcessFigures.peak(service.pid()),
                Map.of("database_cpu", database, "recorded", recorded));
    }

    private static JsonNode await(Api api, long execution, Instant begin) {
        while (true) {
            JsonNode json = api.get("/api/replication/executions/" + execution).expect(200).json();
            if (!json.get("end_time").isNull()) {
                return json;
            }
            LockSupport
                .parkNanos(Math.clamp(Duration.between(begin, Instant.now()).toNanos() / 2, 50_000_000, 500_000_000));
        }
    }

    /** So that the service's looks at the health of registries concern nobody else. */
    void delete(Api api) {
        api.delete("/api/replication/policies/" + this.id).expect(204);
        api.delete("/api/registries/" + this.source).expect(204);
        api.delete("/api/registries/" + this.destination).expect(204);
    }

}
