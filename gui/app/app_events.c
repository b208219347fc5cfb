// Keys and the mouse, as requests.
#include "gui/app/app_parts.h"

#include "gui/app/console.h"
#include "gui/app/exploring.h"
#include "gui/app/keys.h"
#include "gui/app/quiz.h"

#include <SDL.h>

static void touch(th_app *of) { of->model.changed = of->home.changed = true; }

static void open_files(th_app *of) {
    th_file_dialog_open(&of->files, ".");
    if (of->in_lesson) of->model.playing = false;
    touch(of);
}

static void act(th_app *of, th_action action, uint64_t argument) {
    if (of->files.open) {
        th_file_dialog_command(&of->files, action, argument);
        touch(of);
    } else if (action == TH_ACTION_FILES) {
        open_files(of);
    } else if (of->in_lesson) {
        th_model_command(&of->model, action, argument);
    } else if (action == TH_ACTION_FULLSCREEN) {
        th_window_set_fullscreen(&of->window, !of->window.fullscreen);
        touch(of);
    } else {
        th_home_command(&of->home, action, argument);
    }
}

// Keys of the lesson picker that are more than an action. False: it is an ordinary one.
static bool home_key(th_app *of, SDL_Keycode key) {
    static const SDL_Keycode ARROWS[] = {SDLK_LEFT, SDLK_RIGHT, SDLK_UP, SDLK_DOWN};
    for (int i = 0; i < 4; i++) {
        if (key != ARROWS[i]) continue;
        int width, height;
        th_window_size(&of->window, &width, &height);
        th_home_arrow(&of->home, i, width, height);
        return true;
    }
    if (key == SDLK_BACKSPACE) th_home_type_back(&of->home);
    // While a search is typed, letters are letters.
    return of->home.home.searching && key != SDLK_ESCAPE && key != SDLK_RETURN &&
           key != SDLK_KP_ENTER && key != SDLK_F11;
}

// Keys while the name of a branch is typed. False: nobody types.
static bool naming_key(th_app *of, SDL_Keycode key) {
    if (!of->in_lesson || !th_exploring_is_typing(&of->model)) return false;
    if (key == SDLK_BACKSPACE) th_exploring_type_back(&of->model);
    if (key == SDLK_RETURN || key == SDLK_KP_ENTER) act(of, TH_ACTION_CONFIRM, 0);
    if (key == SDLK_ESCAPE) act(of, TH_ACTION_BACK, 0);
    return true;
}

// The step of the timeline under the mouse, as a glance; 0: none.
static uint64_t glance_at(const th_app *of, const th_hit *hit, th_point at) {
    const bool on_overview = th_rect_contains(of->hits.overview, at);
    if (!on_overview && !th_rect_contains(of->hits.scrub, at)) return 0;
    const bool other = hit != NULL && hit->action == TH_ACTION_GLANCE;
    const th_branch_id branch = other ? (th_branch_id)hit->argument : of->model.branch;
    return th_glance(branch, th_hits_step(&of->hits, at, on_overview,
                                          th_timeline_length(of->model.timeline, branch)));
}

// The mouse rests there; NULL: on nothing that answers to it.
static void rest(th_app *of, const th_hit *hit, th_point at) {
    const bool hints = hit != NULL && hit->action == TH_ACTION_HINT;
    const uint64_t hint = hints ? hit->argument : 0;
    uint64_t address = hit != NULL && hit->action == TH_ACTION_HOVER ? hit->argument : 0, index;
    if (hit == NULL) th_hits_bucket(&of->hits, at, &index, &address);
    const uint64_t glance = glance_at(of, hit, at);
    if (hint != of->model.desk.hint) th_model_command(&of->model, TH_ACTION_HINT, hint);
    if (address != of->model.hover) th_model_command(&of->model, TH_ACTION_HOVER, address);
    if (glance != of->model.glance) th_model_command(&of->model, TH_ACTION_GLANCE, glance);
}

// Keys of the ring: what is in focus answers to Enter as to a press, and is looked at as if the
// mouse rested there. False: the key is for others.
static bool focus_key(th_app *of, const SDL_Keysym *key) {
    const bool enter = key->sym == SDLK_RETURN || key->sym == SDLK_KP_ENTER;
    const th_hit *hit = th_focus_hit(&of->focus, &of->hits);
    if (enter && hit != NULL) {
        const th_hit *place = th_hits_at(&of->hits, of->focus.at, true);
        const bool watch = (key->mod & KMOD_SHIFT) != 0 && place != NULL;
        if (watch && place->action == TH_ACTION_HOVER)
            act(of, TH_ACTION_WATCH, place->argument);
        else
            act(of, hit->action, hit->argument);
        return true;
    }
    if (!th_focus_key(&of->focus, &of->hits, key->sym, key->mod)) return false;
    touch(of);
    if (of->in_lesson) {
        const th_hit *place = of->focus.on ? th_hits_at(&of->hits, of->focus.at, true) : NULL;
        rest(of, place, of->focus.at);
    }
    return true;
}

static void press_key(th_app *of, const SDL_Keysym *key) {
    of->naming_began = false;
    if (naming_key(of, key->sym)) return;
    if (of->in_lesson && th_console_take_key(&of->model, key->sym)) return;
    if (focus_key(of, key)) return;
    if (of->files.open) {
        th_file_dialog_key(&of->files, key->sym);
        touch(of);
        return;
    }
    if (!of->in_lesson && home_key(of, key->sym)) return;
    uint64_t argument = 0;
    const th_action action = th_key_action(key->sym, key->mod, &argument);
    // While a question waits, digits answer it.
    if (of->in_lesson && action == TH_ACTION_RUN && th_quiz_waits(&of->model)) {
        act(of, TH_ACTION_ANSWER, argument - 1);
    } else if (action != TH_ACTION_NONE) {
        act(of, action, argument);
        of->naming_began = of->files.open || (of->in_lesson && th_exploring_is_typing(&of->model));
    }
}

static th_point mouse_point(const th_app *of, int x, int y) {
    const float scale = th_window_scale(&of->window);
    return (th_point){(float)x * scale, (float)y * scale};
}

static void scrub(th_app *of, th_point at) {
    const uint64_t step =
        th_hits_step(&of->hits, at, of->scrubbing_overview, th_model_length(&of->model));
    th_model_command(&of->model, TH_ACTION_SCRUB, step);
}

// On the stage a press takes hold of it; on the mini-map it goes there.
static bool press_stage(th_app *of, th_point at) {
    uint64_t index = 0, address = 0;
    const th_hits_field *field = &of->hits.field;
    for (int part = 0; part < TH_PART_COUNT; part++) {
        if (!th_rect_contains(field->minimap[part], at)) continue;
        if (th_hits_bucket(&of->hits, at, &index, &address)) act(of, TH_ACTION_PAN, index);
        return true;
    }
    if (!th_rect_contains(of->hits.stage, at) || field->base == 0) return false;
    of->dragging = true;
    of->drag_from = at;
    of->drag_at = field->middle;
    return true;
}

static void drag(th_app *of, th_point at) {
    const int64_t by = th_hits_dragged(&of->hits, of->drag_from, at);
    const int64_t to = (int64_t)of->drag_at + by;
    if (by != 0) act(of, TH_ACTION_PAN, to > 0 ? (uint64_t)to : 0);
}

// What a press on a cell of memory asks for, besides looking at it alone: with Shift, that playing
// pauses where it is touched; the second of two, another value.
static bool press_cell(th_app *of, const th_hit *hover, const SDL_MouseButtonEvent *button) {
    if (hover == NULL || hover->action != TH_ACTION_HOVER) return false;
    const bool watch = (SDL_GetModState() & KMOD_SHIFT) != 0;
    if (!watch && button->clicks < 2) return false;
    act(of, watch ? TH_ACTION_WATCH : TH_ACTION_EDIT, hover->argument);
    return true;
}

// A future's lane is shown, and scrubbed from there on.
static void press_hit(th_app *of, const th_hit *hit, th_point at) {
    const bool shows = hit->action == TH_ACTION_BRANCH_SHOW;
    const bool on_lane = shows && th_rect_contains(of->hits.scrub, at);
    of->pressed_label = shows && !on_lane;
    act(of, hit->action, hit->argument);
    if (!on_lane) return;
    of->scrubbing = of->model.scrubbing = true;
    of->scrubbing_overview = false;
    scrub(of, at);
}

static void press(th_app *of, th_point at, const SDL_MouseButtonEvent *button) {
    if (of->focus.on) {
        of->focus.on = false;
        touch(of);
    }
    const bool on_lanes = th_rect_contains(of->hits.scrub, at);
    const bool on_overview = th_rect_contains(of->hits.overview, at);
    const bool again = button->clicks > 1 && of->pressed_label;
    of->pressed_label = false;
    if (again) {  // the first press of two has shown that future, and its lane is another now
        act(of, TH_ACTION_NAME, 0);
        return;
    }
    if (press_cell(of, th_hits_at(&of->hits, at, true), button)) return;
    const th_hit *hit = th_hits_at(&of->hits, at, false);
    if (hit != NULL) {
        press_hit(of, hit, at);
        return;
    }
    if (of->in_lesson && press_stage(of, at)) return;
    if (!of->in_lesson || (!on_lanes && !on_overview)) return;
    of->scrubbing = true;
    of->scrubbing_overview = on_overview;
    of->model.scrubbing = true;
    scrub(of, at);
}

static void move(th_app *of, th_point at, bool held) {
    if (!of->in_lesson) return;
    th_presenting_point(&of->model, at.x, at.y);
    if (of->dragging && held) {
        drag(of, at);
        return;
    }
    if (of->scrubbing && held) {
        scrub(of, at);
        return;
    }
    if (held && th_rect_contains(of->hits.speed, at)) {
        const th_hit *hit = th_hits_at(&of->hits, at, false);
        if (hit != NULL && hit->action == TH_ACTION_SPEED) {
            th_model_command(&of->model, hit->action, hit->argument);
        }
        return;
    }
    rest(of, th_hits_at(&of->hits, at, true), at);
}

static void handle_window(th_app *of, const SDL_WindowEvent *event) {
    if (event->event == SDL_WINDOWEVENT_EXPOSED || event->event == SDL_WINDOWEVENT_SIZE_CHANGED ||
        event->event == SDL_WINDOWEVENT_SHOWN || event->event == SDL_WINDOWEVENT_RESTORED) {
        of->show_all = true;
        touch(of);
    }
    if (event->event == SDL_WINDOWEVENT_CLOSE) of->quit = true;
}

// Over the stage the wheel changes the level of detail, elsewhere the steps in the lanes.
static void zoom(th_app *of, th_point at, bool up) {
    uint64_t index = 0, address = 0;
    if (of->files.open) {
        th_file_dialog_key(&of->files, up ? SDLK_UP : SDLK_DOWN);
        touch(of);
    } else if (of->in_lesson && th_rect_contains(of->hits.stage, at)) {
        const bool found = th_hits_bucket(&of->hits, at, &index, &address);
        act(of, up ? TH_ACTION_NEARER : TH_ACTION_FARTHER, up && found ? index + 1 : 0);
    } else if (of->in_lesson) {
        th_model_command(&of->model, up ? TH_ACTION_ZOOM_IN : TH_ACTION_ZOOM_OUT, 0);
    } else {
        home_key(of, up ? SDLK_UP : SDLK_DOWN);
    }
}

static void turn_wheel(th_app *of, const SDL_MouseWheelEvent *wheel) {
    int x, y;
    SDL_GetMouseState(&x, &y);
    if (wheel->y != 0) zoom(of, mouse_point(of, x, y), wheel->y > 0);
}

// Two fingers on a touch screen or pad; the first of them is no drag of the mouse then.
static void pinch(th_app *of, const SDL_MultiGestureEvent *event) {
    int width, height;
    th_window_size(&of->window, &width, &height);
    if (event->numFingers > 1) of->scrubbing = of->model.scrubbing = of->dragging = false;
    const int step = th_pinch_take(&of->pinch, event);
    const th_point at = {event->x * (float)width, event->y * (float)height};
    if (step != 0) zoom(of, at, step > 0);
}

static void type(th_app *of, const char *text) {
    // The letter that began the naming is no part of the name.
    const bool named = !of->naming_began;
    if (of->files.open) {
        if (named) th_file_dialog_type(&of->files, text);
        touch(of);
    } else if (of->in_lesson) {
        if (named) th_exploring_type(&of->model, text);
        th_console_take_text(&of->model, text);
    } else if (SDL_strcmp(text, "/") != 0) {
        th_home_type(&of->home, text);
    }
}

static uint32_t window_of(const SDL_Event *event) {
    switch (event->type) {
    case SDL_WINDOWEVENT: return event->window.windowID;
    case SDL_MOUSEMOTION: return event->motion.windowID;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP: return event->button.windowID;
    case SDL_MOUSEWHEEL: return event->wheel.windowID;
    default: return 0;
    }
}

// The speaker's window answers to nothing but being closed; its keys are those of the class's.
static bool handle_speaker(th_app *of, const SDL_Event *event) {
    const uint32_t id = th_speaker_window_id(&of->speaker);
    if (id == 0 || window_of(event) != id) return false;
    if (event->type == SDL_WINDOWEVENT) of->speaker.show_all = true;
    if (event->type == SDL_WINDOWEVENT && event->window.event == SDL_WINDOWEVENT_CLOSE) {
        of->model.presenting.notes = false;
    }
    return true;
}

void th_app_handle(th_app *of, const SDL_Event *event) {
    if (handle_speaker(of, event)) return;
    switch (event->type) {
    case SDL_QUIT: of->quit = true; break;
    case SDL_WINDOWEVENT: handle_window(of, &event->window); break;
    case SDL_KEYDOWN: press_key(of, &event->key.keysym); break;
    case SDL_TEXTINPUT: type(of, event->text.text); break;
    case SDL_DROPFILE:
        if (of->in_lesson) th_app_close_lesson(of);
        th_app_open_from_home(of, event->drop.file, 0);
        SDL_free(event->drop.file);
        break;
    case SDL_MOUSEBUTTONDOWN:
        if (event->button.button == SDL_BUTTON_LEFT) {
            press(of, mouse_point(of, event->button.x, event->button.y), &event->button);
        }
        break;
    case SDL_MOUSEBUTTONUP:
        of->scrubbing = of->model.scrubbing = of->dragging = false;
        of->model.changed = true;
        break;
    case SDL_MOUSEMOTION:
        move(of, mouse_point(of, event->motion.x, event->motion.y),
             (event->motion.state & SDL_BUTTON_LMASK) != 0);
        break;
    case SDL_MOUSEWHEEL: turn_wheel(of, &event->wheel); break;
    case SDL_MULTIGESTURE: pinch(of, &event->mgesture); break;
    default: break;
    }
}
