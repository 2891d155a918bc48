package io.pms.http;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests that Tomcat refuses before they reach the application get problem documents too, not
 * pages. Made by Tomcat, by its name.
 */
public final class ProblemReportValve extends ErrorReportValve {
    private static final Logger LOGGER = LoggerFactory.getLogger(ProblemReportValve.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < 400
                || response.getContentWritten() > 0
                || !response.setErrorReported()) return;
        Problem problem = ServerProblems.of(response.getStatus());
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            Writer writer = response.getReporter();
            if (writer == null) return; // the answer is under way already
            writer.write(JSON.writeValueAsString(ProblemDocument.members(problem)));
            response.finishResponse();
        } catch (IOException e) {
            LOGGER.debug("the caller has gone", e);
        }
    }
}
