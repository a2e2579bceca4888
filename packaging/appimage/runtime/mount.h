#pragma once
#include "image.h"
#include "keeper.h"

/// Mounts the file system of `image` on `folder` by FUSE, and takes both away in the end.
/// Without FUSE it does not begin, in silence.
struct mount_task {
    struct task task;
    const struct image *image;
    const char *folder;
    struct fuse_session *session;
};

void mount_task(struct mount_task *mount, const struct image *image, const char *folder);
