#include "libfacetrack/config/declare.h"

namespace facetrack {

namespace {

using Camera = CameraTuning;
using CameraGroup = Group<Camera, Tuning AgentConfig::*, CameraTuning Tuning::*>;

void declareExposure(CameraGroup &camera)
{
    camera.choice("exposure", &Camera::exposure, "Exposure", "Who chooses exposure time and gain",
                  {{"auto", "the camera, for each frame"},
                   {"fixed", "as set below, whatever the light does"}});
    camera.number("exposure_ms", &Camera::exposureMs, "Exposure time",
                  "Shorter freezes movement, longer sees more in the dark; 10 goes with 50 Hz lamps")
        .range(0.01, 1000).step(0.5).unit("ms").visibleWhen("camera.exposure", "fixed");
    camera.number("gain", &Camera::gain, "Gain",
                  "Brightens what the sensor sees, and its noise")
        .range(1, 64).step(0.1).visibleWhen("camera.exposure", "fixed");
    camera.number("compensation", &Camera::compensation, "Brighter or darker",
                  "Stops by which the automatic exposure is corrected")
        .range(-8, 8).step(0.25).visibleWhen("camera.exposure", "auto");
    camera.choice("light", &Camera::light, "Light", "What the automatic exposure prefers",
                  {{"normal", "short exposures, at the full frame rate"},
                   {"low", "long exposures for dim rooms; down to a third of the frame rate"}});
    camera.number("least_fps", &Camera::leastFps, "Least frame rate",
                  "The automatic exposure may slow down to this in the dark")
        .range(0.1, 240).step(1).unit("fps").zero("the camera's own");
    camera.number("most_fps", &Camera::mostFps, "Most frame rate", "The camera gives no more frames")
        .range(0.1, 240).step(1).unit("fps").zero("what the source's address asks for");
}

void declareColour(CameraGroup &camera)
{
    camera.choice("white_balance", &Camera::whiteBalance, "White balance", "Which light is white",
                  {{"auto", "measured in each frame"},
                   {"incandescent", "old light bulbs"},
                   {"tungsten", "halogen lamps"},
                   {"fluorescent", "neon lamps"},
                   {"indoor", "mixed light of rooms"},
                   {"daylight", "sun"},
                   {"cloudy", "sky without sun"},
                   {"fixed", "by the two gains below"}});
    camera.number("red_gain", &Camera::redGain, "Red gain", "Red against green")
        .range(0.1, 32).step(0.05).visibleWhen("camera.white_balance", "fixed");
    camera.number("blue_gain", &Camera::blueGain, "Blue gain", "Blue against green")
        .range(0.1, 32).step(0.05).visibleWhen("camera.white_balance", "fixed");
}

void declareFocus(CameraGroup &camera)
{
    camera.choice("focus", &Camera::focus, "Focus", "How the lens is focused",
                  {{"continuous", "all the time, by itself"},
                   {"once", "now; once it is sharp, this becomes locked"},
                   {"locked", "at the lens position below"}});
    camera.box("focus_window", &Camera::focusWindow, "Focus window",
               "Part of the picture that must be sharp: x, y, width, height")
        .step(0.01);
    camera.number("lens_position", &Camera::lensPosition, "Lens position",
                  "1 divided by the distance in metres; 0 is far away")
        .range(0, 32).step(0.05).unit("dpt").visibleWhen("camera.focus", "locked");
}

} // namespace

void declareCamera(std::vector<Parameter> &list)
{
    CameraGroup camera = declare(list, "camera", Applies::NextFrame, &AgentConfig::tuning,
                                 &Tuning::camera);
    declareExposure(camera);
    declareColour(camera);
    declareFocus(camera);
    camera.box("crop", &Camera::crop, "Zoom",
               "Part of the sensor's picture that is taken: x, y, width, height")
        .step(0.01);
    camera.choice("rotation", &Camera::rotation, "Rotation",
                  "How far the picture is turned, clockwise, to stand upright",
                  {{"0", "not"}, {"90", "a quarter"}, {"180", "upside down"}, {"270", "three quarters"}});
    camera.boolean("mirror", &Camera::mirror, "Mirror", "Exchange left and right");
}

} // namespace facetrack
