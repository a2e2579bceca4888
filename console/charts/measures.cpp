#include "console/charts/measures.h"

#include "console/charts/chart_words.h"


namespace facetrack::console {

QString measureName(Measure measure)
{
    switch (measure) {
    case Measure::Visits: return ChartWords::tr("Visits");
    case Measure::MeanFaces: return ChartWords::tr("Mean faces visible");
    case Measure::Detections: return ChartWords::tr("Face detections");
    }
    return {};
}

QString aboutMeasure(Measure measure)
{
    switch (measure) {
    case Measure::Visits:
        return ChartWords::tr("Visits: people who came into view and were followed until they left. Nobody is recognised: who comes back later, or is seen by two cameras, is counted again.");
    case Measure::MeanFaces:
        return ChartWords::tr("Mean faces visible: how many faces a camera sees at a time, averaged over each minute, and over minutes with data. It does not depend on the pictures per second.");
    case Measure::Detections:
        return ChartWords::tr("Face detections: every face in every picture looked at, added up. One person who stays for a minute is counted hundreds of times; the number grows with the pictures per second.");
    }
    return {};
}

QString measureId(Measure measure)
{
    return measure == Measure::MeanFaces ? QStringLiteral("mean-faces")
           : measure == Measure::Detections ? QStringLiteral("detections")
                                            : QStringLiteral("visits");
}

Measure measureOf(const QString &id)
{
    for (const Measure measure : measures)
        if (measureId(measure) == id)
            return measure;
    return Measure::Visits;
}

double valueOf(Measure measure, const Figures &figures)
{
    switch (measure) {
    case Measure::Visits: return static_cast<double>(figures.visits);
    case Measure::MeanFaces: return figures.meanFaces();
    case Measure::Detections: return static_cast<double>(figures.detections);
    }
    return 0;
}

} // namespace facetrack::console
