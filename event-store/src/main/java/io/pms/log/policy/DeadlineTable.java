package io.pms.log.policy;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.MySQL8JdbcCustomization;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import tools.jackson.databind.json.JsonMapper;

/** How deadlines are kept. */
final class DeadlineTable {
    static final String NAME = "policy_deadline";

    /** MariaDB understands all of it that is used; times are written and read in UTC. */
    static final JdbcCustomization SQL = new MySQL8JdbcCustomization(true);

    static final Serializer JSON = new Json();

    private DeadlineTable() {}

    private static final class Json implements Serializer {
        private static final JsonMapper MAPPER = JsonMapper.builder().build();

        @Override
        public byte[] serialize(Object data) {
            return MAPPER.writeValueAsBytes(data);
        }

        @Override
        public <T> T deserialize(Class<T> type, byte[] json) {
            return MAPPER.readValue(json, type);
        }
    }
}
