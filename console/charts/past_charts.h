#pragma once
#include "console/charts/event_charts.h"
#include "console/charts/history_desk.h"
#include "console/charts/history_source.h"
#include "console/shell/workspace.h"

#include <QWidget>
#include <array>

class QComboBox;
class QGridLayout;
class QLabel;
class QScrollArea;

namespace facetrack::console {

class ChartView;

/// The charts of an event: asks for its report, and draws it again for each measure. Thread-bound
/// (GUI).
class PastCharts : public QWidget
{
    Q_OBJECT

public:
    PastCharts(Workspace &workspace, HistorySource &source, NetworkThread &thread);

    /// Asks anew; what was asked before is given up.
    void ask(const EventPlan &plan);
    void giveUp() { m_desk.giveUp(); }
    bool isAsking() const { return m_desk.isAsking(); }
    void setMeasure(Measure measure);
    const EventReport *report() const { return m_report ? &*m_report : nullptr; } ///< null: none yet
    /// Each chart as PNG, SVG and CSV, and the report's tables, into a folder. A sentence for people
    /// when it fails.
    QString saveAll(const QString &folder) const;

Q_SIGNALS:
    void finished();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    enum Place { Lines, Hours, Days, Share, Dwell, Heat, Coverage, Places };

    void took(Result<EventReport> report);
    void say(const QString &message);
    void draw();
    void drawLines();
    void drawHeat();
    void fillAgents();
    void fetchPicture();
    void arrange();

    Workspace &m_workspace;
    HistorySource &m_source;
    HistoryDesk m_desk;
    std::optional<EventReport> m_report;
    AgentStyles m_styles;
    std::map<std::string, QImage> m_pictures; ///< of agents
    Measure m_measure = Measure::Visits;
    Minute m_step = 0;
    std::array<ChartView *, Places> m_views{};
    QLabel *m_headline, *m_notice;
    QComboBox *m_agent;
    QWidget *m_inside, *m_heatBox;
    QGridLayout *m_grid;
    QScrollArea *m_scroll;
    int m_columns = 0;
};

} // namespace facetrack::console
