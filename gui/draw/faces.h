/* The font files behind the roles, and their faces opened at the sizes in use. Private to
 * gui/draw. */
#ifndef TH_GUI_DRAW_FACES_H
#define TH_GUI_DRAW_FACES_H

#include <SDL2/SDL_ttf.h>

#include "gui/draw/draw.h"

typedef enum th_face {
    TH_FACE_UI,
    TH_FACE_MONO,
    TH_FACE_CJK,
    TH_FACE_FALLBACK,
    TH_FACE_COUNT
} th_face;

enum {
    TH_FACE_WEIGHT_COUNT = 4,
    TH_FACE_OPEN_MAX = 96,  /* two themes' sizes in their weights, with room for a zoom's */
    TH_FACE_SIZE_MAX = 1024 /* px */
};

typedef struct th_face_file {
    char *path;
    long index; /* in a collection */
} th_face_file;

typedef struct th_open_face {
    TTF_Font *font;
    th_face face;
    int weight_index, size;
    uint64_t last_use;
} th_open_face;

typedef struct th_faces {
    th_face_file files[TH_FACE_COUNT][TH_FACE_WEIGHT_COUNT];
    th_open_face open[TH_FACE_OPEN_MAX];
    int open_count;
    uint64_t uses;
} th_faces;

/* Finds the files and tries each role. On failure false, one line in `error`, nothing open. */
bool th_faces_init(th_faces *faces, char *error, size_t error_size);
void th_faces_free(th_faces *faces);

/* A face at a size in px, valid until the next call; NULL when its file cannot be read. */
TTF_Font *th_faces_get(th_faces *faces, th_face face, int weight_index, int size);

/* The face that shows `character` for a text in `primary`. */
th_face th_faces_for(th_faces *faces, th_face primary, int weight_index, int size,
                     uint32_t character);

#endif
