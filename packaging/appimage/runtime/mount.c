#include "mount.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include <squashfuse/ll.h>

static const struct fuse_lowlevel_ops operations = {
    .lookup = sqfs_ll_op_lookup,
    .forget = sqfs_ll_op_forget,
    .getattr = sqfs_ll_op_getattr,
    .readlink = sqfs_ll_op_readlink,
    .open = sqfs_ll_op_open,
    .read = sqfs_ll_op_read,
    .release = sqfs_ll_op_release,
    .opendir = sqfs_ll_op_opendir,
    .readdir = sqfs_ll_op_readdir,
    .releasedir = sqfs_ll_op_releasedir,
    .statfs = stfs_ll_op_statfs,
    .getxattr = sqfs_ll_op_getxattr,
    .listxattr = sqfs_ll_op_listxattr,
};

static void no_words(enum fuse_log_level, const char *, va_list) {}

/// A user's mounts are made and taken away by fusermount3, which finds them again in /etc/mtab.
static bool may_mount(void)
{
    return access("/dev/fuse", R_OK | W_OK) == 0 && (geteuid() == 0 || access("/etc/mtab", R_OK) == 0);
}

static bool begin(struct task *task)
{
    struct mount_task *const mount = (struct mount_task *)task;
    if (!may_mount())
        return false;
    sqfs_ll *const squash = calloc(1, sizeof *squash);
    if (!squash || !image_filesystem(mount->image, &squash->fs) || sqfs_ll_init(squash) != SQFS_OK)
        return false;
    fuse_set_log_func(no_words);
    char *words[] = {"appimage", "-oro,nosuid,nodev,fsname=AppImage,subtype=squashfuse"};
    struct fuse_args args = FUSE_ARGS_INIT(2, words);
    mount->session = fuse_session_new(&args, &operations, sizeof operations, squash);
    fuse_opt_free_args(&args);
    if (!mount->session || fuse_session_mount(mount->session, mount->folder) != 0)
        return false;
    task->fd = fuse_session_fd(mount->session);
    return true;
}

static bool serve(struct task *task)
{
    struct fuse_session *const session = ((struct mount_task *)task)->session;
    static struct fuse_buf request;
    const int size = fuse_session_receive_buf(session, &request);
    if (size == -EINTR || size == -EAGAIN)
        return true;
    if (size <= 0)
        return false; // unmounted by somebody else
    fuse_session_process_buf(session, &request);
    return !fuse_session_exited(session);
}

static void end(struct task *task)
{
    struct mount_task *const mount = (struct mount_task *)task;
    fuse_session_unmount(mount->session);
    rmdir(mount->folder);
}

void mount_task(struct mount_task *mount, const struct image *image, const char *folder)
{
    *mount = (struct mount_task){.task = {begin, serve, end, -1}, .image = image, .folder = folder};
}
