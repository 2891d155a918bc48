package io.pms.objects;

import java.io.IOException;

class S3ProxyStoreTest extends S3StoreContract {
    @Override
    FaultyWire wire() throws IOException {
        return new FaultyWire(ObjectServer.s3proxy().port())
                .oneAtATime(request -> request.has("if-match"));
    }
}
