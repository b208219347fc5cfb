// Programs: what the bodies of goroutines ask for, as a tree filled on demand.
//
// A body yields one request at a time. A node is one request; the edge to the next is the result it
// got. The world holds a node number for each goroutine and nothing else of a body, so it can be
// copied, restored and hashed without the language the bodies are written in. Whoever runs bodies
// (script/) fills in a child when a path is taken for the first time. Nodes are never changed or
// removed, and are shared by all worlds of a scenario.
#ifndef TH_SIM_WORLD_PROGRAM_H
#define TH_SIM_WORLD_PROGRAM_H

#include "sim/base/value.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Which part of the machine carries a request out.
typedef enum th_request_class {
    TH_CLASS_LOCAL,  // takes no step: done as part of the step before
    TH_CLASS_MAP,    // gomap/
    TH_CLASS_CELL,   // one access to one address
    TH_CLASS_SYNC,   // sync/
    TH_CLASS_END,    // the goroutine is over
} th_request_class;

// X(NAME, class, "text"); a, b, c, d are the request's fields. Cell requests: a = address, type =
// th_scalar. A result that is a pointer to a block has in w[1] what it is: kind | type << 8.
// clang-format off
#define TH_REQUESTS(X)                                                                          \
    X(MAP_GET, MAP, "m[k]")             /* a map, b key; result: value in w[0..1], ok */        \
    X(MAP_SET, MAP, "m[k] = v")         /* a map, b key, c value */                             \
    X(MAP_ADD, MAP, "m[k] += d")        /* a map, b key, c addend */                            \
    X(MAP_DELETE, MAP, "delete(m, k)")  /* a map, b key */                                      \
    X(MAP_CLEAR, MAP, "clear(m)")       /* a map */                                             \
    X(MAP_LEN, MAP, "len(m)")           /* a map; result: w[0] */                               \
    X(RANGE, MAP, "range m")            /* a map; result as RANGE_NEXT, and w[4] the iterator */ \
    X(RANGE_NEXT, MAP, "next")          /* a iterator; result: key w[0..1], value w[2..3], ok = has one */ \
    X(LOAD, CELL, "load")               /* result: w[0] */                                      \
    X(STORE, CELL, "store")             /* b value */                                           \
    X(ATOMIC_LOAD, CELL, "atomic.Load")                                                         \
    X(ATOMIC_STORE, CELL, "atomic.Store")                                                       \
    X(ATOMIC_RMW, CELL, "atomic update") /* flags: th_rmw, b operand; result: old value */      \
    X(ATOMIC_CAS, CELL, "atomic.CompareAndSwap") /* b old, c new; result: ok */                 \
    X(AWAIT, CELL, "await")             /* b value: an atomic load, enabled once it is there */  \
    X(FREE, CELL, "free")               /* a block */                                           \
    X(SYNC, SYNC, "sync")               /* flags: th_sync_op, a object, b operand (sync/sync.h) */ \
    X(GOSCHED, SYNC, "runtime.Gosched")                                                         \
    X(GO, LOCAL, "go")                  /* b.w[0] root node of the new program; result: w[0] its goroutine */ \
    X(MAP_MAKE, LOCAL, "make(map)")     /* type, b.w[0] hint, c.w[0] object; result: w[0] address */ \
    X(NEW, LOCAL, "new")                /* type layout or scalar, flags th_block_kind, b.w[0] bytes, c.w[0] object; result: address */ \
    X(NOTE, LOCAL, "note")              /* b.w[0] index of the scenario's note, flags 1: a label */ \
    X(FATAL, LOCAL, "fatal")            /* b string: ends the run */                            \
    X(RETURN, END, "return")                                                                    \
    X(PANICKED, END, "panic")           /* b string: nobody recovered it; c string: those before it, as Go lists them; flags 1: x.f of a nil x */
// clang-format on

typedef enum th_request_op {
    TH_REQUEST_NONE,
#define X(name, class, text) TH_REQUEST_##name,
    TH_REQUESTS(X)
#undef X
        TH_REQUEST_OP_COUNT,
} th_request_op;

const char *th_request_op_string(th_request_op op);
th_request_class th_request_op_class(th_request_op op);

typedef struct th_request {
    uint8_t op;  // th_request_op
    uint8_t flags;
    uint16_t type;  // map type, scalar or layout
    uint32_t line;  // of the scenario's source, 0: none
    uint64_t a;
    th_value b, c;
} th_request;

// What a request gave. `panic`: instead of a result, the body is to panic with this message.
typedef struct th_result {
    uint64_t w[5];
    uint8_t ok;
    uint8_t panic;  // bool: w[0] is the text's address (th_strings); w[2]: of a nil dereference
    uint8_t reserved[6];
} th_result;

typedef uint32_t th_node_id;  // 0: none

typedef struct th_programs th_programs;

th_programs *th_programs_new(void);
void th_programs_free(th_programs *programs);

// A program's root. `name` is copied. `parent` is the GO node that starts it, 0 for one that the
// scenario declares; that node's b.w[0], 0 until then, becomes the root: a GO node starts one.
th_node_id th_programs_root(th_programs *programs, const char *name, th_node_id parent,
                            const th_request *first);
// The node after `node` got `result`; 0 when that path was never taken.
th_node_id th_programs_next(const th_programs *programs, th_node_id node, const th_result *result);
// Fills the path in; it must not exist yet.
th_node_id th_programs_add(th_programs *programs, th_node_id node, const th_result *result,
                           const th_request *request);
// The same where the path comes back to a node that is there: the body's future is the same from
// both, whatever it was answered before. So states that differ in history alone become equal.
void th_programs_join(th_programs *programs, th_node_id node, const th_result *result,
                      th_node_id target);

// What these return stays valid until the programs are freed.
const th_request *th_programs_request(const th_programs *programs, th_node_id node);
// On the path that was taken first; 0 for a root.
th_node_id th_programs_parent(const th_programs *programs, th_node_id node);
// The result on the edge from the parent; not for a root.
const th_result *th_programs_edge(const th_programs *programs, th_node_id node);
th_node_id th_programs_root_of(const th_programs *programs, th_node_id node);
const char *th_programs_name(const th_programs *programs, th_node_id node);    // of its program
th_node_id th_programs_starter(const th_programs *programs, th_node_id root);  // the GO node
uint32_t th_programs_count(const th_programs *programs);

#endif
