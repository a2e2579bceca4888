#include "image.h"

#include "say.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool read_at(int fd, void *to, size_t size, size_t offset)
{
    return pread(fd, to, size, (off_t)offset) == (ssize_t)size;
}

/// The section headers are the last thing in a stripped ELF file; all who read AppImages count so.
static size_t end_of_elf(int fd)
{
    Elf64_Ehdr elf;
    if (!read_at(fd, &elf, sizeof elf, 0))
        return 0;
    return elf.e_shoff + (size_t)elf.e_shnum * elf.e_shentsize;
}

bool image_open(struct image *image)
{
    const ssize_t length = readlink("/proc/self/exe", image->path, sizeof image->path - 1);
    if (length < 0) {
        say("cannot find itself: %s. /proc must be mounted", strerror(errno));
        return false;
    }
    image->path[length] = '\0';
    image->fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    if (image->fd < 0) {
        say("cannot read %s: %s", image->path, strerror(errno));
        return false;
    }
    image->offset = end_of_elf(image->fd);
    return true;
}

/// What libsquashfuse does not look at, or tells without words.
static const char *wrong_with(const struct squashfs_super_block *super, size_t room)
{
    if (super->s_magic != SQUASHFS_MAGIC)
        return "holds no program: there is no squashfs behind its runtime";
    if (super->bytes_used > room)
        return "is not whole: it was broken off while it was copied. Download it again";
    if (super->s_major != SQUASHFS_MAJOR || super->block_log > SQUASHFS_FILE_MAX_LOG ||
        super->block_size != 1U << super->block_log || super->block_size < 4096)
        return "is damaged: its file system cannot be read. Download it again";
    if (super->compression != ZSTD_COMPRESSION && super->compression != ZLIB_COMPRESSION)
        return "is packed in a way that this runtime has no code for (zstd and gzip are what it knows)";
    return NULL;
}

bool image_filesystem(const struct image *image, sqfs *fs)
{
    struct squashfs_super_block super;
    struct stat file;
    const char *wrong = NULL;
    if (fstat(image->fd, &file) != 0 || !read_at(image->fd, &super, sizeof super, image->offset))
        wrong = "holds no program: nothing stands behind its runtime";
    if (!wrong)
        wrong = wrong_with(&super, (size_t)file.st_size - image->offset);
    if (!wrong && sqfs_init(fs, image->fd, image->offset) != SQFS_OK)
        wrong = "is damaged: its file system cannot be read. Download it again";
    if (wrong)
        say("%s %s", image->path, wrong);
    return !wrong;
}
