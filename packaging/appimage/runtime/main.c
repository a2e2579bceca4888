// The part of an AppImage that runs first (type 2 of the AppImage specification): it mounts or unpacks
// the file system behind it and becomes the program in there.
#include "extract.h"
#include "image.h"
#include "run.h"
#include "say.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { cannotRun = 127 }; // as shells tell it

static const char help[] =
    "Options of the AppImage itself; all others go to the program in it:\n"
    "  --appimage-help                this\n"
    "  --appimage-version             the version of the runtime\n"
    "  --appimage-offset              where the file system begins in the file, in bytes\n"
    "  --appimage-mount               mount it, print where, and wait for Ctrl-C\n"
    "  --appimage-extract [PATTERN]   unpack it to squashfs-root, or what the pattern names, such as 'usr/bin/*'\n"
    "  --appimage-extract-and-run     run the program from a temporary copy: needs no FUSE\n"
    "\n"
    "APPIMAGE_EXTRACT_AND_RUN=1 does the last for all. Copies and mounts are made in TMPDIR.\n"
    "The program is told APPIMAGE (this file), APPDIR (where it is mounted), OWD (the folder it was called\n"
    "in) and ARGV0 (the name it was called by).\n";

/// Whoever closed them must not find our pipes there.
static void have_standard_files(void)
{
    int fd;
    do
        fd = open("/dev/null", O_RDWR);
    while (fd >= 0 && fd <= 2);
    if (fd > 2)
        close(fd);
}

static int extract_here(const struct image *image, const char *pattern)
{
    static const char folder[] = "squashfs-root";
    if (pattern && strncmp(pattern, "./", 2) == 0)
        pattern += 2;
    return extract(image, &(struct extraction){folder, pattern, true}) ? 0 : 1;
}

/// The status of an option of the runtime; -1: `option` is none of them.
static int own_option(const struct image *image, const char *option, const char *value)
{
    static const char ours[] = "--appimage-";
    if (strncmp(option, ours, sizeof ours - 1) != 0)
        return -1;
    option += sizeof ours - 1;
    if (strcmp(option, "help") == 0)
        return fputs(help, stdout) < 0;
    if (strcmp(option, "version") == 0)
        return printf("facetrack's AppImage runtime %s\n", RUNTIME_VERSION) < 0;
    if (strcmp(option, "offset") == 0)
        return printf("%zu\n", image->offset) < 0;
    if (strcmp(option, "mount") == 0)
        return mount_until_interrupted(image);
    if (strcmp(option, "extract") == 0)
        return extract_here(image, value);
    say("there is no option --appimage-%s; --appimage-help lists them", option);
    return 2;
}

static bool wants_copy(void)
{
    const char *const wish = getenv("APPIMAGE_EXTRACT_AND_RUN");
    return wish && *wish && strcmp(wish, "0") != 0;
}

int main(int count, char **arguments)
{
    have_standard_files();
    struct image image;
    if (!image_open(&image))
        return cannotRun;
    bool extracted = wants_copy();
    if (count > 1 && strcmp(arguments[1], "--appimage-extract-and-run") == 0) {
        extracted = true;
        arguments[1] = arguments[0];
        ++arguments;
        --count;
    } else if (count > 1) {
        const int status = own_option(&image, arguments[1], count > 2 ? arguments[2] : NULL);
        if (status >= 0)
            return status;
    }
    run(&image, count, arguments, extracted);
    return cannotRun;
}
