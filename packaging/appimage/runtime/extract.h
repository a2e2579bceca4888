#pragma once
#include "image.h"

#include <stdbool.h>

struct extraction {
    const char *folder;  ///< made when it is not there; nothing is ever written outside of it
    const char *pattern; ///< as a shell's, of paths from the root; what it names brings all below. NULL: all
    bool tell;           ///< prints each path
};

/// Writes the files, folders and links in `image`. Links stay what they are and are never followed; what
/// would be written elsewhere, and devices, are refused. Owner and set-user bits are not taken over.
/// Says what is wrong and returns false then, with what was written before in place.
bool extract(const struct image *image, const struct extraction *wanted);
