package io.pms.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Every bench, with so little to do that what it measures says nothing. */
class BenchTest {
    private static final String[] SMALL = {"--rounds", "1", "--buffer-pool", "64M"};

    @TempDir private Path folder;

    @Test
    void measuresAppends() {
        assertThat(
                        run(
                                "append",
                                "--events",
                                "300",
                                "--clients",
                                "32",
                                "--cases",
                                "append,conflicts"))
                .extracting(line ->
                        line.get("case") + " " + line.get("clients") + " " + line.get("peer"))
                .containsExactly(
                        "append 32 axon-jdbc",
                        "append 32 ceiling",
                        "append-p50 32 axon-jdbc",
                        "append-p99 32 axon-jdbc",
                        "append-p99-to-p50 32 axon-jdbc",
                        "conflicts 64 axon-jdbc",
                        "conflicts-p99 64 axon-jdbc",
                        "conflicts-attempts 64 axon-jdbc",
                        "conflicts-slowest 64 axon-jdbc");
    }

    @Test
    void measuresBulkAppends() {
        assertThat(run("append", "--events", "2000", "--cases", "bulk"))
                .extracting(line -> line.get("case") + " " + line.get("peer"))
                .containsExactly(
                        "bulk-append axon-jdbc",
                        "bulk-append ceiling",
                        "bulk-append-p50 axon-jdbc");
    }

    @Test
    void measuresReplay() {
        assertThat(run("read", "--events", "2000"))
                .extracting(line -> line.get("case") + " " + line.get("peer"))
                .containsExactly("replay streaming-select", "replay-decoded axon-jdbc");
    }

    @Test
    void measuresLoads() {
        assertThat(run("load", "--stored", "500", "--events", "500", "--lengths", "10,100"))
                .extracting(line -> line.get("case"))
                .containsExactly(
                        "load-10",
                        "load-10-p50",
                        "load-10-p99",
                        "load-100",
                        "load-100-p50",
                        "load-100-p99");
    }

    @Test
    void measuresDisk() {
        assertThat(run("disk", "--events", "2000"))
                .extracting(line -> line.get("case"))
                .containsExactly("disk", "disk-first-day");
    }

    @Test
    void measuresGrowth() {
        assertThat(
                        run(
                                "growth",
                                "--large",
                                "2000",
                                "--small",
                                "200",
                                "--events",
                                "500",
                                "--clients",
                                "8"))
                .extracting(line -> line.get("case") + " " + line.get("peer"))
                .containsExactly("growth pms-200", "growth-p50 pms-200", "growth-p99 pms-200");
    }

    @Test
    void measuresVerification() {
        assertThat(run("verify", "--events", "2000"))
                .extracting(line -> line.get("case") + " " + line.get("peer"))
                .containsExactly("verify streaming-select", "verify-per-core target");
    }

    @Test
    void measuresRestores() {
        assertThat(run("restore", "--events", "2000"))
                .extracting(line -> line.get("case") + " " + line.get("peer"))
                .containsExactly("restore mysqldump", "verify-archive target");
    }

    @Test
    void measuresRebuilds() {
        assertThat(run("projection", "--events", "1000", "--axon-seconds", "2"))
                .extracting(line -> line.get("case") + " " + line.get("peer"))
                .containsExactly(
                        "rebuild axon-pooled",
                        "rebuild axon-tuned",
                        "rebuild replay",
                        "rebuild pipelining",
                        "rebuild ceiling");
    }

    /** Runs a bench and answers its JSON, which has the shape that others rely on. */
    private List<Map<String, Object>> run(String bench, String... options) {
        Path json = folder.resolve("results/bench.json");
        List<String> arguments = new ArrayList<>(List.of(bench, "--json", json.toString()));
        arguments.addAll(List.of(SMALL));
        arguments.addAll(List.of(options));
        assertThat(Bench.run(arguments.toArray(String[]::new))).isZero();
        List<Map<String, Object>> lines =
                JsonMapper.builder().build().readValue(json, new TypeReference<>() {});
        assertThat(lines)
                .isNotEmpty()
                .allSatisfy(line -> {
                    assertThat(line.keySet())
                            .containsExactly(
                                    "bench",
                                    "server",
                                    "case",
                                    "clients",
                                    "subject",
                                    "peer",
                                    "unit",
                                    "value",
                                    "peerValue",
                                    "ratio");
                    assertThat(line)
                            .containsEntry("bench", bench)
                            .containsEntry("server", "mariadb")
                            .containsEntry("subject", "pms");
                    assertRatios(line.get("ratio"));
                });
        return lines;
    }

    private static void assertRatios(Object ratio) {
        Ratios ratios = JsonMapper.builder().build().convertValue(ratio, Ratios.class);
        assertThat(ratios.min()).isPositive();
        assertThat(ratios.median()).isBetween(ratios.min(), ratios.max());
    }
}
