#include "keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { unused = -1 };

static void leave_the_terminal(void)
{
    const int nothing = open("/dev/null", O_RDWR);
    for (int fd = 0; fd <= 2; ++fd)
        if (dup2(nothing, fd) < 0)
            close(fd);
    if (nothing > 2)
        close(nothing);
    if (chdir("/") != 0)
        return; // Then it stays where it is, and that file system is busy meanwhile.
}

/// Until those who need it have gone, or what is kept has.
static void keep(struct task *task, int alive, int app)
{
    struct pollfd watched[] = {{alive, POLLIN, 0}, {app, POLLIN, 0}, {task->fd, POLLIN, 0}};
    while (watched[0].fd != unused || watched[1].fd != unused) {
        if (poll(watched, 3, -1) < 0) {
            if (errno == EINTR)
                continue;
            return;
        }
        for (int i = 0; i < 2; ++i)
            if (watched[i].revents)
                watched[i].fd = unused;
        if (watched[2].revents && !task->serve(task))
            return;
    }
}

/// What serves may fall over a damaged image; what cleans up after it must not.
static void keep_in_child(struct task *task, int alive, int app)
{
    const pid_t child = task->fd == unused ? -1 : fork();
    if (child > 0) {
        waitpid(child, NULL, 0);
        return;
    }
    keep(task, alive, app);
    if (child == 0)
        _exit(0);
}

static void keeper_main(struct task *task, int alive, int report, int app)
{
    leave_the_terminal();
    prctl(PR_SET_NAME, "appimage-keeper");
    // What ends the program ends not this one: it goes after it. What it starts is short.
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    if (!task->begin(task))
        _exit(1);
    if (write(report, "", 1) == 1)
        keep_in_child(task, alive, app);
    task->end(task);
    _exit(0);
}

/// Readable when the process ends; -1 where the kernel has no such thing: then `alive` must do.
static int watch_process(pid_t process)
{
    return process > 0 ? (int)syscall(SYS_pidfd_open, process, 0) : unused;
}

bool keeper_start(struct keeper *keeper, struct task *task, pid_t app)
{
    int alive[2], report[2];
    // `alive` stays open in what the program starts.
    if (pipe(alive) != 0 || pipe2(report, O_CLOEXEC) != 0)
        return false;
    fcntl(alive[0], F_SETFD, FD_CLOEXEC);
    const int watched = watch_process(app);
    // A child of the program would be one more than it knows of, so the keeper is init's.
    const pid_t between = fork();
    if (between == 0) {
        setsid();
        if (fork() != 0)
            _exit(0);
        close(alive[1]);
        close(report[0]);
        keeper_main(task, alive[0], report[1], watched);
    }
    close(alive[0]);
    close(report[1]);
    if (watched >= 0)
        close(watched);
    keeper->alive = alive[1];
    keeper->report = report[0];
    char ready;
    bool good = between > 0 && waitpid(between, NULL, 0) == between;
    good = good && read(report[0], &ready, 1) == 1;
    if (!good)
        keeper_end(keeper);
    return good;
}

void keeper_end(struct keeper *keeper)
{
    char nothing;
    close(keeper->alive);
    while (read(keeper->report, &nothing, 1) > 0 || errno == EINTR)
        errno = 0;
    close(keeper->report);
}
