#pragma once
#include <QByteArray>
#include <QImage>

namespace facetrack::console {

/// JPEG to an image by libjpeg-turbo, at the smallest of its scales (eighths) that is at least
/// `wanted` wide, which costs less than decoding all and scaling. Thread-bound.
class PictureDecoder
{
public:
    PictureDecoder();
    ~PictureDecoder();
    PictureDecoder(const PictureDecoder &) = delete;
    PictureDecoder &operator=(const PictureDecoder &) = delete;

    /// Format_RGB32; null for what is no JPEG. `wanted` in pixels; 0: all of it.
    QImage decode(const QByteArray &jpeg, int wanted);

private:
    void *const m_handle; // a tjhandle, which is a void pointer
};

} // namespace facetrack::console
