package io.pms.backup;

import io.pms.backup.Backup.Part;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;

/** The bytes of parts, one after the other. Of a part that is not right it gives none. */
final class PartsInput extends InputStream {
    private final BackupStore store;
    private final Iterator<Part> parts;
    private byte[] part = {};
    private int at;

    PartsInput(BackupStore store, List<Part> parts) {
        this.store = store;
        this.parts = parts.iterator();
    }

    @Override
    public int read() {
        return isAtEnd() ? -1 : part[at++] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        if (isAtEnd()) return -1;
        int size = Math.min(length, part.length - at);
        System.arraycopy(part, at, bytes, offset, size);
        at += size;
        return size;
    }

    private boolean isAtEnd() {
        while (at == part.length) {
            if (!parts.hasNext()) return true;
            part = store.readPart(parts.next());
            at = 0;
        }
        return false;
    }
}
