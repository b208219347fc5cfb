// Where the scenarios are.
#ifndef TH_GUI_FILES_LESSONS_H
#define TH_GUI_FILES_LESSONS_H

#include <stdbool.h>
#include <stddef.h>

#define TH_FIRST_LESSON "ch1-read-write"

// Paths in order; zeroed: none.
typedef struct th_paths {
    char **items;
    int count, capacity;
} th_paths;
void th_paths_free(th_paths *paths);

// The folder of the lessons: $TOPHASH_SCRIPTS, else the one installed with the program, else the
// one of the source tree that it was built in, else ./scripts. False: none of them is there.
bool th_lessons_folder(char *path, size_t path_size);

// Every scenario in a folder and those below it (but for lib/, which holds what they share), sorted
// by path; of a path that is a file, that file. False: `error` is one line.
bool th_lessons_in(const char *path, th_paths *found, char *error, size_t error_size);

// The path that a person means by `name`: a file, or a lesson's name without folder and ending.
// What is neither is copied, so that opening it tells what is wrong. False: it does not fit.
bool th_lesson_path(const char *name, char *path, size_t path_size);

#endif
