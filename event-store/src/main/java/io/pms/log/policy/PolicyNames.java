package io.pms.log.policy;

/**
 * What policies are called where several logs share a database: there each has its log's id in
 * front.
 */
record PolicyNames(int logId) {
    String stored(String policy) {
        return prefix() + policy;
    }

    String shown(String stored) {
        return stored.substring(prefix().length());
    }

    private String prefix() {
        return logId + "/";
    }
}
