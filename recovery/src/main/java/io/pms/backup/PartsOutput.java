package io.pms.backup;

import io.pms.backup.Backup.Part;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A stream that is cut into objects, of which it holds one in memory. */
final class PartsOutput extends OutputStream {
    /** Some seconds of a slow line, so that a failed write is repeated cheaply. */
    static final int PART_BYTES = 8 << 20;

    private final BackupStore store;
    private final Supplier<String> nextKey;
    private final List<Part> parts = new ArrayList<>();
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();

    PartsOutput(BackupStore store, Supplier<String> nextKey) {
        this.store = store;
        this.nextKey = nextKey;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        for (int done = 0; done < length; ) {
            int size = Math.min(length - done, PART_BYTES - part.size());
            part.write(bytes, offset + done, size);
            done += size;
            if (part.size() == PART_BYTES) cut();
        }
    }

    private void cut() {
        byte[] bytes = part.toByteArray();
        part.reset();
        String key = nextKey.get();
        store.writePart(key, bytes);
        parts.add(new Part(key, bytes.length, Sha256.hex(bytes)));
    }

    /** Writes what is left; all of them are stored then. */
    List<Part> end() {
        if (part.size() > 0) cut();
        return parts;
    }
}
