package io.pms.log;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a database is: {@code mysql://user:password@host:port/database?options} or the same as a
 * JDBC URL.
 *
 * @param jdbc the JDBC URL
 * @param address host and port, for messages; never the password
 */
public record DatabaseUrl(String jdbc, String address, String database) {
    private static final Pattern URL =
            Pattern.compile(
                    "(?:jdbc:)?(?:mysql|mariadb)://(?:[^@/?]*@)?([^/?]+)/([^?]+)(?:\\?(.*))?");

    /**
     * @throws IllegalArgumentException when it is none, saying what is expected
     */
    public static DatabaseUrl parse(String text) {
        Matcher matcher = URL.matcher(text.trim());
        if (!matcher.matches())
            throw new IllegalArgumentException(
                    "not a database URL; expected mysql://user:password@host:3306/database");
        String jdbc = "jdbc:mysql:" + text.trim().substring(text.trim().indexOf("//"));
        return new DatabaseUrl(jdbc, matcher.group(1), matcher.group(2));
    }

    /**
     * The same server and account without a database, for an account that has no rights in it yet.
     */
    String withoutDatabase() {
        return jdbc.replaceFirst("(//[^/]+/)[^?]+", "$1");
    }

    /**
     * The JDBC URL with more of Connector/J's options.
     *
     * @param options for example {@code connectTimeout=5000&socketTimeout=60000}
     */
    public String with(String options) {
        return jdbc + (jdbc.contains("?") ? "&" : "?") + options;
    }

    @Override
    public String toString() {
        return address + "/" + database;
    }
}
