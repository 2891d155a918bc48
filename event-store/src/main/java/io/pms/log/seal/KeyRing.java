package io.pms.log.seal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.pms.log.LogUnavailableException;
import io.pms.log.seal.KeyWrapping.Wrapped;
import io.pms.log.seal.SubjectKeys.StoredKey;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** People's keys, unwrapped, as far as they are in use. Thread-safe. */
final class KeyRing {
    /** Some hundred bytes each. */
    private static final int MAX_REMEMBERED = 20_000;

    /**
     * Erasures are heard of within a fraction of a second; this is for a process that does not
     * hear.
     */
    private static final Duration MEMORY = Duration.ofMinutes(10);

    private static final Logger LOGGER = LoggerFactory.getLogger(KeyRing.class);
    private static final int ID_BYTES = 8;
    private static final int REWRAPPED_AT_ONCE = 500;

    private final SubjectKeys keys;
    private final KeyWrapping wrapping;
    private final LostKeys lostKeys;
    private final Cache<Subject, DataKey> remembered =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterWrite(MEMORY).build();

    KeyRing(SubjectKeys keys, KeyWrapping wrapping, LostKeys lostKeys) {
        this.keys = keys;
        this.wrapping = wrapping;
        this.lostKeys = lostKeys;
    }

    /** A person's key. */
    sealed interface DataKey {
        /** Texts can be sealed and opened with it. */
        record Live(String id, byte[] bytes) implements DataKey {}

        /** There is none any more, and there will be no other. */
        record Destroyed() implements DataKey {}

        /** What is stored cannot be unwrapped, whoever tries. */
        record Damaged() implements DataKey {}
    }

    /** Null when there is none and nobody has destroyed one, as far as table and log say. */
    @SuppressWarnings("NullAway") // where a load answers null, Caffeine keeps nothing
    @Nullable DataKey find(Subject subject) {
        return remembered.get(subject, this::load);
    }

    /**
     * The one key that a person has, whoever else asks for it at the same time.
     *
     * @throws LogUnavailableException also when the person had one and it is lost
     */
    DataKey findOrMake(Subject subject) {
        return remembered.get(subject, this::loadOrMake);
    }

    /** Whoever was erased may have no row: it is lost, or is older than the first one. */
    private @Nullable DataKey load(Subject subject) {
        StoredKey stored = keys.find(subject);
        if (stored != null) return unwrapped(stored);
        return keys.log().isErased(subject) ? new DataKey.Destroyed() : null;
    }

    private DataKey unwrapped(StoredKey stored) {
        Wrapped wrapped = stored.wrapped();
        if (wrapped == null) return new DataKey.Destroyed();
        try {
            return new DataKey.Live(stored.id(), wrapping.unwrap(wrapped, context(stored)));
        } catch (DamagedKeyException e) {
            LOGGER.error("the key of {} is damaged: its texts cannot be read", stored.subject(), e);
            return new DataKey.Damaged();
        }
    }

    private static byte[] context(StoredKey stored) {
        return context(stored.subject(), stored.id());
    }

    private static byte[] context(Subject subject, String keyId) {
        return subject.context("pms key", keyId);
    }

    private DataKey loadOrMake(Subject subject) {
        DataKey found = load(subject);
        if (found != null) return found;
        if (lostKeys == LostKeys.REFUSED && keys.log().hasSealedTexts(subject))
            return requireFound(subject);
        String id = HexFormat.of().formatHex(AesGcm.random(ID_BYTES));
        byte[] key = AesGcm.random(AesGcm.KEY_BYTES);
        if (keys.add(subject, id, wrapping.wrap(key, context(subject, id))))
            return new DataKey.Live(id, key);
        return loadOrMake(subject); // another process was first, or the person was just erased
    }

    /** Its first text was stored by another process since, or the key is lost. */
    private DataKey requireFound(Subject subject) {
        DataKey found = load(subject);
        if (found != null) return found;
        throw new LogUnavailableException(
                "the key of " + subject.id() + " is lost: " + LostKeys.ADVICE, null);
    }

    /** From here on nothing is read any more with the key of somebody who was erased. */
    void forget(Subject subject) {
        remembered.put(subject, new DataKey.Destroyed());
    }

    /** Here first: also where the table cannot be changed just now, nothing is read any more. */
    void destroy(Subject subject, long position) {
        forget(subject);
        keys.destroy(subject, position);
    }

    /**
     * Makes sure that this process can unwrap what it will find.
     *
     * @throws io.pms.log.LogUnavailableException naming the master key that it lacks
     */
    void requireMasterKeys() {
        findOrMake(Subject.NOBODY);
        keys.samples().forEach(this::unwrapped);
    }

    /**
     * Wraps with the newest master key what another one wraps. To be called once, at the start: of
     * processes with different master keys each would undo what the other does.
     */
    void rewrap() {
        rewrap(Objects.requireNonNull(keys.find(Subject.NOBODY)));
        Subject last = Subject.NOBODY;
        for (List<StoredKey> page = others(last); !page.isEmpty(); page = others(last)) {
            page.forEach(this::rewrap);
            last = page.getLast().subject();
            LOGGER.info("{} keys are wrapped by the newest master key now", page.size());
        }
    }

    private List<StoredKey> others(Subject after) {
        return keys.notWrappedBy(wrapping.current(), after, REWRAPPED_AT_ONCE);
    }

    private void rewrap(StoredKey stored) {
        Wrapped old = stored.wrapped();
        if (old == null || old.masterKey().equals(wrapping.current())) return;
        try {
            byte[] key = wrapping.unwrap(old, context(stored));
            keys.replace(stored, old, wrapping.wrap(key, context(stored)));
        } catch (LogUnavailableException | DamagedKeyException e) {
            LOGGER.error("the key of {} stays as it is", stored.subject(), e);
        }
    }
}
