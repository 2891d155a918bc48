package io.pms.standalone;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** This command line as a process of its own. */
final class OwnProgram {
    private OwnProgram() {}

    /**
     * @param arguments of the command line, the command first
     * @return what starts it; both of its outputs are one
     */
    static ProcessBuilder with(List<String> arguments) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), Pms.class.getName()));
        line.addAll(arguments);
        return new ProcessBuilder(line).redirectErrorStream(true);
    }
}
