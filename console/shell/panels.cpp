#include "console/agents/agents_panel.h"
#include "console/shell/panel.h"
#include "console/tune/tune_panel.h"

#include <QCoreApplication>

namespace facetrack::console {

QList<PanelKind> panelKinds()
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("panels", text); };
    return {
        {QStringLiteral("agents"), tr(QT_TRANSLATE_NOOP("panels", "Agents")), Qt::LeftDockWidgetArea,
         [](Workspace &w) -> Panel * { return new AgentsPanel(w); }},
        {QStringLiteral("tune"), tr(QT_TRANSLATE_NOOP("panels", "Tune")), Qt::RightDockWidgetArea,
         [](Workspace &w) -> Panel * { return new TunePanel(w); }},
    };
}

} // namespace facetrack::console
