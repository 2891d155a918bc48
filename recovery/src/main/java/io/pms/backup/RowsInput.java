package io.pms.backup;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads what {@link RowsOutput} has written. */
final class RowsInput implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final DataInputStream in;
    private final int columns;

    RowsInput(InputStream from, int columns) throws IOException {
        this.in =
                new DataInputStream(
                        new BufferedInputStream(
                                new GZIPInputStream(from, BUFFER_BYTES), BUFFER_BYTES));
        this.columns = columns;
    }

    /**
     * @throws IOException when the bytes end within the row, or are none of gzip
     */
    byte[] @Nullable [] read() throws IOException {
        byte[] @Nullable [] values = new byte[columns] @Nullable [];
        for (int i = 0; i < columns; i++) values[i] = value();
        return values;
    }

    private byte @Nullable [] value() throws IOException {
        int length = in.readInt();
        if (length == -1) return null;
        if (length < 0) throw new IOException("a value of " + length + " bytes");
        byte[] value = in.readNBytes(length);
        if (value.length < length) throw new EOFException("the last value is cut off");
        return value;
    }

    boolean isAtEnd() throws IOException {
        return in.read() == -1;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
