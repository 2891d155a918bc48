package io.pms.bench.torture;

import io.pms.entry.BinaryId;
import io.pms.entry.Entry;
import io.pms.log.EventLog;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Takes the history of a run: first what was told and seen, then what is stored. */
final class Auditor {
    private final TortureDatabase database;
    private final Ledger ledger;
    private final Readers readers;

    Auditor(TortureDatabase database, Ledger ledger, Readers readers) {
        this.database = database;
        this.ledger = ledger;
        this.readers = readers;
    }

    /**
     * @param over whether all writers have ended in order
     * @throws io.pms.log.LogUnavailableException when the database is away
     */
    History history(boolean over) throws SQLException {
        List<Attempt> attempts = ledger.attempts();
        List<Answer> answers = ledger.answers();
        List<Seen> seen = readers.seen();
        List<SeenHead> heads = new ArrayList<>(readers.heads());
        EventLog log = readers.log();
        SeenHead head = head();
        List<Stored> stored = new ArrayList<>();
        log.stream(0, entry -> add(entry, head.size(), stored));
        return new History(stored, head, receipts(), attempts, answers, seen, heads, over);
    }

    SeenHead head() {
        return SeenHead.of("the checker", readers.log().head());
    }

    private static void add(Entry entry, long size, List<Stored> stored) {
        if (entry.position() < size) stored.add(Stored.of(entry));
    }

    private Map<UUID, StoredReceipt> receipts() throws SQLException {
        String sql =
                "SELECT command_id, subject, sequence, position, recorded_time, body_hash FROM receipt WHERE log_id = 0";
        Map<UUID, StoredReceipt> receipts = new HashMap<>();
        try (Connection connection = DriverManager.getConnection(database.url());
                PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                byte[] body = rows.getBytes(6);
                StoredReceipt receipt =
                        new StoredReceipt(
                                BinaryId.toUuid(rows.getBytes(1)),
                                BinaryId.toText(rows.getBytes(2)),
                                rows.getLong(3),
                                rows.getLong(4),
                                rows.getLong(5),
                                body == null ? null : OutcomeChecks.hex(body));
                receipts.put(receipt.command(), receipt);
            }
        }
        return receipts;
    }
}
