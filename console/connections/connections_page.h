#pragma once
#include "console/connections/venue_check.h"
#include "console/shell/page.h"

#include <QLabel>
#include <QListWidget>
#include <QPushButton>

namespace facetrack::console {

class FindingList;
class VenueForm;

/// Venues as profiles: where their database and relay are, who logs in, and a test that says line by
/// line what works.
class ConnectionsPage : public Page
{
    Q_OBJECT

public:
    explicit ConnectionsPage(Workspace &workspace);
    void left() override;
    QList<QAction *> pageActions() override { return m_actions; }

private:
    QWidget *makeList();
    QWidget *makeDetails();
    QPushButton *addButton(QLayout *to, const QString &text, const char *name, void (ConnectionsPage::*does)());
    void list(const QString &chosen);
    QString chosen() const;
    void choose();
    void add();
    void remove();
    void use();
    void test();
    void showTest();
    void tell(const QString &words);

    VenueProfiles &m_venues;
    VenueCheck m_check;
    QListWidget *m_list;
    VenueForm *m_form;
    FindingList *m_findings;
    QLabel *m_notice, *m_result;
    QPushButton *m_test = nullptr, *m_use = nullptr, *m_delete = nullptr;
    QList<QAction *> m_actions;
};

} // namespace facetrack::console
