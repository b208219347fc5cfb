#include "gui/cli/step_facts.h"

#include "gui/cli/functions.h"

// An event holds the low half of a value; the memory after the step tells the rest, unless the
// value still waits in a store buffer.
static uint64_t whole_value(const th_world *after, th_event event) {
    if (event.size <= 4) return event.value;
    const uint64_t word = th_memory_peek(&after->memory, th_event_address(event), event.size);
    return (uint32_t)word == event.value ? word : event.value;
}

static void describe_request(const th_scenario *scenario, const th_world *before,
                             th_step_facts *facts) {
    const th_request *request = th_world_request(before, facts->event.g);
    if (request == NULL) return;  // a step of the scheduler
    facts->request = th_request_op_string((th_request_op)request->op);
    facts->line = request->line;
    facts->source = th_scenario_source_line(scenario, request->line, &facts->source_length);
    th_site site;
    if (!th_source_site(facts->event.site, &site)) return;
    facts->routine = th_function_routine(before, request, facts->event.site);
    facts->pseudo = site.routine->lines[site.line].text;
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
    facts->value = whole_value(world, event);
    if (facts->address == 0) return;
    th_scenario_name(session->scenario, world, facts->address, facts->name, sizeof facts->name);
}
