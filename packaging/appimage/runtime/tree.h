#pragma once
#include <limits.h>
#include <stdbool.h>

/// Makes a folder of its own for this run, which only the user may enter, in TMPDIR or where else
/// there is room for such. `executable`: programs may be started from there. Says so and returns
/// false when there is no such place.
bool make_folder(char folder[PATH_MAX], bool executable);

/// Removes a folder and all in it; follows no links and enters no other file system.
void remove_tree(const char *folder);
