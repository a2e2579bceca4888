#pragma once
#include <stdbool.h>
#include <sys/types.h>

/// What a keeper looks after: a mount or a folder that has to go when nobody needs it any more.
struct task {
    bool (*begin)(struct task *); ///< false: it did not come to be, and `end` is not called
    bool (*serve)(struct task *); ///< `fd` can be read; false: it is gone already
    void (*end)(struct task *);
    int fd; ///< set by `begin`; -1: nothing to serve
};

struct keeper {
    int alive;  ///< the keeper ends when this process and all that inherited it have closed it
    int report; ///< from the keeper: a byte when it has begun; its end when all is cleaned up
};

/// Starts a process of its own, no child of this one, that does `task`. Returns when it has begun, or
/// false when it did not. The process `app` (0: none) may close all its files and counts all the same.
/// Signals do not end a keeper: it goes when what it looks after is needed no longer.
bool keeper_start(struct keeper *keeper, struct task *task, pid_t app);

/// Lets it clean up, and waits until it has (for one started with no `app`).
void keeper_end(struct keeper *keeper);
