#include "console/live/picture_decoder.h"

#include <turbojpeg.h>

namespace facetrack::console {

namespace {

QSize scaled(int width, int height, int wanted)
{
    for (int eighths = 1; eighths < 8; ++eighths) {
        const tjscalingfactor factor{eighths, 8};
        if (wanted > 0 && TJSCALED(width, factor) >= wanted)
            return {TJSCALED(width, factor), TJSCALED(height, factor)};
    }
    return {width, height};
}

} // namespace

PictureDecoder::PictureDecoder() : m_handle(tjInitDecompress()) {}

PictureDecoder::~PictureDecoder()
{
    tjDestroy(m_handle);
}

QImage PictureDecoder::decode(const QByteArray &jpeg, int wanted)
{
    const auto *const bytes = reinterpret_cast<const unsigned char *>(jpeg.constData());
    const auto length = static_cast<unsigned long>(jpeg.size());
    int width = 0, height = 0, subsampling = 0, colours = 0;
    if (tjDecompressHeader3(m_handle, bytes, length, &width, &height, &subsampling, &colours) != 0)
        return {};
    const QSize size = scaled(width, height, wanted);
    QImage image(size, QImage::Format_RGB32);
    if (image.isNull())
        return {};
    const int done = tjDecompress2(m_handle, bytes, length, image.bits(), size.width(),
                                   static_cast<int>(image.bytesPerLine()), size.height(),
                                   Q_BYTE_ORDER == Q_LITTLE_ENDIAN ? TJPF_BGRX : TJPF_XRGB,
                                   TJFLAG_FASTUPSAMPLE);
    // A warning, such as a few bytes missing at the end, still gives a picture.
    return done == 0 || tjGetErrorCode(m_handle) == TJERR_WARNING ? image : QImage();
}

} // namespace facetrack::console
