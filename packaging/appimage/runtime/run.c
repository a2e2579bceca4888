#include "run.h"

#include "extract.h"
#include "keeper.h"
#include "mount.h"
#include "say.h"
#include "tree.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct copy_task {
    struct task task;
    const char *folder;
};

static bool nothing_to_begin(struct task *)
{
    return true;
}

static bool nothing_to_serve(struct task *)
{
    return true;
}

static void remove_copy(struct task *task)
{
    remove_tree(((struct copy_task *)task)->folder);
}

/// The keeper is there before the first file is, so that nothing stays wherever this is broken off.
static bool copy_out(const struct image *image, char folder[PATH_MAX], struct keeper *keeper)
{
    if (!make_folder(folder, true))
        return false;
    struct copy_task copy = {{nothing_to_begin, nothing_to_serve, remove_copy, -1}, folder};
    if (!keeper_start(keeper, &copy.task, getpid())) {
        say("cannot start a process: %s", strerror(errno));
        remove_tree(folder);
        return false;
    }
    return extract(image, &(struct extraction){.folder = folder});
}

static bool mount_it(const struct image *image, char folder[PATH_MAX], struct keeper *keeper, pid_t app)
{
    if (!make_folder(folder, false))
        return false;
    struct mount_task mount;
    mount_task(&mount, image, folder);
    if (keeper_start(keeper, &mount.task, app))
        return true;
    rmdir(folder);
    return false;
}

static void tell_program(const struct image *image, const char *folder, const char *name)
{
    char *const here = getcwd(NULL, 0);
    setenv("APPIMAGE", image->path, 1);
    setenv("APPDIR", folder, 1);
    setenv("OWD", here ? here : "/", 1);
    setenv("ARGV0", name, 1);
    free(here);
}

void run(const struct image *image, int count, char **arguments, bool extracted)
{
    static char folder[PATH_MAX];
    char program[PATH_MAX + sizeof "/AppRun"];
    struct keeper keeper;
    if ((extracted || !mount_it(image, folder, &keeper, getpid())) && !copy_out(image, folder, &keeper))
        return;
    tell_program(image, folder, count > 0 ? arguments[0] : image->path);
    snprintf(program, sizeof program, "%s/AppRun", folder);
    char *const alone[] = {program, NULL};
    if (count > 0)
        arguments[0] = program;
    execv(program, count > 0 ? arguments : alone);
    say("cannot start %s: %s", program, strerror(errno));
}

int mount_until_interrupted(const struct image *image)
{
    static char folder[PATH_MAX];
    struct keeper keeper;
    sqfs fs;
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGHUP);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    if (!image_filesystem(image, &fs))
        return 1;
    if (!mount_it(image, folder, &keeper, 0)) {
        say("cannot mount: this needs /dev/fuse and fusermount3 (Debian's package fuse3). "
            "--appimage-extract needs neither");
        return 1;
    }
    printf("%s\n", folder);
    fflush(stdout);
    int which;
    sigwait(&ends, &which);
    keeper_end(&keeper);
    return 0;
}
