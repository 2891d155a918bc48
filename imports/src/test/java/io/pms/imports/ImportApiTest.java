package io.pms.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.imports.ImportServer.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ImportApiTest {
    private static final String LOG = "<log xmlns=\"http://www.xes-standard.org/\">\n";

    private static ImportServer server;

    @BeforeAll
    static void start() {
        server = new ImportServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Nested
    class Answering {
        @Test
        void reportsProgressAndEndsWithTheSummary() {
            Answer answer =
                    server.send(
                            ImportServer.tenant(),
                            "sample-plan.xml",
                            TestFiles.sample("sample-plan.xml"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.type()).startsWith("application/x-ndjson");
            List<JsonNode> progress = answer.lines().subList(0, answer.lines().size() - 1);
            assertThat(progress)
                    .isNotEmpty()
                    .allSatisfy(line ->
                            assertThat(line.propertyNames())
                                    .containsExactly("phase", "done", "total"));
            assertThat(progress.stream().map(line -> line.path("phase").asString()).distinct())
                    .containsExactly("project", "people", "tasks", "visible");
            assertThat(answer.last().propertyNames())
                    .containsExactly(
                            "project", "tasks", "commands", "events", "skipped", "seconds");
        }

        @Test
        void takesTheBodyWhateverItsContentType() {
            for (String type :
                    List.of(
                            "application/x-www-form-urlencoded",
                            "application/xml",
                            "application/octet-stream")) {
                Answer answer =
                        server.post(
                                "?file=a.xes&project=Named",
                                TestFiles.sample("sample-history.xes"),
                                "Content-Type",
                                type);
                assertThat(answer.summary().tasks()).as(type).isEqualTo(8);
            }
        }

        @Test
        void keepsApartWhatDifferentTenantsOrProjectNamesImport() {
            byte[] file = TestFiles.sample("sample-history.xes");
            String tenant = ImportServer.tenant();
            Summary one = server.take(tenant, "a.xes", file);
            Summary other = server.take(ImportServer.tenant(), "a.xes", file);
            Summary named =
                    server.post("?file=a.xes&project=Other%20name", file, "X-Tenant", tenant)
                            .summary();
            assertThat(List.of(one.project(), other.project(), named.project()))
                    .doesNotHaveDuplicates();
            assertThat(named.events()).isEqualTo(one.events()).isEqualTo(other.events());
        }
    }

    @Nested
    class Refusing {
        @Test
        void unknownMissingAndBlankParameters() {
            byte[] file = TestFiles.sample("sample-history.xes");
            for (String query :
                    List.of("", "?project=x", "?file=a&name=b", "?file=", "?file=a&file=b")) {
                Answer answer = server.post(query, file);
                assertThat(answer.status()).as(query).isEqualTo(400);
                assertThat(answer.kind()).as(query).isEqualTo("bad-parameter");
            }
        }

        @Test
        void forms() {
            Answer answer =
                    server.post(
                            "?file=a",
                            "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n"
                                    .getBytes(StandardCharsets.UTF_8),
                            "Content-Type",
                            "multipart/form-data; boundary=x");
            assertThat(answer.status()).isEqualTo(415);
        }

        @Test
        void anEmptyFile() {
            refused("empty.xes", "", "the file is empty");
            refused(TestFiles.gzip(new byte[0]), "the file is empty");
        }

        @Test
        void whatIsNeitherAPlanNorAHistory() {
            for (String text :
                    List.of("hello", "{\"a\": 1}", "<html><body/></html>", "PK\3\4zip")) {
                Answer answer = send(text);
                assertThat(answer.status()).as(text).isEqualTo(415);
                assertThat(answer.kind()).isEqualTo("unknown-import-format");
            }
        }

        @Test
        void truncatedAndDamagedGzip() {
            byte[] gzip = TestFiles.gzip(TestFiles.sample("sample-history.xes"));
            refused(Arrays.copyOf(gzip, gzip.length / 2), "incomplete");
            gzip[gzip.length / 2] ^= 0x55;
            refused(gzip, "damaged");
        }

        @Test
        void aDoctypeAndItsEntities() {
            String doctype = "<!DOCTYPE log [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>\n";
            refused("a.xes", doctype + LOG + "<string key=\"a\" value=\"&x;\"/></log>", "DOCTYPE");
            refused(
                    "a.xml",
                    doctype.replace("log", "Project") + "<Project>&x;</Project>",
                    "DOCTYPE");
        }

        @Test
        void brokenXmlNamingLineAndColumn() {
            Answer history = refused("a.xes", LOG + "<trace>\n<event></trace></log>", "line 3");
            assertThat(history.last().path("line").asInt()).isEqualTo(3);
            assertThat(history.last().path("column").asInt()).isPositive();
            refused("a.xes", LOG + "<trace>\n", "line 3");
            refused("a.xml", "<Project>\n<Tasks>\n</Project>", "line 3");
        }

        @Test
        void aTimeThatIsNoneOrLiesInTheFuture() {
            for (String time : List.of("yesterday", "", "2999-01-01T00:00:00Z"))
                refused(
                        "a.xes",
                        LOG
                                + "<trace>\n<event>\n<date key=\"time:timestamp\" value=\""
                                + time
                                + "\"/></event></trace></log>",
                        "line 3");
        }

        @Test
        void anAttributeWithoutKey() {
            refused("a.xes", LOG + "<trace>\n<string value=\"x\"/></trace></log>", "\"key\"");
        }

        @Test
        void anEventTooLargeForTheLog() {
            refused(
                    "a.xes",
                    LOG
                            + "<trace>\n<event>\n<string key=\"a\" value=\""
                            + "x".repeat(60_000)
                            + "\"/></event></trace></log>",
                    "line 3: the event's attributes have");
        }

        @Test
        void elementsNestedTooDeeply() {
            refused(
                    "a.xes",
                    LOG + "<container key=\"a\">".repeat(70) + "</container>".repeat(70) + "</log>",
                    "levels deep");
        }

        @Test
        void aWorkflowThatIsNone() {
            StringBuilder log = new StringBuilder(LOG + "<trace>");
            for (int i = 0; i < 201; i++)
                log.append("<event><string key=\"concept:name\" value=\"s" + i + "\"/></event>");
            refused("a.xes", log + "</trace></log>", "more than 200 statuses");
        }

        private Answer refused(String file, String text, String detail) {
            return check(
                    server.send(ImportServer.tenant(), file, text.getBytes(StandardCharsets.UTF_8)),
                    detail);
        }

        private Answer refused(byte[] body, String detail) {
            return check(server.send(ImportServer.tenant(), "a.gz", body), detail);
        }

        private Answer send(String text) {
            return server.send(
                    ImportServer.tenant(), "a", text.getBytes(StandardCharsets.ISO_8859_1));
        }

        private static Answer check(Answer answer, String detail) {
            assertThat(answer.status()).as("%s", answer.lines()).isEqualTo(422);
            assertThat(answer.type()).startsWith("application/problem+json");
            assertThat(answer.kind()).isEqualTo("bad-import-file");
            assertThat(answer.detail()).contains(detail).endsWith("nothing was stored");
            return answer;
        }
    }
}
