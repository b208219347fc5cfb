#include "tests/support/hand.h"

#include "sim/base/assert.h"

enum { CHOICES_MAX = 64 };

void th_hand_init(th_hand *hand, th_env settings) {
    *hand = (th_hand){0};
    if (settings.seed == 0) settings.seed = 5;
    th_builder_init(&hand->builder, settings);
}

void th_hand_free(th_hand *hand) {
    th_world_free(&hand->world);
    th_events_free(&hand->events);
    th_builder_free(&hand->builder);
}

static void settle(th_hand *hand) {
    const bool settled =
        th_world_settle(&hand->world, th_builder_resolver(&hand->builder), &hand->events);
    TH_ASSERT(settled);
    th_world_check(&hand->world);
}

void th_hand_begin(th_hand *hand) {
    th_world_copy(&hand->world, &hand->builder.world);
    settle(hand);
}

th_choice th_hand_run(uint16_t g) {
    return (th_choice){.g = g, .kind = TH_CHOICE_RUN, .value = -1};
}

th_choice th_hand_pick(uint16_t p) {
    return (th_choice){.g = p, .kind = TH_CHOICE_PICK, .value = -1};
}

th_choice th_hand_drain(uint16_t g) { return (th_choice){.g = g, .kind = TH_CHOICE_DRAIN}; }

bool th_hand_can(const th_hand *hand, th_choice choice) {
    return th_world_enabled(&hand->world, choice);
}

void th_hand_step(th_hand *hand, th_choice choice) {
    TH_ASSERT(th_hand_can(hand, choice));
    hand->events.count = 0;
    th_world_step(&hand->world, choice, &hand->events);
    settle(hand);
}

bool th_hand_step_at_random(th_hand *hand, th_rng *rng) {
    if (th_world_ended(&hand->world)) return false;
    th_choice choices[CHOICES_MAX];
    const uint32_t count = th_world_choices(&hand->world, choices, CHOICES_MAX);
    TH_ASSERT(count > 0 && count <= CHOICES_MAX);
    th_hand_step(hand, choices[th_rng_below(rng, count)]);
    return true;
}

uint32_t th_hand_count(const th_hand *hand, th_event_kind kind) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < hand->events.count; i++) count += hand->events.items[i].kind == kind;
    return count;
}

bool th_hand_is_over(const th_hand *hand, uint16_t g) {
    return hand->world.goroutines[g].status == TH_STATUS_DEAD;
}

uint16_t th_hand_on(const th_hand *hand, uint32_t p) {
    return th_sched_running(&hand->world.sched, p);
}
