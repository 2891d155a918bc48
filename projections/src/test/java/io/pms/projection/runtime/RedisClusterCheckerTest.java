package io.pms.projection.runtime;

import io.pms.log.MysqlEventLog;

class RedisClusterCheckerTest extends ProjectionChecker {
    @Override
    TestRig rig(MysqlEventLog log) {
        return TestRig.cluster(log);
    }
}
