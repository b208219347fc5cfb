#include "gui/cli/step_facts.h"

#include "gui/cli/functions.h"

static void describe_request(const th_scenario *scenario, const th_world *before,
                             th_step_facts *facts) {
    const th_request *request = th_world_request(before, facts->event.g);
    if (request == NULL) return;  // a step of the scheduler
    facts->request = th_request_op_string((th_request_op)request->op);
    facts->line = request->line;
    facts->source = th_scenario_source_line(scenario, request->line, &facts->source_length);
    th_site site;
    if (!th_place_find(facts->event.site, &site)) return;
    facts->pseudo = site.routine->lines[site.line].text;
    th_routine routine;
    if (th_place_routine(before, request, facts->event.site, &routine)) {
        facts->routine = routine.name;
    }
}

void th_step_facts_of(const th_session *session, uint64_t step, th_step_facts *facts) {
    th_timeline *timeline = session->timeline;
    const th_event event = th_timeline_event(timeline, 0, step);
    *facts = (th_step_facts){
        .step = step,
        .event = event,
        .kind = th_event_kind_string((th_event_kind)event.kind),
        .address = th_event_address(event),
    };
    const th_world *world = th_timeline_seek(timeline, 0, step - 1);
    facts->goroutine = th_world_goroutine_name(world, event.g);
    describe_request(session->scenario, world, facts);
    world = th_timeline_seek(timeline, 0, step);
    facts->value = th_event_value(event, &world->memory);
    if (facts->address == 0) return;
    th_scenario_name(session->scenario, world, facts->address, facts->name, sizeof facts->name);
}
