#pragma once
#include <QCoreApplication>

namespace facetrack::console {

/// Words of charts outside of widgets: ChartWords::tr("…").
struct ChartWords
{
    Q_DECLARE_TR_FUNCTIONS(charts)
};

} // namespace facetrack::console
