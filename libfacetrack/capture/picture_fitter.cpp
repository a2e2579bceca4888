#include "libfacetrack/capture/picture_fitter.h"

#include "libfacetrack/capture/bt709.h"

#include <algorithm>
#include <array>
#include <cstring>

extern "C" {
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
}

namespace facetrack {

namespace {

/// The "J" formats are the plain ones with full range; libswscale warns about their names.
AVPixelFormat plainFormat(int format)
{
    switch (format) {
    case AV_PIX_FMT_YUVJ420P:
        return AV_PIX_FMT_YUV420P;
    case AV_PIX_FMT_YUVJ411P:
        return AV_PIX_FMT_YUV411P;
    case AV_PIX_FMT_YUVJ422P:
        return AV_PIX_FMT_YUV422P;
    case AV_PIX_FMT_YUVJ440P:
        return AV_PIX_FMT_YUV440P;
    case AV_PIX_FMT_YUVJ444P:
        return AV_PIX_FMT_YUV444P;
    default:
        return static_cast<AVPixelFormat>(format);
    }
}

bool isYuv(AVPixelFormat format)
{
    const AVPixFmtDescriptor *about = av_pix_fmt_desc_get(format);
    return about && !(about->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL))
           && about->nb_components >= 3;
}

bool isFullRange(const AVFrame &picture)
{
    const AVPixelFormat plain = plainFormat(picture.format);
    if (plain != picture.format || picture.color_range == AVCOL_RANGE_JPEG)
        return true;
    // Grey and RGB are 0..255 unless they say otherwise; YUV is the other way round.
    return picture.color_range == AVCOL_RANGE_UNSPECIFIED && !isYuv(plain);
}

int even(int value)
{
    return std::max(2, value & ~1);
}

/// The largest size of `inner`'s aspect inside `outer`; even, so that chroma rows line up.
Size inside(Size outer, Size inner)
{
    const std::int64_t byWidth = std::int64_t{outer.width} * inner.height;
    const std::int64_t byHeight = std::int64_t{outer.height} * inner.width;
    if (byWidth <= byHeight)
        return {outer.width, std::min(outer.height, even(static_cast<int>(byWidth / inner.width)))};
    return {std::min(outer.width, even(static_cast<int>(byHeight / inner.height))), outer.height};
}

/// Cuts what stands out at the sides, without copying: only pointers and sizes change.
Result<av::FrameHolder> cropped(const AVFrame &picture, Size aspect)
{
    av::FrameHolder view(av_frame_clone(&picture));
    if (!view)
        return fail(ErrorCode::Internal, {}, "out of memory");
    const Size kept = inside({view->width, view->height}, aspect);
    const auto cut = [](int all, int part) { return static_cast<std::size_t>((all - part) / 4 * 2); };
    view->crop_left = cut(view->width, kept.width);
    view->crop_top = cut(view->height, kept.height);
    view->crop_right = static_cast<std::size_t>(view->width - kept.width) - view->crop_left;
    view->crop_bottom = static_cast<std::size_t>(view->height - kept.height) - view->crop_top;
    const int applied = av_frame_apply_cropping(view.get(), AV_FRAME_CROP_UNALIGNED);
    if (applied < 0)
        return fail(ErrorCode::Internal, {}, "cropping failed: " + av::errorText(applied));
    return view;
}

FrameBuilder turned(FrameBuilder from, const Turn &turn, Size stored)
{
    FrameBuilder to(PixelFormat::I420, turn.upright(stored));
    for (int i = 0; i < 3; ++i) {
        const MutablePlane in = from.plane(i);
        turnPlane({in.data, in.stride, in.width, in.height}, to.plane(i), turn);
    }
    return to;
}

/// `inner` in the middle of black. Scaled apart and copied, because libswscale may write a few
/// samples beyond a row's end, which is only harmless where rows are padded.
FrameBuilder letterboxed(FrameBuilder inner, Size size)
{
    FrameBuilder outer(PixelFormat::I420, size);
    const MutablePlane innerLuma = inner.plane(0);
    const int left = (size.width - innerLuma.width) / 4 * 2;
    const int top = (size.height - innerLuma.height) / 4 * 2;
    for (int i = 0; i < 3; ++i) {
        const MutablePlane in = inner.plane(i);
        const MutablePlane out = outer.plane(i);
        std::memset(out.data, i == 0 ? 0 : 128,
                    static_cast<std::size_t>(out.stride) * static_cast<std::size_t>(out.height));
        const int x = i == 0 ? left : left / 2;
        const int y = i == 0 ? top : top / 2;
        for (int row = 0; row < in.height; ++row)
            std::memcpy(out.data + static_cast<std::ptrdiff_t>(y + row) * out.stride + x,
                        in.data + static_cast<std::ptrdiff_t>(row) * in.stride,
                        static_cast<std::size_t>(in.width));
    }
    return outer;
}

Turn ownTurn(const AVFrame &picture, const Turn &fallback)
{
    const AVFrameSideData *side = av_frame_get_side_data(&picture, AV_FRAME_DATA_DISPLAYMATRIX);
    if (!side || side->size < 9 * sizeof(std::int32_t))
        return fallback;
    std::array<std::int32_t, 9> matrix{};
    std::memcpy(matrix.data(), side->data, sizeof matrix);
    return Turn::fromDisplayMatrix(matrix.data());
}

} // namespace

Result<void> PictureFitter::prepare(const Task &task)
{
    if (m_scaler && task == m_task)
        return {};
    m_scaler.reset(sws_alloc_context());
    if (!m_scaler)
        return fail(ErrorCode::Internal, {}, "out of memory");
    const AVPixelFormat format = plainFormat(task.format);
    // Bilinear is what detectors' training and OpenCV's resize use, and a third of bicubic's cost.
    // From RGB, only the accurate path heeds the wanted range: the quick one always writes limited.
    const int flags = SWS_BILINEAR | (isYuv(format) ? 0 : SWS_ACCURATE_RND | SWS_FULL_CHR_H_INP);
    const auto set = [this](const char *name, int value) {
        av_opt_set_int(m_scaler.get(), name, value, 0);
    };
    set("srcw", task.from.width);
    set("srch", task.from.height);
    set("src_format", format);
    set("src_range", task.fullRange);
    set("dstw", task.to.width);
    set("dsth", task.to.height);
    set("dst_format", AV_PIX_FMT_YUV420P);
    set("dst_range", 1);
    set("sws_flags", flags);
    const int made = sws_init_context(m_scaler.get(), nullptr, nullptr);
    if (made < 0) {
        m_scaler.reset();
        return fail(ErrorCode::Corrupt, {}, "a picture's size or kind cannot be handled: "
                                                + av::errorText(made));
    }
    // The same coefficients on both sides: otherwise libswscale goes through RGB.
    const int *coefficients = sws_getCoefficients(SWS_CS_ITU601);
    sws_setColorspaceDetails(m_scaler.get(), coefficients, task.fullRange, coefficients, 1, 0,
                             1 << 16, 1 << 16);
    m_task = task;
    return {};
}

Result<FrameBuilder> PictureFitter::scaled(const AVFrame &picture, Size to)
{
    const Task task{{picture.width, picture.height}, picture.format, isFullRange(picture), to};
    if (const auto ready = prepare(task); !ready)
        return tl::unexpected(ready.error());
    FrameBuilder frame(PixelFormat::I420, to);
    std::array<std::uint8_t *, 4> planes{};
    std::array<int, 4> strides{};
    for (int i = 0; i < 3; ++i) {
        planes[static_cast<std::size_t>(i)] = frame.plane(i).data;
        strides[static_cast<std::size_t>(i)] = frame.plane(i).stride;
    }
    const int rows = sws_scale(m_scaler.get(), picture.data, picture.linesize, 0, picture.height,
                               planes.data(), strides.data());
    if (rows != to.height)
        return fail(ErrorCode::Internal, {}, "scaling failed");
    if (picture.colorspace == AVCOL_SPC_BT709 && isYuv(plainFormat(picture.format)))
        convertBt709ToBt601(frame.plane(0), frame.plane(1), frame.plane(2));
    return frame;
}

Result<FrameBuilder> PictureFitter::fit(const AVFrame &picture, Turn turn)
{
    turn = ownTurn(picture, turn);
    const Size own{picture.width, picture.height};
    // What happens before turning happens to the picture as it is stored.
    const Size wanted = m_size.empty() ? own : turn.upright(m_size);
    av::FrameHolder view;
    if (m_fit == Fit::Crop && wanted != own) {
        auto cut = cropped(picture, wanted);
        if (!cut)
            return tl::unexpected(cut.error());
        view = std::move(*cut);
    }
    const Size inner = m_fit == Fit::Letterbox ? inside(wanted, own) : wanted;
    auto frame = scaled(view ? *view : picture, inner);
    if (!frame)
        return frame;
    if (!turn.none())
        frame = turned(std::move(*frame), turn, inner);
    if (inner != wanted)
        frame = letterboxed(std::move(*frame), m_size);
    return frame;
}

} // namespace facetrack
