#include "sim/explore/explore.h"

#include "sim/base/assert.h"
#include "sim/explore/findings.h"

#include <stdlib.h>
#include <string.h>

const char *th_explore_mode_string(th_explore_mode mode) {
    static const char *const names[] = {
#define X(name, text) text,
        TH_EXPLORE_MODES(X)
#undef X
    };
    TH_ASSERT(mode < TH_EXPLORE_MODE_COUNT);
    return names[mode];
}

const char *th_proof_string(th_proof proof) {
    static const char *const names[] = {"found", "shrunk", "minimal"};
    TH_ASSERT((size_t)proof < sizeof(names) / sizeof(names[0]));
    return names[proof];
}

void th_findings_free(th_findings *findings) {
    if (findings == NULL) return;
    for (uint32_t i = 0; i < findings->count; i++) free(findings->items[i].choices);
    for (uint32_t i = 0; i < findings->text_count; i++) free(findings->texts[i]);
    free(findings->items);
    free(findings->texts);
    free(findings);
}

static const char *keep_text(th_findings *findings, const char *text) {
    if (text == NULL) return NULL;
    for (uint32_t i = 0; i < findings->text_count; i++) {
        if (strcmp(findings->texts[i], text) == 0) return findings->texts[i];
    }
    const size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    TH_ASSERT(copy != NULL);
    memcpy(copy, text, size);
    findings->texts = th_explore_reserve(findings->texts, findings->text_count + UINT64_C(1),
                                         &findings->text_capacity, sizeof(*findings->texts));
    findings->texts[findings->text_count++] = copy;
    return copy;
}

static int compare_texts(const char *a, const char *b) {
    if (a == NULL || b == NULL) return (a != NULL) - (b != NULL);
    return strcmp(a, b);
}

static int compare(const th_finding *a, const th_finding *b) {
    if (a->end != b->end) return a->end < b->end ? -1 : 1;
    const int by_message = compare_texts(a->message, b->message);
    if (by_message != 0) return by_message;
    const int by_label = compare_texts(a->label, b->label);
    if (by_label != 0) return by_label;
    return (int)a->raced - (int)b->raced;
}

th_finding *th_findings_add(th_findings *findings, const th_finding *class) {
    uint32_t at = 0;
    while (at < findings->count && compare(&findings->items[at], class) < 0) at++;
    if (at < findings->count && compare(&findings->items[at], class) == 0) {
        return &findings->items[at];
    }
    findings->items = th_explore_reserve(findings->items, findings->count + UINT64_C(1),
                                         &findings->capacity, sizeof(*findings->items));
    th_finding *item = &findings->items[at];
    memmove(item + 1, item, (findings->count - at) * sizeof(*item));
    findings->count++;
    *item = (th_finding){.message = keep_text(findings, class->message),
                         .label = keep_text(findings, class->label),
                         .end = class->end,
                         .raced = class->raced};
    return item;
}

bool th_finding_is_simpler(const th_finding *finding, uint32_t preemption_count,
                           uint32_t choice_count) {
    if (finding->choices == NULL) return true;
    return preemption_count < finding->preemption_count ||
           (preemption_count == finding->preemption_count && choice_count < finding->choice_count);
}

void th_finding_set(th_finding *finding, const th_choice *choices, uint32_t choice_count,
                    uint32_t preemption_count) {
    finding->choices =
        realloc(finding->choices, (choice_count + UINT64_C(1)) * sizeof(*finding->choices));
    TH_ASSERT(finding->choices != NULL);
    if (choice_count > 0) {
        memcpy(finding->choices, choices, choice_count * sizeof(*finding->choices));
    }
    finding->choice_count = choice_count;
    finding->preemption_count = preemption_count;
}

void th_findings_merge(th_findings *to, const th_findings *from) {
    for (uint32_t i = 0; i < from->count; i++) {
        const th_finding *other = &from->items[i];
        th_finding *own = th_findings_add(to, other);
        th_count_add(&own->count, other->count);
        if (other->choices == NULL ||
            !th_finding_is_simpler(own, other->preemption_count, other->choice_count)) {
            continue;
        }
        th_finding_set(own, other->choices, other->choice_count, other->preemption_count);
        own->proof = other->proof;
    }
    th_count_add(&to->executions, from->executions);
    to->steps += from->steps;
}

const th_finding *th_findings_find(const th_findings *findings, th_end end, const char *message,
                                   const char *label, bool raced) {
    const th_finding class = {
        .message = message, .label = label, .end = (uint8_t)end, .raced = raced};
    for (uint32_t i = 0; i < findings->count; i++) {
        if (compare(&findings->items[i], &class) == 0) return &findings->items[i];
    }
    return NULL;
}
