#include "sim/base/assert.h"

#include <stddef.h>
#include <stdlib.h>

static th_assert_handler assert_handler = NULL;

th_assert_handler th_assert_set_handler(th_assert_handler handler) {
    th_assert_handler previous = assert_handler;
    assert_handler = handler;
    return previous;
}

void th_assert_failed(const char *file, int line, const char *expr) {
    if (assert_handler != NULL) {
        assert_handler(file, line, expr);
    }
    abort();
}
