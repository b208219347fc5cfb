#ifndef TH_BASE_ASSERT_H
#define TH_BASE_ASSERT_H

/*
 * Assertions for our own bugs, one condition each. They stay on in release builds: a simulator
 * that goes on with broken state teaches falsehoods. What a scenario or a person can cause is
 * never an assertion but a returned error.
 *
 *     TH_ASSERT(index < count);
 */

/* Told of a failed assertion before the program aborts. `file` and `expr` are string literals.
 * It may print, or leave by longjmp in a test; when it returns, abort() follows. */
typedef void (*th_assert_handler)(const char *file, int line, const char *expr);

/* Sets the handler and returns the one before it; NULL is "say nothing". The handler is the
 * one piece of process-wide state in sim/: set it at start-up, before any thread is started.
 * sim/ does no I/O, so a failure is silent until the program that embeds it sets one. */
th_assert_handler th_assert_set_handler(th_assert_handler handler);

/* What a failed TH_ASSERT calls. */
_Noreturn void th_assert_failed(const char *file, int line, const char *expr);

#define TH_ASSERT(cond) ((cond) ? (void)0 : th_assert_failed(__FILE__, __LINE__, #cond))

#endif
