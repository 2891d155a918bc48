package io.pms.imports.plan;

import io.pms.command.person.PersonCommand.RegisterPerson;
import io.pms.imports.ImportIds;
import io.pms.imports.Script.Step;
import io.pms.imports.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mpxj.Resource;
import org.mpxj.ResourceType;

/**
 * The people of a plan: its resources of the type work that have a name, and whoever else it names
 * (a manager, an author, a contact). Material and costs are nobody.
 */
final class PlanPeople {
    private final ImportIds ids;
    private final IdentityHashMap<Resource, String> ofResources = new IdentityHashMap<>();
    private final Map<String, String> ofNames = new HashMap<>();
    private final List<Step> registrations = new ArrayList<>();

    PlanPeople(Iterable<Resource> resources, ImportIds ids) {
        this.ids = ids;
        for (Resource resource : resources)
            if (isPerson(resource)) {
                String id = register(resource.getName(), Texts.orNull(resource.getEmailAddress()));
                ofResources.put(resource, id);
                ofNames.putIfAbsent(resource.getName(), id);
            }
    }

    /** Null for a resource that is not a person. */
    @Nullable String idOf(@Nullable Resource resource) {
        return resource == null ? null : ofResources.get(resource);
    }

    /** Of somebody who is named; a person of their own unless a resource has the same name. */
    String idOf(String name) {
        String id = ofNames.get(name);
        if (id == null) {
            id = register(name, null);
            ofNames.put(name, id);
        }
        return id;
    }

    /** The text, or a person's id when it is a person's name. */
    String withoutName(String text) {
        return ofNames.getOrDefault(text, text);
    }

    /** The commands for everybody who was asked for so far. */
    List<Step> registrations() {
        return List.copyOf(registrations);
    }

    private String register(String name, @Nullable String email) {
        int ordinal = registrations.size();
        RegisterPerson register =
                new RegisterPerson(
                        ids.id("person", ordinal),
                        Texts.name(Texts.unicode(name)),
                        email == null ? null : Texts.name(Texts.unicode(email)));
        registrations.add(new Step(register, ids.key("person", ordinal), null, null));
        return register.personId();
    }

    private static boolean isPerson(Resource resource) {
        return resource.getType() == ResourceType.WORK && Texts.orNull(resource.getName()) != null;
    }
}
