package io.pms.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Objects;

/**
 * Text about a person, in the clear or encrypted with that person's key.
 *
 * <p>In JSON the two are told apart by their members: {@code {"subject", "text"}} or {@code
 * {"subject", "key", "nonce", "ciphertext"}}. Destroying the key erases the text and leaves every
 * hash valid. Deciders write clear texts, which are sealed before they are stored.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({@JsonSubTypes.Type(Personal.Clear.class), @JsonSubTypes.Type(Personal.Sealed.class)})
public sealed interface Personal {
    /** The opaque id of the person that the text is about, or who wrote it. */
    String subject();

    record Clear(String subject, String text) implements Personal {
        public Clear {
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(text, "text");
        }

        /** Without the text: what is printed gets into logs, which nobody can erase from. */
        @Override
        public String toString() {
            return "Clear[subject=" + subject + "]";
        }
    }

    /**
     * AES-256-GCM; {@code key} names the person's key, {@code nonce} and {@code ciphertext} are
     * base64. They cannot be taken for those of another person or organisation.
     */
    record Sealed(String subject, String key, String nonce, String ciphertext) implements Personal {
        public Sealed {
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(nonce, "nonce");
            Objects.requireNonNull(ciphertext, "ciphertext");
        }
    }
}
