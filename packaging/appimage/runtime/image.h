#pragma once
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include <squashfuse/squashfuse.h>

/// The file that is running, and where in it the file system begins.
struct image {
    int fd;
    size_t offset;       ///< bytes: the runtime ends there
    char path[PATH_MAX]; ///< absolute, without links
};

/// Finds the file by /proc. Says what is wrong and returns false when it cannot be read.
bool image_open(struct image *image);

/// Opens the file system in it. Says what is wrong (nothing there, broken off, damaged, packed in a
/// way that is not built in) and returns false then. The file's descriptor stays the image's.
bool image_filesystem(const struct image *image, sqfs *fs);
