package io.pms.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MySqlProgramTest {
    @Test
    void namesThePackageOfALibraryThatTheSystemLacks() {
        assertThat(
                        MySqlProgram.explain(
                                "mysqld failed:\n/x/bin/mysqld: error while loading shared libraries: libaio.so.1:"
                                        + " cannot open shared object file: No such file or directory"))
                .contains("libaio.so.1", "apt-get install libaio1");
    }

    @Test
    void showsAnyOtherFailureAsItIs() {
        assertThat(MySqlProgram.explain("mysqld failed:\nout of memory"))
                .isEqualTo("mysqld failed:\nout of memory");
    }
}
