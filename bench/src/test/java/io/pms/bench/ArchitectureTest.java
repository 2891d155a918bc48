package io.pms.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.pms.bench.torture.Torture;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses MODULE =
            new ClassFileImporter()
                    .importUrl(Bench.class.getProtectionDomain().getCodeSource().getLocation());

    /**
     * What is measured is the log and what follows from it, as their users have them; the platform
     * is a process of its own.
     */
    @Test
    void dependsOnTheLogProjectionsAndTheServersOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat(
                        Predicates.resideInAnyPackage(
                                        "io.pms.bench..",
                                        "io.pms.log",
                                        "io.pms.log.axon",
                                        "io.pms.log.seal",
                                        "io.pms.entry",
                                        "io.pms.event",
                                        "io.pms.archive",
                                        "io.pms.objects",
                                        "io.pms.recovery",
                                        "io.pms.tlog",
                                        "io.pms.projection",
                                        "io.pms.projection.runtime",
                                        "io.pms.embedded")
                                .or(Predicates.resideOutsideOfPackage("io.pms..")))
                .check(MODULE);
    }

    @Test
    void showsNothingButItsCommandLine() {
        classes()
                .that()
                .doNotHaveFullyQualifiedName(Bench.class.getName())
                .and()
                .doNotHaveFullyQualifiedName(Torture.class.getName())
                .and()
                .areNotInterfaces()
                .and()
                .areTopLevelClasses()
                .should()
                .notBePublic()
                .check(MODULE);
    }

    @Test
    void isNullMarkedEverywhere() {
        assertThat(MODULE).allMatch(type -> type.getPackage().isAnnotatedWith(NullMarked.class));
    }
}
