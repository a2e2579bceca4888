// What libsquashfuse refers to and is never called here. Packings of which Debian has no static library:
// images are packed with zstd or gzip, and image.c refuses the others. And the parts of libfuse for
// programs of another shape, which would bring in half of it, with modules to load.
#include <stddef.h>
#include <stdint.h>

int LZ4_decompress_safe(const char *from, char *to, int size, int room);
int lzo1x_decompress_safe(const unsigned char *from, size_t size, unsigned char *to, size_t *room, void *memory);
int lzma_stream_buffer_decode(uint64_t *limit, uint32_t flags, const void *allocator, const uint8_t *from,
                              size_t *fromAt, size_t size, uint8_t *to, size_t *toAt, size_t room);
int lzma_alone_decoder(void *stream, uint64_t limit);
int lzma_code(void *stream, int action);
void lzma_end(void *stream);
int fuse_daemonize(int foreground);
void fuse_cmdline_help(void);
void cuse_lowlevel_init(void *request, uint64_t node, const void *argument);

int LZ4_decompress_safe(const char *, char *, int, int)
{
    return -1;
}

int lzo1x_decompress_safe(const unsigned char *, size_t, unsigned char *, size_t *, void *)
{
    return -1;
}

int lzma_stream_buffer_decode(uint64_t *, uint32_t, const void *, const uint8_t *, size_t *, size_t, uint8_t *,
                              size_t *, size_t)
{
    return 5; // LZMA_MEM_ERROR
}

// These three since squashfuse 0.2.
int lzma_alone_decoder(void *, uint64_t)
{
    return 5;
}

int lzma_code(void *, int)
{
    return 5;
}

void lzma_end(void *) {}

int fuse_daemonize(int)
{
    return -1;
}

void fuse_cmdline_help(void) {}

void cuse_lowlevel_init(void *, uint64_t, const void *) {}
