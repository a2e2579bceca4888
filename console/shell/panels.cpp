#include "console/agents/agents_panel.h"
#include "console/shell/panel.h"
#include "console/tune/tune_panel.h"

#include <QCoreApplication>

namespace facetrack::console {

QList<PanelKind> panelKinds()
{
    return {
        {QStringLiteral("agents"), QCoreApplication::translate("panels", "Agents"), Qt::LeftDockWidgetArea,
         [](Workspace &w) -> Panel * { return new AgentsPanel(w); }},
        {QStringLiteral("tune"), QCoreApplication::translate("panels", "Tune"), Qt::RightDockWidgetArea,
         [](Workspace &w) -> Panel * { return new TunePanel(w); }},
    };
}

} // namespace facetrack::console
