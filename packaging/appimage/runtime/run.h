#pragma once
#include "image.h"

/// Becomes the program in the image: AppRun from a mount, or from a copy in a temporary folder when
/// `extracted` is set or there is no FUSE. Returns only when that fails, after it said why.
void run(const struct image *image, int count, char **arguments, bool extracted);

/// Mounts, prints where, and waits for an interrupt. The status to end with.
int mount_until_interrupted(const struct image *image);
