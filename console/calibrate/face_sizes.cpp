#include "console/calibrate/face_sizes.h"

#include <QCoreApplication>
#include <QSize>
#include <algorithm>
#include <cmath>

namespace facetrack::console {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(facetrack::console::FaceSizes)
};

QString textOf(const nlohmann::json &values, const char *key)
{
    const nlohmann::json value = valueOf(values, key);
    return value.is_string() ? QString::fromStdString(value.get<std::string>()) : QString();
}

double numberOf(const nlohmann::json &values, const char *key, double fallback)
{
    const nlohmann::json value = valueOf(values, key);
    return value.is_number() ? value.get<double>() : fallback;
}

/// The windows in which the cascades were taught, and YuNet's least face (docs/detection.md).
double ownLeast(const nlohmann::json &values)
{
    if (textOf(values, "detect.detector") == QLatin1String("yunet"))
        return std::ceil(11 / std::max(0.1, numberOf(values, "detect.yunet.scale", 1)));
    const QString cascade = textOf(values, "detect.cascade");
    if (cascade.contains(QLatin1String("lbpcascade_frontalface_improved")))
        return 45;
    return cascade.contains(QLatin1String("_alt")) || cascade.contains(QLatin1String("profileface")) ? 20 : 24;
}

double median(std::vector<double> &sides)
{
    const auto middle = sides.begin() + static_cast<std::ptrdiff_t>(sides.size() / 2);
    std::nth_element(sides.begin(), middle, sides.end());
    return *middle;
}

int px(double side)
{
    return static_cast<int>(std::lround(side));
}

} // namespace

std::vector<double> faceSides(const AgentReport &report)
{
    std::vector<double> sides;
    const nlohmann::json boxes = valueOf(report.all, "faces.boxes");
    for (const nlohmann::json &box : boxes.is_array() ? boxes : nlohmann::json::array()) {
        const double side = std::max(numberOf(box, "w", 0) * report.width, numberOf(box, "h", 0) * report.height);
        if (side > 0)
            sides.push_back(side);
    }
    return sides;
}

LeastFace leastFace(const nlohmann::json &tuning)
{
    const QStringList sides = textOf(tuning, "detect.min_size").split(QLatin1Char('x'));
    const double own = ownLeast(tuning);
    const double set = std::max(sides.value(0).toDouble(), sides.value(1).toDouble());
    return {std::max(own, set), set > own};
}

QString faceSizeWords(std::vector<double> sides, const LeastFace &least)
{
    if (sides.empty())
        return Words::tr("No face is seen now; the detector's minimum is %1 px.").arg(px(least.px));
    const int smallest = px(*std::min_element(sides.begin(), sides.end()));
    const int usual = px(median(sides));
    if (smallest == usual)
        return Words::tr("Faces are %1 px wide; the detector's minimum is %2.").arg(usual).arg(px(least.px));
    return Words::tr("Faces are %1 px wide, the smallest %2; the detector's minimum is %3.")
        .arg(usual).arg(smallest).arg(px(least.px));
}

QString faceSizeHint(std::vector<double> sides, const LeastFace &least, int sourceWidth)
{
    if (sides.empty())
        return Words::tr("Stand where visitors will stand, and look at the camera.");
    const double smallest = *std::min_element(sides.begin(), sides.end());
    // Boxes vary by a quarter from frame to frame: what is nearer to the minimum comes and goes.
    if (smallest < 1.25 * least.px) {
        if (least.settable)
            return Words::tr("The smallest are at the minimum, so those a little farther away are missed: move "
                             "the camera closer, zoom in, or set Smallest face lower.");
        return Words::tr("The smallest are at what this detector can see at all: move the camera closer, zoom "
                         "in, or let the source give a larger picture than %1 px.").arg(sourceWidth);
    }
    if (least.settable && smallest > 3 * least.px)
        return Words::tr("There is much room: Smallest face may go up to %1 px, which is less work.")
            .arg(px(smallest / 1.5));
    return Words::tr("That fits.");
}

} // namespace facetrack::console
