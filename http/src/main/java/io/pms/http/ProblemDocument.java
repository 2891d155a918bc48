package io.pms.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** How a problem is written. */
public final class ProblemDocument {
    private ProblemDocument() {}

    /** The members of the document, in order. */
    public static Map<String, Object> members(Problem problem) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "urn:pms:problem:" + problem.kind());
        members.put("title", problem.title());
        members.put("status", problem.status());
        members.put("detail", problem.detail());
        members.putAll(problem.members());
        return members;
    }

    static ResponseEntity<Map<String, Object>> answer(Problem problem) {
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(problem.status())
                        .cacheControl(CacheControl.noStore()) // what is not there now may come
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        Object retryAfter = problem.members().get("retryAfterSeconds");
        if (retryAfter != null) answer.header(HttpHeaders.RETRY_AFTER, retryAfter.toString());
        return answer.body(members(problem));
    }
}
