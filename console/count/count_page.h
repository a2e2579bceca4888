#pragma once
#include "console/count/hand_count.h"
#include "console/count/validation_desk.h"
#include "console/live/picture_view.h"
#include "console/shell/page.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QSpinBox>
#include <QStackedLayout>

class QVBoxLayout;

namespace facetrack::console {

/// Counting visitors by hand beside one agent's live picture, to see how well the agent counts. The
/// boxes of the agent are not shown there: they would tell the person whom to count.
class CountPage : public Page
{
    Q_OBJECT

public:
    explicit CountPage(Workspace &workspace);
    ~CountPage() override; ///< what was counted until now is kept
    void entered() override;
    QList<QAction *> pageActions() override { return m_actions; }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeSide();
    void addHead(QVBoxLayout *side);
    void addCounter(QVBoxLayout *side);
    void addResults(QVBoxLayout *side);
    void addKeys();
    void follow(AgentSession *session);
    void showAgent(AgentSession *session);
    void toggle();
    void end();
    void refresh();
    void refreshKept();
    void showResult(const KeptCount &count, const StoredCount &stored);
    void say(const QString &words);
    void took(const QList<StoredCount> &counts);
    qint64 agentNow() const;

    Workspace &m_workspace;
    KeptCounts m_kept;
    ValidationDesk m_desk;
    HandCount m_count;
    QPointer<AgentSession> m_session;
    QStackedLayout *m_layers;
    QLabel *m_empty;
    QPointer<PictureView> m_view;
    qint64 m_aheadMs = 0; ///< the agent's clock, as its pictures show it, before this machine's
    KeptCount m_newest;   ///< stored last: its visits are still counted for a while
    QLabel *m_name, *m_number, *m_left, *m_result, *m_keptText;
    QSpinBox *m_minutes;
    QLineEdit *m_note;
    QPushButton *m_start, *m_one, *m_back, *m_sendNow, *m_drop;
    ValidationList *m_list;
    QList<QShortcut *> m_keys;
    QTimer m_again;
    QList<QAction *> m_actions;
};

} // namespace facetrack::console
