package io.pms.imports.plan;

import io.pms.event.SourceAttribute;
import io.pms.imports.Attributes;
import java.time.DayOfWeek;
import java.util.List;
import org.mpxj.ProjectCalendar;
import org.mpxj.ProjectFile;
import org.mpxj.ProjectProperties;
import org.mpxj.Resource;

/**
 * What a plan says about the project, its calendars and its resources. Of a resource that is a
 * person it keeps the id and nothing that could tell who it is.
 */
final class PlanAttributes {
    private final PlanPeople people;

    PlanAttributes(PlanPeople people) {
        this.people = people;
    }

    void addTo(Values values, ProjectFile file) {
        addCounts(values, file);
        addProperties(values, file.getProjectProperties());
        for (ProjectCalendar calendar : file.getCalendars())
            values.add(Attributes.container("calendar", details(calendar)));
        for (Resource resource : file.getResources())
            values.add(Attributes.container("resource", details(resource)));
    }

    private static void addCounts(Values values, ProjectFile file) {
        values.addAlways("task count", file.getTasks().size())
                .addAlways("resource count", file.getResources().size())
                .addAlways("assignment count", file.getResourceAssignments().size())
                .addAlways("relation count", file.getRelations().size());
    }

    private static void addProperties(Values values, ProjectProperties of) {
        values.add("File Application", of.getFileApplication())
                .add("File Type", of.getFileType())
                .add("Name", of.getName())
                .add("Project Title", of.getProjectTitle())
                .add("Project ID", of.getProjectID())
                .add("Unique ID", of.getUniqueID())
                .add("GUID", of.getGUID())
                .add("Subject", of.getSubject())
                .add("Category", of.getCategory())
                .add("Keywords", of.getKeywords())
                .add("Comments", of.getComments())
                .add("Notes", of.getNotes())
                .add("Company", of.getCompany())
                .addPerson("Manager", of.getManager())
                .addPerson("Author", of.getAuthor())
                .addPerson("Last Author", of.getLastAuthor())
                .add("Status Date", of.getStatusDate())
                .add("Creation Date", of.getCreationDate())
                .add("Last Saved", of.getLastSaved())
                .add("Must Finish By", of.getMustFinishBy())
                .add("Baseline Date", of.getBaselineDate())
                .add("Currency Code", of.getCurrencyCode())
                .add("Currency Symbol", of.getCurrencySymbol())
                .add("Minutes Per Day", of.getMinutesPerDay())
                .add("Minutes Per Week", of.getMinutesPerWeek())
                .add("Days Per Month", of.getDaysPerMonth());
    }

    private List<SourceAttribute> details(ProjectCalendar calendar) {
        Values values = new Values(people).add("Name", calendar.getName());
        if (calendar.getParent() != null) values.add("Parent", calendar.getParent().getName());
        for (DayOfWeek day : DayOfWeek.values()) {
            values.add(day.name(), calendar.getCalendarDayType(day));
            if (calendar.getCalendarHours(day) != null)
                values.add(day.name() + " hours", calendar.getCalendarHours(day).toString());
        }
        return values.list();
    }

    private List<SourceAttribute> details(Resource resource) {
        Values values =
                new Values(people)
                        .addAlways("Unique ID", resource.getUniqueID())
                        .add("Type", resource.getType());
        String person = people.idOf(resource);
        if (person != null) values.add(Attributes.text("person", "person", person));
        else
            values.add("Name", resource.getName())
                    .add("Code", resource.getCode())
                    .add("Material Label", resource.getMaterialLabel());
        return values.add("Group", resource.getGroup())
                .add("Max Units", resource.getMaxUnits())
                .add("Standard Rate", resource.getStandardRate())
                .add("Cost Per Use", resource.getCostPerUse())
                .list();
    }
}
