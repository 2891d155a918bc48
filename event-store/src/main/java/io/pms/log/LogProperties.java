package io.pms.log;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the log is.
 *
 * @param url the database with the application's account; {@code DATABASE_URL} when it is absent
 * @param ownerUrl the database with an account that may migrate; {@code DATABASE_OWNER_URL}, else
 *     the same as {@code url}
 * @param id which log of the database
 */
@ConfigurationProperties("pms.log")
public record LogProperties(@Nullable String url, @Nullable String ownerUrl, int id) {}
