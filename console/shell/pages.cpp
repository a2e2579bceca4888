#include "console/calibrate/calibrate_page.h"
#include "console/charts/charts_page.h"
#include "console/connections/connections_page.h"
#include "console/count/count_page.h"
#include "console/preflight/preflight_page.h"
#include "console/shell/page.h"
#include "console/wall/wall_page.h"

#include <QCoreApplication>

namespace facetrack::console {

QList<PageKind> pageKinds()
{
    return {
        {QStringLiteral("wall"), QCoreApplication::translate("pages", "Wall"), Icon::Wall,
         [](Workspace &w) -> Page * { return new WallPage(w); }},
        {QStringLiteral("calibrate"), QCoreApplication::translate("pages", "Calibrate"), Icon::Calibrate,
         [](Workspace &w) -> Page * { return new CalibratePage(w); }},
        {QStringLiteral("charts"), QCoreApplication::translate("pages", "Charts"), Icon::Charts,
         [](Workspace &w) -> Page * { return new ChartsPage(w); }},
        {QStringLiteral("preflight"), QCoreApplication::translate("pages", "Preflight"), Icon::Preflight,
         [](Workspace &w) -> Page * { return new PreflightPage(w); }},
        {QStringLiteral("connections"), QCoreApplication::translate("pages", "Connections"), Icon::Connections,
         [](Workspace &w) -> Page * { return new ConnectionsPage(w); }},
        {QStringLiteral("count"), QCoreApplication::translate("pages", "Count by hand"), Icon::Count,
         [](Workspace &w) -> Page * { return new CountPage(w); }},
    };
}

} // namespace facetrack::console
