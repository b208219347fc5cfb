// What a person can do, whether by key, by mouse or from a test: one list.
#ifndef TH_GUI_VIEW_ACTION_H
#define TH_GUI_VIEW_ACTION_H

#include <stdint.h>

// X(NAME, what its argument is)
#define TH_ACTIONS(X)                                                                          \
    X(NONE, "")                                                                                \
    X(PLAY, "") /* play or pause */                                                            \
    X(STEP, "")                                                                                \
    X(STEP_BACK, "")                                                                           \
    X(NEXT_MARK, "") /* next race or marker */                                                 \
    X(PREVIOUS_MARK, "")                                                                       \
    X(FIRST, "")                                                                               \
    X(LAST, "")                                                                                \
    X(FASTER, "")                                                                              \
    X(SLOWER, "")                                                                              \
    X(SPEED, "index into the theme's speeds")                                                  \
    X(SEEK, "step")                                                                            \
    X(SCRUB, "step")    /* while the mouse is down: final states only */                       \
    X(RUN, "goroutine") /* it takes the next step */                                           \
    X(BRANCH, "")       /* another goroutine runs here */                                      \
    X(SWAP, "")         /* main run and branch change places */                                \
    X(RESTART, "")                                                                             \
    X(FIT, "")     /* focus on a bucket, or fit all */                                         \
    X(CAPTION, "") /* caption at full width */                                                 \
    X(LANGUAGE, "")                                                                            \
    X(THEME, "")                                                                               \
    X(FILTER, "address")             /* log of that address alone; 0 or the same: all */       \
    X(HOVER, "address")              /* 0: nothing */                                          \
    X(FILTER_GOROUTINE, "goroutine") /* log of its steps alone; the same: all */               \
    X(WATCH, "address")              /* pause where it is touched; the same: no more */        \
    X(CONSOLE, "")                   /* open or close it */                                    \
    X(EDIT, "address; 0: that one which is looked at") /* type its new value */                \
    X(SPAWN, "")                                       /* type what one goroutine more does */ \
    X(UNDO, "")                 /* back to where the last branch left the run */               \
    X(HINT, "th_word plus one") /* what the mouse rests on, explained */                       \
    X(AUTO_PAUSE, "")           /* pause at the first race on a place */                       \
    X(ZOOM_IN, "")                                                                             \
    X(ZOOM_OUT, "")                                                                            \
    X(NEARER, "index of a bucket plus one; 0: the middle stays") /* level of detail */         \
    X(FARTHER, "")                                                                             \
    X(DETAIL, "th_detail")                                                                     \
    X(PAN, "index of the bucket in the middle")                                                \
    X(PAN_ON, "") /* the same by a bucket, or a row of the field */                            \
    X(PAN_BACK, "")                                                                            \
    X(FOLLOW, "")                            /* the stage follows the run again */             \
    X(MAP, "address; 0: the next one")       /* it stays on the stage */                       \
    X(DRAIN, "goroutine; 0: who moved last") /* its oldest store arrives */                    \
    X(FULLSCREEN, "")                                                                          \
    X(OPEN, "position of a lesson")                                                            \
    X(CONFIRM, "")                        /* open what is chosen */                            \
    X(CONTINUE, "")                       /* the lesson that was open last */                  \
    X(SEARCH, "")                         /* type a search */                                  \
    X(ABOUT, "")                          /* of Tophash; in a lesson: of what is claimed */    \
    X(ANSWER, "option")                   /* to the question that is asked here */             \
    X(PLAY_ANSWER, "")                    /* the goroutine that was named goes next */         \
    X(HELP, "")                           /* all keys */                                       \
    X(NEW, "")                            /* a scenario of one's own */                        \
    X(EXPLORE, "")                        /* all orders, and back */                           \
    X(EXPLORE_MORE, "")                   /* look at more states */                            \
    X(EXPLORE_STOP, "")                   /* end the search */                                 \
    X(EXAMPLE, "index")                   /* of the simplest runs */                           \
    X(OUTCOME, "th_run_kind, or TH_NEXT") /* shares are of these */                            \
    X(FIX, "index, or TH_NEXT")                                                                \
    X(DIVERGE, "")                     /* two runs, and the step that decides */               \
    X(BRANCHES, "")                    /* list of all futures */                               \
    X(BRANCH_ROW, "row")               /* of that list */                                      \
    X(BRANCH_SHOW, "branch")           /* that future is the run */                            \
    X(GLANCE, "th_glance; 0: nowhere") /* the mouse rests on that step of the timeline */      \
    X(BRANCH_NEXT, "")                                                                         \
    X(BRANCH_PREVIOUS, "")                                                                     \
    X(NEXT_STOP, "") /* on to the next caption, question, mark */                              \
    X(PREVIOUS_STOP, "")                                                                       \
    X(PRESENT, "") /* full screen, large caption */                                            \
    X(LASER, "")                                                                               \
    X(GLASS, "")   /* a magnifying glass at the mouse */                                       \
    X(BLACK, "")   /* a black screen; any action brings the picture back */                    \
    X(NOTES, "")   /* the speaker's window */                                                  \
    X(FILES, "")   /* choose a file to open, or choose none */                                 \
    X(FILE, "row") /* of the files to choose from */                                           \
    X(GIF, "")     /* the last steps as a file */                                              \
    X(MOTION, "")  /* less motion, or full */                                                  \
    X(NAME, "")    /* name the branch */                                                       \
    X(SAVE, "")    /* a picture; in a list of branches: the branch */                          \
    X(CLUE, "")    /* of a challenge */                                                        \
    X(GIVE_UP, "") /* say that its goal cannot be reached */                                   \
    X(BACK, "")    /* leave what is open, at last the window */

#define TH_NEXT UINT64_MAX  // an argument: the one after

typedef enum th_action {
#define X(name, argument) TH_ACTION_##name,
    TH_ACTIONS(X)
#undef X
        TH_ACTION_COUNT,
} th_action;

#endif
