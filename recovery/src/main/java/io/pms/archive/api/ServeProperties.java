package io.pms.archive.api;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param serve how much of the log anybody may read ({@code PMS_ARCHIVE_SERVE})
 */
@ConfigurationProperties("pms.archive")
public record ServeProperties(@DefaultValue("hashes") Serve serve) {}
