#pragma once
#include "libfacetrack/analytics/figures.h"

#include <QString>

namespace facetrack::console {

/// The three measures, which are never mixed up in one chart.
enum class Measure { Visits, MeanFaces, Detections };

inline constexpr Measure measures[] = {Measure::Visits, Measure::MeanFaces, Measure::Detections};

QString measureName(Measure measure);  ///< "Visits"
QString aboutMeasure(Measure measure); ///< one line: how it is made
QString measureId(Measure measure);    ///< "visits", for settings and names of files
Measure measureOf(const QString &id);  ///< Visits for anything else
/// Of figures with data.
double valueOf(Measure measure, const Figures &figures);

} // namespace facetrack::console
