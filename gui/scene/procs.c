// The processors of `go` scheduling and their run queues.
#include "gui/scene/context.h"

#include "sim/sched/sched.h"

static void build_proc(const th_scene_context *cx, uint32_t p, th_scene_proc *out) {
    const th_sched_p *from = &cx->now->sched.ps[p];
    *out = (th_scene_proc){
        .running = from->running,
        .runnext = from->runnext,
        .state = from->state,
        .queue_count = from->count,
    };
    for (int i = 0; i < out->queue_count && i < TH_SCENE_QUEUE_MAX; i++) {
        out->queue[i] = from->ring[(from->head + i) % TH_SCHED_RING];
    }
    out->took = cx->event.kind == TH_EVENT_SCHEDULE && th_sched_move_unpack(cx->event.value).p == p;
}

static void build_steal(const th_scene_context *cx, th_scene_steal *out) {
    *out = (th_scene_steal){0};
    if (cx->event.kind != TH_EVENT_SCHEDULE) return;
    const th_sched_move move = th_sched_move_unpack(cx->event.value);
    if (move.victim == TH_SCHED_NO_P) return;
    *out = (th_scene_steal){
        .present = true, .thief = move.p, .victim = move.victim, .count = move.count};
}

void th_scene_build_procs(const th_scene_context *cx) {
    th_scene *scene = cx->out;
    const th_sched *sched = &cx->now->sched;
    scene->proc_count = 0;
    scene->global_count = 0;
    build_steal(cx, &scene->steal);
    if (cx->env->schedule != TH_SCHEDULE_GO) return;
    for (uint32_t p = 0; p < sched->desc.procs && p < TH_SCENE_PROC_MAX; p++) {
        build_proc(cx, p, &scene->procs[scene->proc_count++]);
    }
    scene->global_count = (int)sched->global_count;
    for (int i = 0; i < scene->global_count && i < TH_SCENE_QUEUE_MAX; i++) {
        scene->global[i] = sched->global[i];
    }
}
