// How findings are put together. Private to sim/explore.
#ifndef TH_SIM_EXPLORE_FINDINGS_H
#define TH_SIM_EXPLORE_FINDINGS_H

#include "sim/explore/explore.h"
#include "sim/explore/intern.h"

// The finding of that end, message, label and raced, added without anything else when it is new.
// Valid until the next is added.
th_finding *th_findings_add(th_findings *findings, const th_finding *class);

bool th_finding_is_simpler(const th_finding *finding, uint32_t preemption_count,
                           uint32_t choice_count);
// Copies the schedule.
void th_finding_set(th_finding *finding, const th_choice *choices, uint32_t choice_count,
                    uint32_t preemption_count);

#endif
