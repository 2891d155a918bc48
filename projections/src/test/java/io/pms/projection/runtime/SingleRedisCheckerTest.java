package io.pms.projection.runtime;

import io.pms.log.MysqlEventLog;

class SingleRedisCheckerTest extends ProjectionChecker {
    @Override
    TestRig rig(MysqlEventLog log) {
        return TestRig.single(log);
    }
}
