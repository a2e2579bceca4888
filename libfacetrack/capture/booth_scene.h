// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "libfacetrack/base/export.h"
#include "libfacetrack/model/box.h"

namespace facetrack {

struct BoothOptions
{
    std::uint64_t seed = 1; ///< another seed, another room and other people
    int people =
        4; ///< how many are in the scene at a time; whoever leaves is followed by somebody new
    int width = 1088; ///< pixels, at least 16
    int height = 720; ///< pixels, at least 16
    double fps = 30;  ///< frames per second of scene time
};

/// One face that is really in a frame.
struct BoothTruth
{
    std::uint32_t person = 0; ///< unique among all persons that ever come into the scene
    /// The face box as fractions 0..1 of the frame's width and height, cut to the frame; of the
    /// extent which the stock cascade `haarcascade_frontalface_default.xml` reports: a square from
    /// the forehead to the chin.
    float x = 0;
    float y = 0;
    float w = 0;
    float h = 0;
    float visible =
        1; ///< share of the face that is inside the picture and hidden by nobody and nothing, 0..1
};

/// Somebody who is there, seen or not.
struct BoothPerson
{
    std::uint32_t person = 0; ///< as in BoothTruth
    float x = 0;              ///< metres on the floor, to the right of the camera
    float z = 0;              ///< metres on the floor, away from it
    float yaw = 0;            ///< of the head, radians; 0 faces the camera
    bool inPicture = false;   ///< the whole face box lies between the picture's left and right edge
    float visible = 0;        ///< as in BoothTruth
    Box face;                 ///< as in BoothTruth, but not cut to the frame
};

/// A made-up booth: people come in by the sides and the door, stop to look, pass in front of one
/// another and leave, in a room with furniture, drifting light and sensor noise. They keep their
/// distance (booth_plans.h): up to eight at a time hardly ever come closer than arm's length. No
/// pictures of anybody are used, all of it is drawn.
///
/// Every frame and every truth is a pure function of the options and the frame's index: frames may
/// be asked for in any order, and come out with the same bytes in every run. (On processors with
/// fused multiply-add, compile with
/// `-ffp-contract=off` to have the same bytes as elsewhere.) A scene has no end, and its memory is
/// bounded: it keeps the room, the sprites of at most `people` persons and the ways of some more.
///
/// *Truth* lists a face when a frontal face detector has a fair chance, and only then:
///  - the head's yaw is at most kFrontalYaw to either side (people look elsewhere for a second or
///  so at times, and turn
///    away when they leave);
///  - at least kVisibleShare of the face is visible;
///  - the box is at least kSmallestFace of the picture's reference width (see booth_scene.cpp)
///  wide,
///    26 pixels at 1088x720.
///
/// Not thread-safe: one thread at a time.
class FACETRACK_EXPORT BoothScene
{
public:
    static constexpr float kFrontalYaw =
        0.75F; ///< radians, 43 degrees: beyond it the cascade finds less than half
    static constexpr float kVisibleShare = 0.6F;
    static constexpr float kSmallestFace = 26.0F / 1088;

    explicit BoothScene(BoothOptions options);
    ~BoothScene();
    BoothScene(BoothScene &&) noexcept;
    BoothScene &operator=(BoothScene &&) noexcept;

    const BoothOptions &options() const;

    /// Draws frame `index` as full-range I420 (BT.601, as in JPEG). The planes are width x height,
    /// and twice (width+1)/2 x (height+1)/2; strides are in bytes.
    void render(std::uint64_t index, std::uint8_t *y, int yStride, std::uint8_t *u, int uStride,
                std::uint8_t *v, int vStride);

    /// The faces in frame `index`; see above for which.
    std::vector<BoothTruth> truth(std::uint64_t index) const;

    /// Everybody who is there in frame `index`, in no special order.
    std::vector<BoothPerson> people(std::uint64_t index) const;

    /// Bytes kept in the room and the sprites.
    std::size_t cachedBytes() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace facetrack
