package io.pms.event;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The stable name of an event record, for example {@code pms.task.TaskRenamed}, and its revision.
 *
 * <p>In the log an event's type is {@code <name>.v<revision>}; the Java class may be renamed or
 * moved, the type may not.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface EventType {
    String value();

    int revision() default 1;
}
