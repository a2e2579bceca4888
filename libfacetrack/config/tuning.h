#pragma once
#include "libfacetrack/model/box.h"
#include "libfacetrack/model/shape.h"

#include <string>
#include <vector>

namespace facetrack {

/// What only the yunet detector uses.
struct YuNetTuning
{
    std::string model = "yunet_s_640_640.onnx"; ///< file name or path
    double score = 0.6; ///< least score of a face, 0..1
    double nms = 0.3;   ///< boxes that overlap by more (IoU) are one face
    double scale = 0.4; ///< pixels of the picture looked at, for one of the frame

    bool operator==(const YuNetTuning &) const = default;
};

/// How faces are looked for; takes effect at the next frame.
struct DetectTuning
{
    std::string detector = "haar";
    std::string cascade = "haarcascade_frontalface_default.xml"; ///< file name or path
    double scaleFactor = 1.1;
    int minNeighbors = 3;
    Size minSize{30, 30}; ///< pixels of the frame
    Size maxSize{0, 0};   ///< pixels of the frame, 0x0 is no limit
    bool equalize = false;
    std::string schedule = "adaptive"; ///< or "every_frame": the whole of each frame
    int maxDelay = 500;    ///< milliseconds in which the adaptive schedule finds a newcomer
    double cpuBudget = 50; ///< percent of all cores that detection may take
    Box region{0, 0, 1, 1}; ///< fractions of the frame: where to look
    std::vector<Shape> masks; ///< polygons: a face whose middle lies in one is none
    YuNetTuning yunet;

    bool operator==(const DetectTuning &) const = default;
};

/// How faces become visits.
struct TrackTuning
{
    int minHits = 3;               ///< times a face must be found before it is somebody
    double minSeconds = 0.5;       ///< and from the first to the last of them must pass
    double patienceSeconds = 3;    ///< somebody lost for no longer is the same visit
    std::vector<Shape> zones;      ///< polygons in which time is measured
    std::vector<Shape> lines;      ///< two points and two directions each: crossings are counted

    bool operator==(const TrackTuning &) const = default;
};

/// How the picture is sent to viewers who do not ask otherwise.
struct StreamTuning
{
    int quality = 80;    ///< JPEG quality, 1..100
    int width = 0;       ///< pixels, 0 keeps the frame's own
    double fps = 0;      ///< most pictures per second for each viewer, 0 is all
    bool overlay = true; ///< draw boxes
    bool caption = true; ///< burn in name, frame rate and count
    bool shapes = true;  ///< draw zones, lines and masks
    std::string faces = "pixelated"; ///< or "hidden"; "visible": to owners while calibration is open

    bool operator==(const StreamTuning &) const = default;
};

/// How the camera itself is set. What a camera does not have is not asked of it.
struct CameraTuning
{
    std::string exposure = "auto"; ///< or "fixed"
    double exposureMs = 10;        ///< when fixed
    double gain = 1;               ///< of the sensor, when fixed
    double compensation = 0;       ///< stops brighter or darker, when automatic
    std::string light = "normal";  ///< or "low": longer exposures, at a lower rate where need be
    double leastFps = 0;           ///< automatic exposure may slow down to this; 0: the camera's own
    double mostFps = 0;            ///< 0: what the source's address asks for
    std::string whiteBalance = "auto"; ///< a kind of light, or "fixed"
    double redGain = 1.5;              ///< against green, when fixed
    double blueGain = 1.5;             ///< against green, when fixed
    std::string focus = "continuous";  ///< "once": then it stays; "locked": at lensPosition
    Box focusWindow{0, 0, 1, 1};       ///< fractions of the picture that must be sharp
    double lensPosition = 0;           ///< dioptres: 1 / distance in metres; 0 is far away
    Box crop{0, 0, 1, 1};              ///< part of the sensor's picture that is taken
    std::string rotation = "0";        ///< degrees clockwise to stand upright: 0, 90, 180, 270
    bool mirror = false;               ///< left and right exchanged, of the upright picture

    bool operator==(const CameraTuning &) const = default;
};

/// Everything that may change while the agent runs. A value: pass it around as a snapshot.
struct Tuning
{
    CameraTuning camera;
    DetectTuning detect;
    TrackTuning track;
    StreamTuning stream;

    bool operator==(const Tuning &) const = default;
};

} // namespace facetrack
