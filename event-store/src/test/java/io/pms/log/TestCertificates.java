package io.pms.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

/** Certificates that sign themselves, for 127.0.0.1, made with the JDK's own tool. */
final class TestCertificates {
    static final String PASSWORD = "changeit";

    private TestCertificates() {}

    /**
     * @param certificate in PEM
     * @param key in PEM
     * @param keyStore what trusts it, PKCS #12 with {@link #PASSWORD}
     */
    record Certificate(Path certificate, Path key, Path keyStore) {}

    static Certificate make(Path folder) throws Exception {
        Files.createDirectories(folder);
        Path pair = folder.resolve("pair.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keystore",
                                pair.toString(),
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                PASSWORD,
                                "-alias",
                                "server",
                                "-keyalg",
                                "RSA",
                                "-keysize",
                                "2048",
                                "-validity",
                                "2",
                                "-dname",
                                "CN=" + folder.getFileName(),
                                "-ext",
                                "bc:c",
                                "-ext",
                                "san=ip:127.0.0.1")
                        .inheritIO()
                        .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance(pair.toFile(), PASSWORD.toCharArray());
        java.security.cert.Certificate certificate = store.getCertificate("server");
        byte[] key = store.getKey("server", PASSWORD.toCharArray()).getEncoded();
        return new Certificate(
                pem(folder.resolve("cert.pem"), "CERTIFICATE", certificate.getEncoded()),
                pem(folder.resolve("key.pem"), "PRIVATE KEY", key),
                trustStore(folder.resolve("trust.p12"), certificate));
    }

    private static Path pem(Path file, String kind, byte[] bytes) throws Exception {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return Files.writeString(
                file, "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
    }

    private static Path trustStore(Path file, java.security.cert.Certificate certificate)
            throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("server", certificate);
        try (var out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }
}
