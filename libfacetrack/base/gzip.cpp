#include "libfacetrack/base/gzip.h"

#include <algorithm>
#include <new>
#include <zlib.h>

namespace facetrack {

namespace {

constexpr int gzipWindow = 15 + 16; // the largest window, with gzip's header and check sum

Bytef *bytesOf(std::string_view text)
{
    // zlib reads only, but its interface is older than const.
    return reinterpret_cast<Bytef *>(const_cast<char *>(text.data()));
}

class Inflater
{
public:
    Inflater()
    {
        if (inflateInit2(&m_stream, gzipWindow) != Z_OK)
            throw std::bad_alloc();
    }
    ~Inflater() { inflateEnd(&m_stream); }
    Inflater(const Inflater &) = delete;
    Inflater &operator=(const Inflater &) = delete;

    z_stream &stream() { return m_stream; }

private:
    z_stream m_stream{};
};

} // namespace

std::string gzipped(std::string_view text, int level)
{
    z_stream stream{};
    if (deflateInit2(&stream, level, Z_DEFLATED, gzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
    std::string packed(deflateBound(&stream, text.size()), '\0');
    stream.next_in = bytesOf(text);
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = bytesOf(packed);
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH); // deflateBound() leaves room for all of it
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

Result<std::string> gunzipped(std::string_view bytes, std::size_t most)
{
    Inflater inflater;
    z_stream &stream = inflater.stream();
    stream.next_in = bytesOf(bytes);
    stream.avail_in = static_cast<uInt>(bytes.size());
    std::string text;
    int state = Z_OK;
    while (state == Z_OK) {
        if (stream.total_out == text.size()) {
            if (text.size() > most)
                break;
            // One byte above the limit tells "more" from "just so much".
            text.resize(std::min(most + 1, std::max<std::size_t>(text.size() * 2, 64 * 1024)));
        }
        stream.next_out = bytesOf(text) + stream.total_out;
        stream.avail_out = static_cast<uInt>(text.size() - stream.total_out);
        state = inflate(&stream, Z_NO_FLUSH);
    }
    if (stream.total_out > most)
        return fail(ErrorCode::Full, "gzip",
                    "it holds more than " + std::to_string(most) + " bytes");
    if (state != Z_STREAM_END || stream.avail_in != 0)
        return fail(ErrorCode::Corrupt, "gzip", "the compressed data is damaged or cut short");
    text.resize(stream.total_out);
    return text;
}

} // namespace facetrack
