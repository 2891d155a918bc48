package io.pms.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Ends a request's connection at once, with whatever has been written and not been taken yet. What
 * servlets offer, completing the answer, waits for a client that takes nothing.
 */
public final class HangUp {
    private static final String ATTRIBUTE = HangUp.class.getName();

    private final Response response;

    private HangUp(Response response) {
        this.response = response;
    }

    /** That of this request. */
    public static HangUp of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof HangUp hangUp) return hangUp;
        throw new IllegalStateException("the web server was not made with HttpAutoConfiguration");
    }

    /**
     * Ends the connection of a request in asynchronous mode; its listeners hear of an error soon.
     * To be called by no container thread, and not after the request has been completed: the web
     * server uses its objects for others then.
     */
    public void now() {
        response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
    }

    /** Makes it known to each request. */
    static final class Valve extends ValveBase {
        Valve() {
            super(true); // requests may be asynchronous
        }

        @Override
        public void invoke(Request request, Response response)
                throws IOException, ServletException {
            request.setAttribute(ATTRIBUTE, new HangUp(response));
            getNext().invoke(request, response);
        }
    }
}
