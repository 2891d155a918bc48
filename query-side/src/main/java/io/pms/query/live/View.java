package io.pms.query.live;

import io.pms.http.Caller;
import io.pms.query.activity.Feed;

/** What a client wants to see. */
record View(Caller caller, Feed feed) {}
