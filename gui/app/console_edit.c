// Changing a value: `set PLACE = VALUE` as a store that a goroutine of its own makes.
#include "gui/app/console_parts.h"

#include "gui/scene/spot.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

// False: a lock, or nothing that is one value.
static bool find_spot(th_model *model, uint64_t address, th_spot *out) {
    const th_world *world = th_timeline_seek(model->timeline, model->branch, model->step);
    const th_block *block = th_memory_block(&world->memory, address);
    if (block == NULL || block->freed) return false;
    *out = th_spot_at(model->scenario, block, address);
    return out->scalar != TH_EMPTY;
}

const char *th_console_split_edit(const char *text, char *place, size_t size) {
    const char *sign = strchr(text, '=');
    if (sign == NULL) return NULL;
    size_t length = (size_t)(sign - text);
    while (length > 0 && text[length - 1] == ' ') length--;
    if (length == 0 || length >= size) return NULL;
    memcpy(place, text, length);
    place[length] = '\0';
    const char *value = sign + 1 + strspn(sign + 1, " ");
    return *value != '\0' ? value : NULL;
}

// As the picture writes it: b8 for a tophash, 0100 for flags; else as Lua.
static void print_value(const th_spot *at, const char *value, char *out, size_t size) {
    const size_t length = strlen(value);
    if (at->shape == TH_SPOT_TOPHASH && length == 2 &&
        strspn(value, "0123456789abcdefABCDEF") == 2) {
        snprintf(out, size, "0x%s", value);
        return;
    }
    if (at->shape == TH_SPOT_FLAGS && length == 4 && strspn(value, "01") == 4) {
        int bits = 0;
        for (int i = 0; i < 4; i++) bits = bits * 2 + (value[i] - '0');
        snprintf(out, size, "%d", bits);
        return;
    }
    snprintf(out, size, "%s", value);
}

bool th_console_edit(th_model *model, uint64_t address, const char *value, char *lua, size_t size) {
    th_spot at;
    if (!find_spot(model, address, &at)) return false;
    char text[TH_TYPED_MAX];
    print_value(&at, value, text, sizeof(text));
    const int length = snprintf(lua, size, "store_at(0x%" PRIx64 ", \"%s\", %s)", at.address,
                                th_scalar_string(at.scalar), text);
    return length > 0 && (size_t)length < size;
}
