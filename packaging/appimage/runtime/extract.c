#include "extract.h"

#include "say.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/// Deeper than any program's folders: a damaged image may hold a folder that is inside itself.
enum { deepest = 100 };

struct folder {
    struct folder *parent;
    const char *name;
    int fd; ///< -1 until something is written into it
    int depth;
};

struct work {
    sqfs *fs;
    const struct extraction *wanted;
    unsigned char *block;
    size_t written; ///< entries
};

static bool folder_out(struct work *work, sqfs_inode *inode, struct folder *here, const char *path, bool all);

static bool failed(const char *what, const char *path)
{
    say("cannot %s %s: %s", what, path, strerror(errno));
    return false;
}

static bool damaged(const char *path)
{
    say("the image is damaged: %s cannot be read. Download it again", path);
    return false;
}

/// Opens the folder, after those above it. A link in its place is not followed.
static bool ensure(struct folder *here, const char *path)
{
    if (here->fd >= 0)
        return true;
    if (here->parent && !ensure(here->parent, path))
        return false;
    const int in = here->parent ? here->parent->fd : AT_FDCWD;
    if (mkdirat(in, here->name, 0700) != 0 && errno != EEXIST)
        return failed("make the folder of", path);
    here->fd = openat(in, here->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    return here->fd >= 0 || failed("enter the folder of", path);
}

static bool is_name(const char *name, size_t size)
{
    return *name && strlen(name) == size && !strchr(name, '/') && strcmp(name, ".") != 0 &&
           strcmp(name, "..") != 0;
}

static bool contents_out(struct work *work, sqfs_inode *inode, int file, const char *path)
{
    for (uint64_t at = 0; at < inode->xtra.reg.file_size;) {
        sqfs_off_t size = work->fs->sb.block_size;
        if (sqfs_read_range(work->fs, inode, (sqfs_off_t)at, &size, work->block) != SQFS_OK || size <= 0)
            return damaged(path);
        for (sqfs_off_t done = 0; done < size;) {
            const ssize_t wrote = write(file, work->block + done, (size_t)(size - done));
            if (wrote < 0 && errno != EINTR)
                return failed("write", path);
            done += wrote > 0 ? wrote : 0;
        }
        at += (uint64_t)size;
    }
    return true;
}

static bool file_out(struct work *work, sqfs_inode *inode, int in, const char *name, const char *path)
{
    const mode_t mode = inode->base.mode & 0777;
    const int file = openat(in, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0)
        return failed("write", path);
    const struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = (time_t)inode->base.mtime}};
    bool good = contents_out(work, inode, file, path);
    if (good && (fchmod(file, mode) != 0 || futimens(file, times) != 0))
        good = failed("write", path);
    if (close(file) != 0 && good)
        good = failed("write", path);
    return good;
}

static bool link_out(struct work *work, sqfs_inode *inode, int in, const char *name, const char *path)
{
    char target[PATH_MAX];
    size_t size = sizeof target;
    if (inode->xtra.symlink_size >= sizeof target || sqfs_readlink(work->fs, inode, target, &size) != SQFS_OK)
        return damaged(path);
    return symlinkat(target, in, name) == 0 || failed("write", path);
}

/// A file or a link; one of the same name from before goes.
static bool leaf_out(struct work *work, sqfs_inode *inode, struct folder *here, const char *name, const char *path)
{
    if (!ensure(here, path))
        return false;
    if (unlinkat(here->fd, name, 0) != 0 && errno != ENOENT)
        return failed("replace", path);
    if (S_ISREG(inode->base.mode))
        return file_out(work, inode, here->fd, name, path);
    if (S_ISLNK(inode->base.mode))
        return link_out(work, inode, here->fd, name, path);
    say("%s is neither file nor folder nor link: refused", path);
    return false;
}

static bool wants(const struct work *work, const char *path)
{
    return !work->wanted->pattern || fnmatch(work->wanted->pattern, path, FNM_FILE_NAME | FNM_LEADING_DIR) == 0;
}

static bool entry_out(struct work *work, sqfs_dir_entry *entry, struct folder *here, const char *above, bool all)
{
    char path[PATH_MAX];
    const char *const name = sqfs_dentry_name(entry); // ends it with its zero
    if (!is_name(name, sqfs_dentry_name_size(entry))) {
        say("the image holds a file named \"%s\" in \"%s\": refused", name, above);
        return false;
    }
    const int length = snprintf(path, sizeof path, "%s%s%s", above, *above ? "/" : "", name);
    if (length >= PATH_MAX || here->depth >= deepest) {
        say("the image is damaged: its folders have no end");
        return false;
    }
    sqfs_inode inode;
    if (sqfs_inode_get(work->fs, &inode, sqfs_dentry_inode(entry)) != SQFS_OK)
        return damaged(path);
    all = all || wants(work, path);
    struct folder below = {here, name, -1, here->depth + 1};
    if (all) {
        ++work->written;
        if (work->wanted->tell)
            printf("%s/%s\n", work->wanted->folder, path);
    }
    if (!S_ISDIR(inode.base.mode))
        return !all || leaf_out(work, &inode, here, name, path);
    const bool good = (!all || ensure(&below, path)) && folder_out(work, &inode, &below, path, all);
    if (below.fd >= 0) {
        // Its owner may always write and enter, or it could not be removed again.
        fchmod(below.fd, (inode.base.mode & 0777) | 0700);
        close(below.fd);
    }
    return good;
}

/// `all`: the pattern named a folder above.
static bool folder_out(struct work *work, sqfs_inode *inode, struct folder *here, const char *path, bool all)
{
    sqfs_dir dir;
    sqfs_name name;
    sqfs_dir_entry entry;
    sqfs_err error = SQFS_OK;
    if (sqfs_dir_open(work->fs, inode, &dir, 0) != SQFS_OK)
        return damaged(path);
    sqfs_dentry_init(&entry, name);
    while (sqfs_dir_next(work->fs, &dir, &entry, &error))
        if (!entry_out(work, &entry, here, path, all))
            return false;
    return error == SQFS_OK || damaged(path);
}

static bool all_out(sqfs *fs, const struct extraction *wanted)
{
    struct work work = {fs, wanted, malloc(fs->sb.block_size), 0};
    struct folder root = {NULL, wanted->folder, -1, 0};
    sqfs_inode inode;
    if (!work.block || sqfs_inode_get(fs, &inode, sqfs_inode_root(fs)) != SQFS_OK || !S_ISDIR(inode.base.mode)) {
        free(work.block);
        return damaged("its root");
    }
    bool good = folder_out(&work, &inode, &root, "", !wanted->pattern);
    if (good && work.written == 0) {
        say("nothing in it is named %s", wanted->pattern ? wanted->pattern : "anything");
        good = false;
    }
    if (root.fd >= 0)
        close(root.fd);
    free(work.block);
    return good;
}

/// libsquashfuse trusts what it reads: a damaged image may take this process with it, so it is one of its own.
bool extract(const struct image *image, const struct extraction *wanted)
{
    fflush(stdout);
    const pid_t parent = getpid();
    const pid_t child = fork();
    if (child == 0) {
        sqfs fs;
        // It ends with the one that waits for it, however that ends.
        if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent)
            _exit(1);
        const bool good = image_filesystem(image, &fs) && all_out(&fs, wanted) && fflush(stdout) == 0;
        _exit(good ? 0 : 1);
    }
    int status;
    if (child < 0 || waitpid(child, &status, 0) != child)
        return failed("start a process for", image->path);
    if (!WIFEXITED(status))
        damaged(image->path);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
