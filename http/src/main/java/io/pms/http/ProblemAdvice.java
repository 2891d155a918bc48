package io.pms.http;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Every failure as a problem document. What nobody foresaw gets an id that is in the log too. */
@RestControllerAdvice
final class ProblemAdvice {
    private static final Logger LOGGER = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> problem(Problem problem) {
        return ProblemDocument.answer(problem);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> completion(CompletionException e) {
        return e.getCause() instanceof Problem problem ? problem(problem) : unexpected(e);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> noResource(NoResourceFoundException e) {
        return problem(
                new Problem(
                        404,
                        "no-such-resource",
                        "No such resource",
                        "there is nothing at /"
                                + e.getResourcePath()
                                + "; /v3/api-docs lists what there is"));
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> method(HttpRequestMethodNotSupportedException e) {
        Set<HttpMethod> allowed =
                e.getSupportedHttpMethods() == null ? Set.of() : e.getSupportedHttpMethods();
        ResponseEntity<Map<String, Object>> answer =
                problem(
                        new Problem(
                                405,
                                "method-not-allowed",
                                "Method not allowed",
                                e.getMethod() + " is not possible here; allowed: " + allowed));
        HttpHeaders headers = new HttpHeaders();
        headers.addAll(answer.getHeaders());
        headers.setAllow(allowed);
        return new ResponseEntity<>(answer.getBody(), headers, answer.getStatusCode());
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> mediaType(HttpMediaTypeException e) {
        boolean sent = e instanceof HttpMediaTypeNotSupportedException;
        String detail =
                e.getSupportedMediaTypes().isEmpty()
                        ? String.valueOf(e.getMessage())
                        : (sent
                                        ? "the Content-Type is not understood here; send one of "
                                        : "only these can be answered: ")
                                + e.getSupportedMediaTypes();
        return problem(
                new Problem(
                        sent ? 415 : 406,
                        sent ? "unsupported-media-type" : "not-acceptable",
                        sent ? "Unsupported media type" : "Not acceptable",
                        detail));
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> parameter(MethodArgumentTypeMismatchException e) {
        return problem(
                new Problem(
                        400,
                        "bad-parameter",
                        "A parameter is malformed",
                        "the parameter " + e.getName() + " is malformed: " + e.getValue()));
    }

    /** Tomcat reads the query when it is first asked for, and says then what is wrong with it. */
    @ExceptionHandler
    ResponseEntity<Map<String, Object>> query(InvalidParameterException e) {
        return problem(
                new Problem(
                        400,
                        "bad-parameter",
                        "A parameter is malformed",
                        "the query must be name=value pairs of percent-encoded UTF-8"));
    }

    @ExceptionHandler({
        MissingServletRequestParameterException.class,
        ServletRequestBindingException.class,
        MultipartException.class
    })
    ResponseEntity<Map<String, Object>> binding(Exception e) {
        return problem(
                new Problem(
                        400,
                        "bad-request",
                        "The request is malformed",
                        String.valueOf(e.getMessage())));
    }

    /** The caller has gone; there is nobody to answer. */
    @ExceptionHandler
    void gone(AsyncRequestNotUsableException e) {
        LOGGER.debug("the caller has gone", e);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> unexpected(RuntimeException e) {
        String id = UUID.randomUUID().toString();
        LOGGER.error("request failed, id {}", id, e);
        return problem(
                new Problem(
                                500,
                                "internal-error",
                                "Internal error",
                                "something failed that was not foreseen; its details are in the server's log under this id")
                        .with("id", id));
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> io(IOException e) {
        return e.getCause() instanceof Problem problem
                ? problem(problem)
                : problem(
                        new Problem(
                                400,
                                "broken-request",
                                "The request broke off",
                                "the request's body could not be read to its end"));
    }
}
