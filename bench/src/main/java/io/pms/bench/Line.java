package io.pms.bench;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A line of the report: ours against one peer.
 *
 * @param value median of ours over all rounds
 * @param peerValue median of the peer's
 * @param ratio of the two, round by round
 */
record Line(
        String bench,
        String server,
        @JsonProperty("case") String caseName,
        int clients,
        String subject,
        String peer,
        String unit,
        double value,
        double peerValue,
        Ratios ratio) {}
