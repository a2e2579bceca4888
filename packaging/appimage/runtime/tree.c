#include "tree.h"

#include "say.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

static bool runs_programs(const char *folder)
{
    struct statvfs there;
    return statvfs(folder, &there) == 0 && !(there.f_flag & ST_NOEXEC);
}

bool make_folder(char folder[PATH_MAX], bool executable)
{
    const char *const places[] = {getenv("TMPDIR"), "/tmp", "/var/tmp", getenv("XDG_RUNTIME_DIR")};
    for (size_t i = 0; i < sizeof places / sizeof *places; ++i) {
        if (!places[i] || places[i][0] != '/' || (executable && !runs_programs(places[i])))
            continue;
        const int length = snprintf(folder, PATH_MAX, "%s/appimage-XXXXXX", places[i]);
        if (length < PATH_MAX && mkdtemp(folder))
            return true;
    }
    say("there is no folder to unpack in. Set TMPDIR to one in which you may write and start programs");
    return false;
}

static int remove_one(const char *path, const struct stat *, int, struct FTW *)
{
    remove(path);
    return 0;
}

void remove_tree(const char *folder)
{
    enum { openFolders = 32 };
    nftw(folder, remove_one, openFolders, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}
