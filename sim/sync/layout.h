// Where the fields of sync's and the channel's objects lie: names, offsets, sizes.
// Source: sync/{mutex,rwmutex,waitgroup,once,cond,map}.go, runtime/{chan,sema}.go of Go 1.19,
// amd64.
#ifndef TH_SIM_SYNC_LAYOUT_H
#define TH_SIM_SYNC_LAYOUT_H

// Each list: X(object, field, offset, bytes)
#define TH_MUTEX_FIELDS(X) \
    X(MUTEX, state, 0, 4)  \
    X(MUTEX, sema, 4, 4)

#define TH_RWMUTEX_FIELDS(X)       \
    X(RWMUTEX, w, 0, 8)            \
    X(RWMUTEX, writerSem, 8, 4)    \
    X(RWMUTEX, readerSem, 12, 4)   \
    X(RWMUTEX, readerCount, 16, 4) \
    X(RWMUTEX, readerWait, 20, 4)

// state1: the counter in its high half, the waiters in its low one.
#define TH_WAITGROUP_FIELDS(X) \
    X(WAITGROUP, state1, 0, 8) \
    X(WAITGROUP, state2, 8, 4)

#define TH_ONCE_FIELDS(X) \
    X(ONCE, done, 0, 4)   \
    X(ONCE, m, 4, 8)

// L is an interface: the type's word says which lock it is (th_sync_kind), then its address.
// notify is the runtime's notifyList {wait, notify, lock, head, tail}.
#define TH_COND_FIELDS(X)       \
    X(COND, L_type, 0, 8)       \
    X(COND, L, 8, 8)            \
    X(COND, notify_wait, 16, 4) \
    X(COND, notify, 20, 4)      \
    X(COND, notify_lock, 24, 8) \
    X(COND, notify_head, 32, 8) \
    X(COND, notify_tail, 40, 8) \
    X(COND, checker, 48, 8)

// elemtype holds a th_scalar; the four ends of the queues hold a goroutine's number where Go has a
// pointer to its sudog (0: nobody waits). The elements follow at offset TH_HCHAN_SIZE.
#define TH_HCHAN_FIELDS(X)       \
    X(HCHAN, qcount, 0, 8)       \
    X(HCHAN, dataqsiz, 8, 8)     \
    X(HCHAN, buf, 16, 8)         \
    X(HCHAN, elemsize, 24, 2)    \
    X(HCHAN, closed, 28, 4)      \
    X(HCHAN, elemtype, 32, 8)    \
    X(HCHAN, sendx, 40, 8)       \
    X(HCHAN, recvx, 48, 8)       \
    X(HCHAN, recvq_first, 56, 8) \
    X(HCHAN, recvq_last, 64, 8)  \
    X(HCHAN, sendq_first, 72, 8) \
    X(HCHAN, sendq_last, 80, 8)  \
    X(HCHAN, lock, 88, 8)

// read is an atomic.Value: the type's word, then a pointer to a readOnly.
#define TH_SYNCMAP_FIELDS(X)    \
    X(SYNCMAP, mu, 0, 8)        \
    X(SYNCMAP, read_type, 8, 8) \
    X(SYNCMAP, read, 16, 8)     \
    X(SYNCMAP, dirty, 24, 8)    \
    X(SYNCMAP, misses, 32, 8)

#define TH_SYNC_FIELDS(X)  \
    TH_MUTEX_FIELDS(X)     \
    TH_RWMUTEX_FIELDS(X)   \
    TH_WAITGROUP_FIELDS(X) \
    TH_ONCE_FIELDS(X)      \
    TH_COND_FIELDS(X)      \
    TH_HCHAN_FIELDS(X)     \
    TH_SYNCMAP_FIELDS(X)

enum {
#define X(object, field, offset, size) TH_##object##_##field = offset,
    TH_SYNC_FIELDS(X)
#undef X
        TH_MUTEX_SIZE = 8,
    TH_RWMUTEX_SIZE = 24,
    TH_WAITGROUP_SIZE = 16,
    TH_ONCE_SIZE = 12,
    TH_COND_SIZE = 56,
    TH_HCHAN_SIZE = 96,
    TH_SYNCMAP_SIZE = 40,
};

enum {  // Mutex.state: three flags, then the number of waiters
    TH_MUTEX_LOCKED = 1,
    TH_MUTEX_WOKEN = 2,
    TH_MUTEX_STARVING = 4,
    TH_MUTEX_WAITER_SHIFT = 3,
};

enum { TH_RWMUTEX_MAX_READERS = 1 << 30 };

#endif
