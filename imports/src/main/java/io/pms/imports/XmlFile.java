package io.pms.imports;

import io.pms.http.Problem;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * XML from strangers: no document type definitions, no entities of their own, nothing from outside,
 * bounded nesting.
 */
public final class XmlFile {
    /** Real files have a dozen levels. */
    public static final int MAX_DEPTH = 64;

    private XmlFile() {}

    static boolean looksLikeIt(Content content) {
        byte[] head = content.head();
        int at = content.startsWith(0xef, 0xbb, 0xbf) ? 3 : 0;
        if (content.startsWith(0xfe, 0xff) || content.startsWith(0xff, 0xfe)) at = 2;
        while (at < head.length && (head[at] <= ' ' && head[at] >= 0)) at++;
        return at < head.length && head[at] == '<';
    }

    /**
     * The root element's local name.
     *
     * @throws Problem 422 with line and column when there is none, or a DOCTYPE before it
     */
    static String root(Content content) throws IOException {
        try (InputStream in = content.open()) {
            XMLStreamReader xml = open(in);
            while (next(xml) != XMLStreamConstants.START_ELEMENT) {}
            return xml.getLocalName();
        } catch (XMLStreamException e) {
            throw problem(e);
        }
    }

    /**
     * Reads the whole document, for readers that say less about what is wrong with it or trust it
     * more.
     *
     * @throws Problem 422 with line and column when it is not well-formed, has a DOCTYPE or is
     *     nested too deeply
     */
    static void check(Content content) throws IOException {
        try (InputStream in = content.open()) {
            XMLStreamReader xml = open(in);
            for (int depth = 0; xml.hasNext(); requireDepth(xml, depth)) {
                int event = next(xml);
                if (event == XMLStreamConstants.START_ELEMENT) depth++;
                if (event == XMLStreamConstants.END_ELEMENT) depth--;
            }
        } catch (XMLStreamException e) {
            throw problem(e);
        }
    }

    public static XMLStreamReader open(InputStream in) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("external entities are not read");
        });
        return factory.createXMLStreamReader(in);
    }

    /** The next event, never a DOCTYPE. */
    public static int next(XMLStreamReader xml) throws XMLStreamException {
        int event = xml.next();
        if (event == XMLStreamConstants.DTD) throw at(xml, "a DOCTYPE is not allowed; remove it");
        return event;
    }

    public static void requireDepth(XMLStreamReader xml, int depth) {
        if (depth > MAX_DEPTH)
            throw at(xml, "elements are nested more than " + MAX_DEPTH + " levels deep");
    }

    public static Problem at(XMLStreamReader xml, String detail) {
        Location location = xml.getLocation();
        return BadFile.at(location.getLineNumber(), location.getColumnNumber(), detail);
    }

    /** What the parser says, without the place that it puts in front. */
    public static Problem problem(XMLStreamException e) {
        Location location = e.getLocation();
        String detail =
                "not well-formed XML: "
                        + String.valueOf(e.getMessage()).replaceFirst("(?s)^.*?Message: ", "");
        Problem problem =
                location == null
                        ? BadFile.because(detail)
                        : BadFile.at(location.getLineNumber(), location.getColumnNumber(), detail);
        problem.initCause(e);
        return problem;
    }
}
