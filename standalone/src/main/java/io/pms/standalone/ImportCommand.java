package io.pms.standalone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends a file to a running platform and shows how far it is. */
@Command(
        name = "import",
        description = {
            "Import a plan (Microsoft Project, Primavera and others) or an event history (XES).",
            "Importing the same file again changes nothing; after an interruption it completes what is missing.",
            "Acts as PMS_TENANT and PMS_ACTOR (both: default)."
        },
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Parameters(paramLabel = "FILE", description = "may be compressed with gzip")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--project",
            paramLabel = "NAME",
            description = "name of the project that is made")
    private @Nullable String project;

    @Option(
            names = "--url",
            description = "where the platform is (default: ${DEFAULT-VALUE})",
            defaultValue = "${env:PMS_URL:-http://127.0.0.1:3000}")
    private URI url = URI.create("http://127.0.0.1:3000");

    @Override
    public Integer call() throws InterruptedException {
        if (!Files.isRegularFile(file))
            throw new IllegalArgumentException("there is no file " + file);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<java.io.InputStream> answer =
                    client.send(request(), HttpResponse.BodyHandlers.ofInputStream());
            try (BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                return answer.statusCode() == 200
                        ? follow(lines)
                        : refused(lines, answer.statusCode());
            }
        } catch (ConnectException e) {
            throw PlatformClient.silent(url, e);
        } catch (IOException e) {
            throw stopped(e);
        }
    }

    private HttpRequest request() throws IOException {
        Map<String, String> environment = System.getenv();
        String query =
                "?file="
                        + encoded(String.valueOf(file.getFileName()))
                        + (project == null ? "" : "&project=" + encoded(project));
        return HttpRequest.newBuilder(
                        URI.create(url.toString().replaceFirst("/+$", "") + "/api/imports" + query))
                .header("Content-Type", "application/octet-stream")
                .header("X-Tenant", environment.getOrDefault("PMS_TENANT", "default"))
                .header("X-Actor", environment.getOrDefault("PMS_ACTOR", "default"))
                .POST(HttpRequest.BodyPublishers.ofFile(file))
                .build();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Lines of progress, and the summary or a problem as the last one. */
    private static int follow(BufferedReader lines) throws IOException {
        ProgressBar bar = new ProgressBar(System.err, System.console() != null);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            JsonNode json = JSON.readTree(line);
            if (json.has("phase")) {
                bar.show(
                        json.path("phase").asString(),
                        json.path("done").asLong(),
                        json.path("total").asLong());
                continue;
            }
            bar.end();
            if (json.has("title")) return problem(json);
            System.out.println(line);
            return 0;
        }
        bar.end();
        throw stopped(null);
    }

    private static IllegalStateException stopped(@Nullable IOException cause) {
        return new IllegalStateException(
                "the platform stopped before the import was done; start it and import the file again: that completes it",
                cause);
    }

    private static int refused(BufferedReader lines, int status) throws IOException {
        String body = String.join("\n", lines.lines().toList());
        try {
            return problem(JSON.readTree(body));
        } catch (JacksonException e) {
            throw new IllegalStateException("the platform answered " + status + ": " + body, e);
        }
    }

    private static int problem(JsonNode problem) {
        System.err.println(
                "pms: "
                        + problem.path("title").asString("")
                        + ": "
                        + problem.path("detail").asString(""));
        return 1;
    }
}
