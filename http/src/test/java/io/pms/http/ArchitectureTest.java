package io.pms.http;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses MODULE =
            new ClassFileImporter()
                    .importUrl(Problem.class.getProtectionDomain().getCodeSource().getLocation());

    /** No log, no Axon, no SQL: the query side uses it as the command side does. */
    @Test
    void dependsOnSpringWebAndItsServerOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.pms.http",
                        "java.io",
                        "java.lang..",
                        "java.net",
                        "java.nio..",
                        "java.time..",
                        "java.util..",
                        "jakarta.servlet..",
                        "org.apache.catalina..",
                        "org.apache.coyote",
                        "org.apache.tomcat.util.http",
                        "org.jspecify.annotations",
                        "org.slf4j",
                        "org.springframework.boot.autoconfigure..",
                        "org.springframework.boot.tomcat.servlet",
                        "org.springframework.boot.web.server",
                        "org.springframework.boot.webmvc..",
                        "org.springframework.context.annotation",
                        "org.springframework.core..",
                        "org.springframework.http..",
                        "org.springframework.web..",
                        "tools.jackson..")
                .check(MODULE);
    }

    @Test
    void isNullMarkedEverywhere() {
        assertThat(MODULE).allMatch(type -> type.getPackage().isAnnotatedWith(NullMarked.class));
    }
}
