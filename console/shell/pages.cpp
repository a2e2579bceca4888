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
    };
}

} // namespace facetrack::console
