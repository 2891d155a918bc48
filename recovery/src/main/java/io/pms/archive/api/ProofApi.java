package io.pms.archive.api;

import io.pms.log.EventLog;
import io.pms.tlog.ConsistencyProof;
import io.pms.tlog.Hash;
import io.pms.tlog.InclusionProof;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Proofs for those who do not want to make them from tiles. They show hashes and nothing else. */
@RestController
public class ProofApi {
    private final PublishedLog published;
    private final EventLog log;

    ProofApi(PublishedLog published, EventLog log) {
        this.published = published;
        this.log = log;
    }

    /**
     * That a leaf is in the log (RFC 6962, section 2.1.1).
     *
     * @param position of the leaf
     * @param size of the tree in which it is
     * @param leaf its hash, in base64 as all are
     * @param root of that tree
     * @param hashes from the leaf's sibling up to the root's child
     * @param checkpoint the newest, which continues that tree; a signed note
     */
    public record Inclusion(
            long position,
            long size,
            String leaf,
            String root,
            List<String> hashes,
            String checkpoint) {}

    /**
     * That a tree begins with another one (RFC 6962, section 2.1.2).
     *
     * @param from size of the older tree
     * @param to size of the newer one
     * @param checkpoint the newest, which continues both; a signed note
     */
    public record Consistency(
            long from,
            long to,
            String fromRoot,
            String toRoot,
            List<String> hashes,
            String checkpoint) {}

    @GetMapping("/log/proofs/inclusion")
    public ResponseEntity<Inclusion> inclusion(HttpServletRequest http) {
        Numbers numbers = Numbers.of(http, "position", "size");
        long position = numbers.required("position");
        Long asked = numbers.optional("size");
        if (asked != null && asked <= position)
            throw Numbers.bad("size", "must be larger than position");
        return answer(Guard.guarded(() -> inclusion(position, asked)));
    }

    private Inclusion inclusion(long position, @Nullable Long asked) {
        Published newest = published.newestWith(asked == null ? position + 1 : asked);
        if (asked != null) requireCovered("size", asked, newest);
        else if (position >= newest.size()) throw Unproved.at(position, log, newest);
        long size = asked == null ? newest.size() : asked;
        Prover prover = new Prover(newest, published);
        Hash leaf = prover.leaf(position);
        InclusionProof proof = prover.inclusion(position, size, leaf);
        return new Inclusion(
                position,
                size,
                leaf.toString(),
                prover.root(size).toString(),
                texts(proof.hashes()),
                newest.note().toString());
    }

    @GetMapping("/log/proofs/consistency")
    public ResponseEntity<Consistency> consistency(HttpServletRequest http) {
        Numbers numbers = Numbers.of(http, "from", "to");
        long from = numbers.required("from");
        Long to = numbers.optional("to");
        if (to != null && from > to) throw Numbers.bad("from", "must not be larger than to");
        return answer(Guard.guarded(() -> consistency(from, to)));
    }

    private Consistency consistency(long from, @Nullable Long asked) {
        Published newest = published.newestWith(asked == null ? from : asked);
        long to = asked == null ? newest.size() : asked;
        requireCovered(asked == null ? "from" : "to", Math.max(from, to), newest);
        Prover prover = new Prover(newest, published);
        ConsistencyProof proof = prover.consistency(from, to);
        return new Consistency(
                from,
                to,
                prover.root(from).toString(),
                prover.root(to).toString(),
                texts(proof.hashes()),
                newest.note().toString());
    }

    private static void requireCovered(String parameter, long size, Published newest) {
        if (size > newest.size())
            throw Numbers.bad(
                    parameter,
                    "is " + size + ", beyond the checkpoint, which has " + newest.size());
    }

    private static List<String> texts(List<Hash> hashes) {
        return hashes.stream().map(Hash::toString).toList();
    }

    private static <T> ResponseEntity<T> answer(T body) {
        return ResponseEntity.ok().header("Cache-Control", "no-cache").body(body);
    }
}
