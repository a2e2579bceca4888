#include "console/calibrate/calibrate_page.h"
#include "console/connections/connections_page.h"
#include "console/preflight/preflight_page.h"
#include "console/shell/page.h"
#include "console/wall/wall_page.h"

#include <QCoreApplication>

namespace facetrack::console {

QList<PageKind> pageKinds()
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("pages", text); };
    return {
        {QStringLiteral("wall"), tr(QT_TRANSLATE_NOOP("pages", "Wall")), Icon::Wall,
         [](Workspace &w) -> Page * { return new WallPage(w); }},
        {QStringLiteral("calibrate"), tr(QT_TRANSLATE_NOOP("pages", "Calibrate")), Icon::Calibrate,
         [](Workspace &w) -> Page * { return new CalibratePage(w); }},
        {QStringLiteral("preflight"), tr(QT_TRANSLATE_NOOP("pages", "Preflight")), Icon::Preflight,
         [](Workspace &w) -> Page * { return new PreflightPage(w); }},
        {QStringLiteral("connections"), tr(QT_TRANSLATE_NOOP("pages", "Connections")), Icon::Connections,
         [](Workspace &w) -> Page * { return new ConnectionsPage(w); }},
    };
}

} // namespace facetrack::console
