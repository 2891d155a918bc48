package io.pms.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.query.LiveClient.Block;
import io.pms.query.QueryServer.Answer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events of a revision that this version's projections cannot read. */
@Timeout(240)
class LiveParkedTest {
    private static final QueryServer SERVER = LiveServers.small();
    private static final String TENANT = "live:parked";

    private static long appendUnknown(String project) {
        String data = "{\"projectId\":\"" + project + "\",\"mood\":\"good\"}";
        return SERVER.append(TENANT, project, 1, "pms.project.ProjectCheered.v9", data);
    }

    @Test
    void areSentAllTheSameAndNobodyIsToldThatNothingWasMissedWhereTheyAreLeftOut()
            throws IOException {
        String project = SERVER.accepted(TENANT, "CreateProject", Map.of("name", "Bridge")).id();
        long position;
        try (LiveClient client = LiveClient.open(SERVER, TENANT, "?project=" + project)) {
            position = appendUnknown(project);
            Block block = client.nextEvent();
            assertThat(block.id()).isEqualTo(position);
            assertThat(block.fields().get("event")).isEqualTo("pms.project.ProjectCheered.v9");
            assertThat(block.data().path("data").path("mood").asString()).isEqualTo("good");
        }
        for (int i = 0; i < 2 * LiveServers.RING_ENTRIES; i++)
            position = SERVER.accepted(TENANT, "CreateProject", Map.of("name", "P" + i)).position();
        SERVER.getAt(position, TENANT, "/api/activity");
        Answer far = SERVER.get(TENANT, "/api/live", "Last-Event-ID", "0");
        assertThat(far.status()).isEqualTo(503);
        assertThat(far.kind()).isEqualTo("aggregate-parked");
        String near = String.valueOf(position - 1);
        try (LiveClient client = LiveClient.open(SERVER, TENANT, "", "Last-Event-ID", near)) {
            assertThat(client.nextEvent().id()).isEqualTo(position);
        }
    }
}
