#pragma once
#include "console/connections/venue_check.h"
#include "console/preflight/agent_watch.h"
#include "console/shell/page.h"

#include <QLabel>
#include <QPushButton>
#include <QTimer>

namespace facetrack::console {

class FindingList;

/// Everything that has to be well before the doors open, on one page: each agent, the database and the
/// relay. It says "All is well", or what to do. Agents are followed while it is shown; the database
/// is tried when the page is entered and by "Run again".
class PreflightPage : public Page
{
    Q_OBJECT

public:
    explicit PreflightPage(Workspace &workspace);
    void entered() override;
    void left() override;
    QList<QAction *> pageActions() override { return m_actions; }

    /// Puts what is shown now into a PDF; what went wrong, empty: nothing.
    QString savePdf(const QString &file) const;

private:
    void addActions();
    void runAgain();
    void update();
    void askForFile();
    QList<Finding> findings() const;
    QList<Finding> venueFindings() const;

    Workspace &m_workspace;
    AgentWatch m_agents;
    VenueCheck m_venue;
    QTimer m_soon; ///< gathers changes that come together
    QDateTime m_tried; ///< the database
    QString m_saved; ///< as what, or why not
    QLabel *m_headline, *m_about;
    FindingList *m_list;
    QPushButton *m_again, *m_save, *m_connections;
    QList<QAction *> m_actions;
};

} // namespace facetrack::console
