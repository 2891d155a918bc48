package io.pms.imports.plan;

import io.pms.event.SourceAttribute;
import io.pms.imports.Attributes;
import java.util.List;
import org.mpxj.ActivityCode;
import org.mpxj.ActivityCodeValue;
import org.mpxj.FieldType;
import org.mpxj.ProjectFile;
import org.mpxj.ProjectProperties;
import org.mpxj.Resource;
import org.mpxj.ResourceAssignment;
import org.mpxj.Task;
import org.mpxj.TaskField;
import org.mpxj.common.TaskFieldLists;

/** What a plan says about a task that a task has no field for, as far as somebody entered it. */
final class TaskAttributes {
    private static final List<TaskField> FIELDS =
            List.of(
                    TaskField.GUID,
                    TaskField.ACTIVITY_ID,
                    TaskField.ACTIVITY_TYPE,
                    TaskField.MILESTONE,
                    TaskField.CONSTRAINT_TYPE,
                    TaskField.CONSTRAINT_DATE,
                    TaskField.SECONDARY_CONSTRAINT_TYPE,
                    TaskField.SECONDARY_CONSTRAINT_DATE,
                    TaskField.DEADLINE,
                    TaskField.PRIORITY,
                    TaskField.TASK_MODE,
                    TaskField.RECURRING,
                    TaskField.ACTUAL_START,
                    TaskField.ACTUAL_FINISH,
                    TaskField.SUSPEND_DATE,
                    TaskField.RESUME,
                    TaskField.EXPECTED_FINISH,
                    TaskField.PERCENT_COMPLETE_TYPE,
                    TaskField.PHYSICAL_PERCENT_COMPLETE,
                    TaskField.PLANNED_START,
                    TaskField.PLANNED_FINISH,
                    TaskField.PLANNED_DURATION,
                    TaskField.PLANNED_WORK,
                    TaskField.PLANNED_COST,
                    TaskField.BASELINE_START,
                    TaskField.BASELINE_FINISH,
                    TaskField.BASELINE_DURATION,
                    TaskField.BASELINE_WORK,
                    TaskField.BASELINE_COST,
                    TaskField.FIXED_COST,
                    TaskField.HYPERLINK,
                    TaskField.HYPERLINK_ADDRESS,
                    TaskField.SUBPROJECT_FILE);

    private final ProjectFile file;
    private final PlanPeople people;

    TaskAttributes(ProjectFile file, PlanPeople people) {
        this.file = file;
        this.people = people;
    }

    void addTo(Values values, Task task) {
        values.addAlways("Unique ID", task.getUniqueID());
        values.addAlways("ID", task.getID());
        for (TaskField field : FIELDS) addField(values, task, field);
        if (!task.getActive()) values.addAlways("Active", false);
        if (task.getCalendar() != null) values.add("Calendar", task.getCalendar().getName());
        values.addPerson("Contact", task.getContact());
        values.add("Notes", task.getNotes());
        for (TaskField field : TaskFieldLists.CUSTOM_FIELDS) addField(values, task, field);
        for (FieldType field : file.getUserDefinedFields().getTaskFields())
            addField(values, task, field);
        task.getActivityCodeValues().forEach((code, value) -> addCode(values, code, value));
        for (ResourceAssignment assignment : task.getResourceAssignments())
            values.add(Attributes.container("assignment", details(assignment)));
    }

    /** Under the name that the plan gives it, where it gives one. */
    private void addField(Values values, Task task, FieldType field) {
        var custom = file.getCustomFields().get(field);
        String alias = custom == null ? null : custom.getAlias();
        values.add(
                alias == null || alias.isBlank() ? field.getName() : alias,
                task.getCachedValue(field));
    }

    private static void addCode(Values values, ActivityCode code, ActivityCodeValue value) {
        values.add(String.valueOf(code.getName()), value.getName());
    }

    private List<SourceAttribute> details(ResourceAssignment assignment) {
        ProjectProperties properties = file.getProjectProperties();
        Values values = new Values(people);
        values.addAlways("Unique ID", assignment.getUniqueID());
        Resource resource = assignment.getResource();
        String person = people.idOf(resource);
        if (person != null) values.add(Attributes.text("person", "person", person));
        else if (resource != null) values.add("resource", resource.getName());
        return values.add("Units", assignment.getUnits())
                .add("Work Hours", Amounts.hours(assignment.getWork(), properties))
                .add("Actual Work Hours", Amounts.hours(assignment.getActualWork(), properties))
                .add("Cost", assignment.getCost())
                .add("Actual Cost", assignment.getActualCost())
                .add("Start", assignment.getStart())
                .add("Finish", assignment.getFinish())
                .add("Notes", assignment.getNotes())
                .list();
    }
}
