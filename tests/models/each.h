// A test for each model of this folder, run with every fix that the model offers.
#ifndef TH_TESTS_MODELS_EACH_H
#define TH_TESTS_MODELS_EACH_H

#include "sim/script/scenario.h"

// Fails the test in hand where the model is not as it should be. `fix`: which is in force; NULL:
// the model offers none.
typedef void (*th_model_check)(th_scenario *scenario, const char *fix);

// A cmocka group of that name, with a test for each model, called by its path. Returns what main is
// to return.
int th_models_check_each(const char *name, th_model_check check);

#endif
