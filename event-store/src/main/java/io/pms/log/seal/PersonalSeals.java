package io.pms.log.seal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.pms.event.Event;
import io.pms.event.PersonEvent.PersonErased;
import io.pms.event.Personal;
import io.pms.event.PersonalTexts;
import io.pms.log.LogUnavailableException;
import io.pms.log.seal.KeyRing.DataKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals and opens personal texts with the key of the person: AES-256-GCM, a fresh nonce of 96
 * random bits each time, bound to organisation, person and key. The text of an erased person is
 * neither sealed nor opened. Thread-safe.
 */
final class PersonalSeals implements PersonalTexts, Sealing {
    private static final Logger LOGGER = LoggerFactory.getLogger(PersonalSeals.class);

    private final KeyRing keys;
    private final LostKeys lostKeys;
    private final SealStatus status;
    private final Counter unreadable;

    PersonalSeals(KeyRing keys, LostKeys lostKeys, SealStatus status, MeterRegistry meters) {
        this.keys = keys;
        this.lostKeys = lostKeys;
        this.status = status;
        this.unreadable =
                Counter.builder("pms.personal.unreadable")
                        .description(
                                "sealed texts that were asked for and have lost their key, or were changed")
                        .register(meters);
    }

    @Override
    public Event seal(String tenant, Event event) {
        return event.mapPersonal(text ->
                switch (text) {
                    case Personal.Clear clear -> seal(tenant, clear);
                    case Personal.Sealed sealed -> sealed;
                });
    }

    private Personal.Sealed seal(String tenant, Personal.Clear text) {
        Subject subject = Subject.of(tenant, text);
        return switch (keys.findOrMake(subject)) {
            case DataKey.Destroyed destroyed -> throw new PersonErasedException(text.subject());
            case DataKey.Damaged damaged ->
                    throw new LogUnavailableException(
                            "the key of "
                                    + text.subject()
                                    + " is damaged: restore the table subject_key",
                            null);
            case DataKey.Live key -> {
                byte[] nonce = AesGcm.random(AesGcm.NONCE_BYTES);
                byte[] plain = text.text().getBytes(StandardCharsets.UTF_8);
                byte[] sealed =
                        AesGcm.encrypt(key.bytes(), nonce, context(subject, key.id()), plain);
                Base64.Encoder base64 = Base64.getEncoder();
                yield new Personal.Sealed(
                        text.subject(),
                        key.id(),
                        base64.encodeToString(nonce),
                        base64.encodeToString(sealed));
            }
        };
    }

    private static byte[] context(Subject subject, String keyId) {
        return subject.context("pms text", keyId);
    }

    /**
     * @throws LogUnavailableException when the key cannot be had just now
     */
    @Override
    public Opened open(String tenant, Personal text) {
        return switch (text) {
            case Personal.Clear clear -> Opened.of(clear.text());
            case Personal.Sealed sealed -> open(Subject.of(tenant, sealed), sealed);
        };
    }

    private Opened open(Subject subject, Personal.Sealed sealed) {
        return switch (keys.find(subject)) {
            case null -> lost(subject, "its key is not there");
            case DataKey.Destroyed destroyed -> Opened.ERASED;
            case DataKey.Damaged damaged -> unreadable(subject, "its key is damaged");
            case DataKey.Live key ->
                    key.id().equals(sealed.key())
                            ? open(subject, sealed, key)
                            : lost(subject, "it was sealed with another key");
        };
    }

    private Opened open(Subject subject, Personal.Sealed sealed, DataKey.Live key) {
        try {
            byte[] plain =
                    AesGcm.decrypt(
                            key.bytes(),
                            Base64.getDecoder().decode(sealed.nonce()),
                            context(subject, key.id()),
                            Base64.getDecoder().decode(sealed.ciphertext()));
            return Opened.of(new String(plain, StandardCharsets.UTF_8));
        } catch (AEADBadTagException | IllegalArgumentException e) {
            return unreadable(subject, "it is not what was sealed");
        }
    }

    @Override
    public void erased(String tenant, String personId) {
        keys.forget(new Subject(tenant, personId));
    }

    private Opened lost(Subject subject, String why) {
        if (lostKeys == LostKeys.REFUSED) return unreadable(subject, why);
        unreadable.increment();
        return Opened.UNREADABLE;
    }

    private Opened unreadable(Subject subject, String why) {
        unreadable.increment();
        status.unreadable();
        LOGGER.debug("a text of {} cannot be read: {}", subject, why);
        return Opened.UNREADABLE;
    }

    @Override
    public void stored(String tenant, Event event, long position) {
        if (!(event instanceof PersonErased erased)) return;
        try {
            keys.destroy(new Subject(tenant, erased.personId()), position);
        } catch (RuntimeException e) {
            // The event is stored, whatever becomes of the key now: Erasures destroys it.
            LOGGER.warn("a key is not destroyed yet; it will be", e);
        }
    }
}
