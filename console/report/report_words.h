#pragma once
#include "console/report/report_look.h"
#include "console/charts/report_numbers.h"

#include <QStringList>

namespace facetrack::console {

/// How much of the long lists is printed; the tables beside the report have all.
struct ReportDetail
{
    std::size_t gaps = 12, changes = 14, checked = 10, heatMaps = 6;
    std::size_t dayCharts = 3; ///< more days share one chart
};

/// What a report says, in the console's language: in plain sentences, and as HTML for QTextDocument.
class ReportWords
{
public:
    ReportWords(const EventReport &report, const ReportLook &look);

    QString headline() const; ///< "166,066 faces in 2 days"
    QString about() const;    ///< days, hours, place's time
    /// Where it was made up, or an agent did not answer; empty: nothing to shout.
    QStringList warnings() const;
    QStringList sentences() const; ///< what a manager remembers

    QString headHtml() const;
    QString measuresHtml() const;
    QString placesHtml() const; ///< above the heat maps
    QString agentsHtml() const;
    QString gapsHtml(std::size_t most) const;
    QString howHtml() const;
    QString checkedHtml(std::size_t most) const;
    QString changesHtml(std::size_t most) const;

private:
    QString busiestSentence() const;
    QString agentSentence() const;
    QString daysSentence() const;
    QString coverageSentence() const;
    QString checkedSentence() const;
    double coverageOf(const EventReport::Day &day) const;

    const EventReport &m_report;
    const ReportLook &m_look;
    const ReportNumbers m_numbers;
};

/// A table; the first row is its head. Cells are plain text.
QString tableHtml(const QList<QStringList> &rows, const QList<int> &percents = {}, const QString &numbers = {});

} // namespace facetrack::console
