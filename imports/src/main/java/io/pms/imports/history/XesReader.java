package io.pms.imports.history;

import io.pms.event.SourceAttribute;
import io.pms.http.Problem;
import io.pms.imports.Attributes;
import io.pms.imports.BadFile;
import io.pms.imports.XmlFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log in XES (IEEE 1849-2016) trace by trace. Attributes are kept as they are written, with
 * the name of their element as type; elements are known by their local names, in whatever
 * namespace.
 */
final class XesReader implements AutoCloseable {
    /** Of one attribute or event; far more than an entry takes, far less than memory. */
    private static final long MAX_CHARS = 4L << 20;

    /** Of one trace, and of everything that is in no trace. */
    private static final long MAX_TOTAL_CHARS = 64L << 20;

    private static final int MAX_EVENTS_A_TRACE = 100_000;

    private final InputStream in;
    private final XMLStreamReader xml;
    private final List<SourceAttribute> log = new ArrayList<>();
    private final List<Classifier> classifiers = new ArrayList<>();
    private long logChars;
    private long chars;
    private int depth;

    /**
     * @param in closed with the reader
     * @throws Problem 422 when it is not XML
     */
    XesReader(InputStream in) throws IOException {
        this.in = in;
        try {
            this.xml = XmlFile.open(in);
            while (nextEvent() != XMLStreamConstants.START_ELEMENT) {}
            for (int i = 0; i < xml.getAttributeCount(); i++)
                log.add(
                        Attributes.text(
                                xml.getAttributeLocalName(i), "log", xml.getAttributeValue(i)));
        } catch (XMLStreamException e) {
            in.close();
            throw XmlFile.problem(e);
        }
    }

    /** What stands outside of traces, as far as it has been read. */
    List<SourceAttribute> log() {
        return List.copyOf(log);
    }

    /** Those that have been read. */
    List<Classifier> classifiers() {
        return List.copyOf(classifiers);
    }

    /**
     * The next trace; null at the end of the log.
     *
     * @throws Problem 422 naming the line
     */
    @Nullable XesTrace next() {
        try {
            while (nextChild()) {
                if (xml.getLocalName().equals("trace")) return trace();
                chars = 0;
                log.add(ofLog());
                logChars += chars;
                if (logChars > MAX_TOTAL_CHARS)
                    throw XmlFile.at(
                            xml,
                            "the log's attributes have more than "
                                    + (MAX_TOTAL_CHARS >> 20)
                                    + " million characters");
            }
            while (nextEvent() != XMLStreamConstants.END_DOCUMENT) {} // nothing may follow
            return null;
        } catch (XMLStreamException e) {
            throw XmlFile.problem(e);
        }
    }

    private XesTrace trace() throws XMLStreamException {
        int line = line();
        long total = 0;
        List<SourceAttribute> attributes = new ArrayList<>();
        List<XesEvent> events = new ArrayList<>();
        while (nextChild()) {
            chars = 0;
            if (xml.getLocalName().equals("event")) events.add(new XesEvent(line(), children()));
            else attributes.add(attribute());
            total += chars;
            if (total > MAX_TOTAL_CHARS || events.size() > MAX_EVENTS_A_TRACE)
                throw BadFile.at(
                        line,
                        "the trace has more than "
                                + MAX_EVENTS_A_TRACE
                                + " events or "
                                + (MAX_TOTAL_CHARS >> 20)
                                + " million characters");
        }
        return new XesTrace(line, attributes, events, total);
    }

    private SourceAttribute ofLog() throws XMLStreamException {
        return switch (xml.getLocalName()) {
            case "extension" -> {
                String prefix = given("prefix");
                yield named(given("name"), given("uri"), "prefix", prefix);
            }
            case "classifier" -> {
                String name = given("name");
                String keys = given("keys");
                String scope = xml.getAttributeValue(null, "scope");
                if (!"trace".equals(scope)) classifiers.add(Classifier.of(name, keys));
                yield named(name, keys, "scope", scope);
            }
            case "global" -> {
                String scope = xml.getAttributeValue(null, "scope");
                yield new SourceAttribute(
                        scope == null ? "event" : scope, "global", null, children());
            }
            case "event" -> new SourceAttribute("event", "event", null, children());
            default -> attribute();
        };
    }

    /** An element that describes the log rather than being one of its attributes. */
    private SourceAttribute named(
            String name, String value, String childKey, @Nullable String childValue)
            throws XMLStreamException {
        String type = xml.getLocalName();
        List<SourceAttribute> children = new ArrayList<>();
        if (childValue != null) children.add(Attributes.text(childKey, "string", childValue));
        children.addAll(children());
        return new SourceAttribute(name, type, value, children);
    }

    private SourceAttribute attribute() throws XMLStreamException {
        String type = xml.getLocalName();
        String key = type.equals("values") ? type : given("key");
        String value = xml.getAttributeValue(null, "value");
        count(key);
        if (value != null) count(value);
        return new SourceAttribute(key, type, value, children());
    }

    private List<SourceAttribute> children() throws XMLStreamException {
        List<SourceAttribute> children = new ArrayList<>();
        while (nextChild()) children.add(attribute());
        return children;
    }

    private void count(String text) {
        chars += text.length() + 16; // an empty text takes memory too
        if (chars > MAX_CHARS)
            throw XmlFile.at(
                    xml, "an attribute or event has more than " + MAX_CHARS + " characters");
    }

    private String given(String name) {
        String value = xml.getAttributeValue(null, name);
        if (value == null)
            throw XmlFile.at(
                    xml,
                    "the element \""
                            + xml.getLocalName()
                            + "\" needs the attribute \""
                            + name
                            + "\"");
        return value;
    }

    /** Goes to the next child of the element; false at its end. */
    private boolean nextChild() throws XMLStreamException {
        for (; ; ) {
            int event = nextEvent();
            if (event == XMLStreamConstants.START_ELEMENT) return true;
            if (event == XMLStreamConstants.END_ELEMENT || event == XMLStreamConstants.END_DOCUMENT)
                return false;
        }
    }

    private int nextEvent() throws XMLStreamException {
        if (!xml.hasNext()) return XMLStreamConstants.END_DOCUMENT;
        int event = XmlFile.next(xml);
        if (event == XMLStreamConstants.START_ELEMENT) depth++;
        if (event == XMLStreamConstants.END_ELEMENT) depth--;
        XmlFile.requireDepth(xml, depth);
        return event;
    }

    private int line() {
        return xml.getLocation().getLineNumber();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
