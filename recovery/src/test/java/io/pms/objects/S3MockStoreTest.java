package io.pms.objects;

import java.io.IOException;

class S3MockStoreTest extends S3StoreContract {
    @Override
    FaultyWire wire() throws IOException {
        return new FaultyWire(ObjectServer.s3mock().port())
                .oneAtATime(request -> request.is("PUT"));
    }
}
