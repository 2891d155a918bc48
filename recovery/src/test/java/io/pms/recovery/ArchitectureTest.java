package io.pms.recovery;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(
                            "io.pms.tlog",
                            "io.pms.objects",
                            "io.pms.archive",
                            "io.pms.backup",
                            "io.pms.recovery");

    @Test
    void formatsArePure() {
        noClasses()
                .that()
                .resideInAPackage("io.pms.tlog..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.pms.objects..", "java.sql..", "java.nio.file..", "java.net..")
                .check(CLASSES);
    }

    @Test
    void onlyObjectStorageKnowsAws() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.pms.objects..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk..")
                .check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() throws ClassNotFoundException {
        for (String name : CLASSES.stream().map(type -> type.getPackageName()).distinct().toList())
            assertThat(Class.forName(name + ".package-info").isAnnotationPresent(NullMarked.class))
                    .as(name)
                    .isTrue();
    }
}
