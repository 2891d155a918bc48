package io.pms.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.log.EventLog;
import io.pms.query.LiveClient.Block;
import io.pms.query.QueryServer.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class LiveTest {
    private static final QueryServer SERVER = QueryServer.shared();

    private static long head() {
        return SERVER.bean(EventLog.class).head().size() - 1;
    }

    private static long rename(String tenant, String project, String name) {
        return SERVER.accepted(tenant, "RenameProject", Map.of("projectId", project, "name", name))
                .position();
    }

    private static String project(String tenant) {
        return SERVER.accepted(tenant, "CreateProject", Map.of("name", "Bridge")).id();
    }

    @Test
    void sendsWhatHappensJustAsActivityShowsIt() throws IOException {
        String tenant = "live";
        String project = project(tenant);
        try (LiveClient client = LiveClient.open(SERVER, tenant, "")) {
            for (String name : List.of("A", "Ü\nß\r\u2028", "🚧", "x".repeat(500))) {
                long position = rename(tenant, project, name);
                Block block = client.nextEvent();
                assertThat(block.id()).isEqualTo(position);
                assertThat(block.fields().get("event")).isEqualTo("pms.project.ProjectRenamed.v1");
                Answer shown = SERVER.getAt(position, tenant, "/api/activity?limit=1");
                assertThat(block.data()).isEqualTo(shown.items().getFirst());
            }
        }
    }

    @Test
    void beginsByTellingWhereItIsSoThatNothingIsMissedFromThen() throws IOException {
        String tenant = "live:begin";
        String project = project(tenant);
        LiveClient first = LiveClient.open(SERVER, tenant, "");
        long head = head();
        Block greeting = first.next();
        assertThat(greeting.isEvent()).isFalse();
        assertThat(greeting.id()).isEqualTo(head);
        assertThat(Integer.parseInt(greeting.fields().get("retry"))).isBetween(1_000, 3_000);
        assertThat(first.headers)
                .containsEntry("content-type", "text/event-stream;charset=UTF-8")
                .containsEntry("cache-control", "no-store")
                .containsEntry("x-accel-buffering", "no")
                .containsEntry("pms-position", String.valueOf(head));
        first.close();
        long missed = rename(tenant, project, "Missed");
        try (LiveClient second = first.again(SERVER, tenant, "")) {
            assertThat(second.nextEvent().id()).isEqualTo(missed);
        }
    }

    @Test
    void anIdleStreamSaysHowFarItIs() throws IOException {
        try (LiveClient client = LiveClient.open(SERVER, "live:idle", "")) {
            String elsewhere = project("live:busy");
            long position = rename("live:busy", elsewhere, "Elsewhere");
            assertThat(client.idsUntil(position)).isEmpty();
            Block heartbeat = client.next();
            assertThat(heartbeat.fields()).containsKeys("", "id").doesNotContainKey("data");
        }
    }

    @Test
    void eachFeedHasWhatActivityListsAndNothingElse() throws IOException {
        RandomTasks data = new RandomTasks(SERVER, "live:feeds", new Random(11), 8);
        String[] queries = {
            "",
            "?project=" + data.projects.get(0),
            "?project=" + data.projects.get(1),
            "?task=" + data.tasks.get(0),
            "?task=" + data.tasks.get(5),
            "?person=default",
            "?person=nobody",
            "?project=all",
        };
        for (String query : queries) {
            List<Long> listed = new ArrayList<>();
            SERVER.getAt(data.position, data.tenant, "/api/activity");
            for (Answer page : SERVER.pages(data.tenant, "/api/activity" + query, 200))
                page.items().forEach(item -> listed.addFirst(item.path("position").asLong()));
            try (LiveClient client =
                    LiveClient.open(SERVER, data.tenant, query, "Last-Event-ID", "-1")) {
                assertThat(client.idsUntil(data.position)).as(query).isEqualTo(listed);
            }
        }
    }

    /** Names that begin or end like others, and like keys. */
    @Test
    void organisationsSeeOnlyTheirOwnWhateverTheirNamesAre() throws IOException {
        List<String> tenants =
                List.of("l", "l:all", "1:l", "1:l:all", "l:project:x", "L", ".", "l.all", "3:l:l");
        List<LiveClient> clients = new ArrayList<>();
        List<List<Long>> expected = new ArrayList<>();
        for (String tenant : tenants) {
            clients.add(LiveClient.open(SERVER, tenant, ""));
            expected.add(new ArrayList<>());
        }
        for (int round = 0; round < 3; round++)
            for (int i = 0; i < tenants.size(); i++)
                expected.get(i)
                        .add(
                                SERVER.accepted(
                                                tenants.get(i),
                                                "CreateProject",
                                                Map.of("name", "P"))
                                        .position());
        long last = expected.getLast().getLast();
        for (int i = 0; i < tenants.size(); i++)
            try (LiveClient client = clients.get(i)) {
                assertThat(client.idsUntil(last)).as(tenants.get(i)).isEqualTo(expected.get(i));
            }
    }

    @Test
    void whatIsNotUnderstoodIsRefused() {
        for (String wrong : List.of("x", "1.5", "-2", "", "99999999999999999999")) {
            Answer header = SERVER.get("live", "/api/live", "Last-Event-ID", wrong);
            assertThat(header.status()).as(wrong).isEqualTo(400);
            assertThat(header.kind()).isEqualTo("bad-header");
            Answer parameter = SERVER.get("live", "/api/live?lastEventId=" + wrong);
            assertThat(parameter.status()).as(wrong).isEqualTo(400);
            assertThat(parameter.kind()).isEqualTo("bad-parameter");
        }
        for (String query : List.of("?colour=red", "?task=", "?task=a&project=b", "?limit=1")) {
            Answer answer = SERVER.get("live", "/api/live" + query, "Accept", "text/event-stream");
            assertThat(answer.status()).as(query).isEqualTo(400);
            assertThat(answer.kind()).isEqualTo("bad-parameter");
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        }
        assertThat(SERVER.get("live", "/api/live", "Accept", "application/json").status())
                .isEqualTo(406);
    }

    @Test
    void aPositionBeyondTheHeadIsRefused() {
        String beyond = String.valueOf(head() + 1_000_000);
        Answer header = SERVER.get("live", "/api/live", "Last-Event-ID", beyond);
        assertThat(header.kind()).isEqualTo("position-beyond-head");
        Answer parameter = SERVER.get("live", "/api/live?lastEventId=" + beyond);
        assertThat(parameter.kind()).isEqualTo("position-beyond-head");
    }

    /** Browsers repeat the address with its parameter, and say in the header where they are. */
    @Test
    void theHeaderCountsMoreThanTheParameter() throws IOException {
        String tenant = "live:both";
        String project = project(tenant);
        long first = rename(tenant, project, "First");
        long second = rename(tenant, project, "Second");
        String query = "?lastEventId=" + (first - 1);
        try (LiveClient client = LiveClient.open(SERVER, tenant, query)) {
            assertThat(client.nextEvent().id()).isEqualTo(first);
        }
        try (LiveClient client =
                LiveClient.open(SERVER, tenant, query, "Last-Event-ID", String.valueOf(first))) {
            assertThat(client.nextEvent().id()).isEqualTo(second);
        }
    }

    @Test
    void whoAsksForTheHeadersOnlyGetsNoStream() {
        try (LiveClient client =
                new LiveClient(SERVER, "HEAD", "live", "", "Connection", "close")) {
            assertThat(client.status).isEqualTo(200);
            assertThat(client.headers).containsKey("pms-position");
            assertThat(client.ends()).isTrue();
        }
    }
}
