package io.pms.command.api;

import io.pms.command.Command;
import io.pms.command.person.PersonCommand;
import io.pms.command.person.PersonCommand.ErasePerson;
import io.pms.command.project.ProjectCommand;
import io.pms.command.task.TaskCommand;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The commands by their names in the API, and what they are made of. */
public final class CommandCatalog {
    /**
     * Commands that make an aggregate, with the member that names it; a caller may leave that one
     * to the server.
     */
    private static final Map<String, String> CREATING =
            Map.of(
                    "CreateProject",
                    "projectId",
                    "CreateTask",
                    "taskId",
                    "RegisterPerson",
                    "personId");

    private static final Map<String, Class<? extends Command>> COMMANDS = new LinkedHashMap<>();
    private static final Map<String, List<Member>> MEMBERS = new LinkedHashMap<>();

    static {
        for (Class<?> family :
                List.of(ProjectCommand.class, TaskCommand.class, PersonCommand.class))
            for (Class<?> command : family.getPermittedSubclasses()) {
                COMMANDS.put(command.getSimpleName(), command.asSubclass(Command.class));
                MEMBERS.put(command.getSimpleName(), membersOf(command));
            }
    }

    private CommandCatalog() {}

    /**
     * A member of a command.
     *
     * @param required whether it must be there
     */
    public record Member(String name, String type, boolean required) {
        /** Whether it names an aggregate. */
        boolean isId() {
            return type.equals("String") && name.endsWith("Id");
        }
    }

    /** Whether nobody may ask for it without saying why. */
    public static boolean needsReason(String name) {
        return name.equals(ErasePerson.class.getSimpleName());
    }

    /** Whether the people that the command is about may have ids of any form. */
    static boolean isAboutAnybody(String name) {
        return name.equals(ErasePerson.class.getSimpleName());
    }

    /** The record of that name; null when there is none. */
    public static @Nullable Class<? extends Command> find(String name) {
        return COMMANDS.get(name);
    }

    /** The names of all commands. */
    public static List<String> names() {
        return List.copyOf(COMMANDS.keySet());
    }

    /** The member of a creating command that names what it creates. */
    static @Nullable String idMember(String name) {
        return CREATING.get(name);
    }

    /** What a command is made of; nothing where there is no such command. */
    public static List<Member> members(String name) {
        return MEMBERS.getOrDefault(name, List.of());
    }

    private static List<Member> membersOf(Class<?> command) {
        String idMember = CREATING.get(command.getSimpleName());
        List<Member> members = new ArrayList<>();
        for (RecordComponent component : command.getRecordComponents())
            members.add(
                    new Member(
                            component.getName(),
                            component.getType().getSimpleName(),
                            isRequired(component) && !component.getName().equals(idMember)));
        return List.copyOf(members);
    }

    /**
     * Lists may be left out when they may be empty; a list of assignees is the point of its
     * command.
     */
    private static boolean isRequired(RecordComponent component) {
        if (component.getType().isPrimitive()) return component.getType() != boolean.class;
        if (component.getName().equals("attributes")) return false;
        return !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }
}
