#pragma once
#include "console/charts/event_form.h"
#include "console/charts/history_desk.h"
#include "console/charts/history_source.h"
#include "console/charts/live_record.h"
#include "console/charts/past_charts.h"
#include "console/shell/page.h"

#include <QTimer>

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTabBar;

namespace facetrack::console {

class ChartView;

/// What was counted: the last 15 minutes as they come, and the days of an event. While it is not shown
/// it asks for nothing.
class ChartsPage : public Page
{
    Q_OBJECT

public:
    explicit ChartsPage(Workspace &workspace);
    void entered() override;
    void left() override;
    QList<QAction *> pageActions() override { return m_actions; }

    LiveRecord &record() { return m_record; }
    void drawLive(); ///< now, as it does each second

private:
    void addControls();
    void addActions();
    void sourceChanged();
    void fillSources();
    void showTab(int tab);
    void askPast();
    void askLivePast();
    void saveAll();

    Workspace &m_workspace;
    NetworkThread m_thread; ///< of questions
    HistorySource m_source;
    LiveRecord m_record;
    HistoryDesk m_livePast;
    QTimer m_tick, m_soon; ///< each second; gathers changes that come together
    Minute m_asked = 0; ///< up to where the past of the live chart was asked
    bool m_shown = false, m_stale = true;
    QTabBar *m_tabs;
    QComboBox *m_measure, *m_from;
    QLabel *m_about;
    QPushButton *m_again, *m_saveAll;
    QStackedWidget *m_stack;
    ChartView *m_live;
    EventForm *m_form;
    PastCharts *m_past;
    QList<QAction *> m_actions;
};

} // namespace facetrack::console
