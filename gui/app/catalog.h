// What the lesson picker knows of each lesson: read from the scenario and from a run of it.
#ifndef TH_GUI_APP_CATALOG_H
#define TH_GUI_APP_CATALOG_H

#include "gui/scene/home.h"

typedef struct th_catalog {
    th_lesson *lessons;  // by chapter, order and path
    int count;
    int known_count;  // lessons looked into so far: the first that many of `order`
} th_catalog;

// Takes the paths over by copying them. Chapters are not known yet: see th_catalog_look.
void th_catalog_init(th_catalog *catalog, char *const *paths, int count);
void th_catalog_free(th_catalog *catalog);

// Looks into the next lesson that is not known: loads it, plays it, and keeps its facts and
// thumbnail. False: all are known. Takes some milliseconds, so call it between two pictures.
bool th_catalog_look(th_catalog *catalog);

#endif
