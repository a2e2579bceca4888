#include "console/report/report_words.h"

#include <QCoreApplication>
#include <algorithm>

namespace facetrack::console {

namespace {

constexpr double WellCovered = 0.9; ///< from here on days may be compared

/// For lupdate, and shorter than QCoreApplication::translate().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(report)
};

QString paragraph(const QString &text)
{
    return QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped());
}

QString heading(const QString &text)
{
    return QStringLiteral("<h2>%1</h2>").arg(text.toHtmlEscaped());
}

QString small(const QString &text)
{
    return QStringLiteral("<p class='small'>%1</p>").arg(text.toHtmlEscaped());
}

QString restOf(std::size_t all, std::size_t shown, const QString &table)
{
    if (all <= shown)
        return {};
    return small(Text::tr("%n more in %1.", nullptr, static_cast<int>(all - shown)).arg(table));
}

} // namespace

QString tableHtml(const QList<QStringList> &rows, const QList<int> &percents, const QString &numbers)
{
    QString html = QStringLiteral("<table width='100%' cellspacing='0' cellpadding='3' border='0'>");
    for (qsizetype row = 0; row < rows.size(); ++row) {
        html += row == 0 ? QStringLiteral("<tr bgcolor='#e8ebee'>") : QStringLiteral("<tr>");
        for (qsizetype column = 0; column < rows[row].size(); ++column) {
            const bool right = numbers.contains(QString::number(column));
            html += QStringLiteral("<%1 align='%2' valign='top'%3>%4</%1>")
                        .arg(row == 0 ? QStringLiteral("th") : QStringLiteral("td"),
                             right ? QStringLiteral("right") : QStringLiteral("left"),
                             row == 0 && column < percents.size() ? QStringLiteral(" width='%1%'").arg(percents[column]) : QString(),
                             rows[row][column].toHtmlEscaped());
        }
        html += QStringLiteral("</tr>");
    }
    return html + QStringLiteral("</table>");
}

ReportWords::ReportWords(const EventReport &report, const ReportLook &look)
    : m_report(report), m_look(look), m_numbers(report.zone)
{
}

QString ReportWords::headline() const
{
    const int days = static_cast<int>(m_report.days.size());
    if (!m_report.total.hasData())
        return Text::tr("No data of %n day(s)", nullptr, days);
    return Text::tr("%1 faces in %n day(s)", nullptr, days).arg(m_numbers.whole(m_report.total.detections));
}

QString ReportWords::about() const
{
    QStringList days;
    for (const EventReport::Day &day : m_report.days)
        days << m_numbers.day(day.date);
    if (days.size() > 4)
        days = {Text::tr("%1 to %2").arg(days.first(), days.last())};
    const QString when = Text::tr("%1; opening hours %2, time of %3.")
                             .arg(days.join(QStringLiteral(" · ")), QString::fromStdString(hoursText(m_report.plan.hours)),
                                  QString::fromStdString(m_report.zone));
    return m_look.venue.isEmpty() ? when : m_look.venue + QStringLiteral(" · ") + when;
}

QStringList ReportWords::warnings() const
{
    QStringList warnings;
    if (m_report.isSimulated())
        warnings << Text::tr("MADE UP: %1 of %2 pictures in this report are simulated. It shows nothing that happened.")
                        .arg(m_numbers.whole(m_report.total.simulated), m_numbers.whole(m_report.total.observations));
    for (const std::string &agent : m_report.missing)
        warnings << Text::tr("%1 did not answer: nothing of it is in this report.").arg(m_look.name(agent));
    return warnings;
}

QStringList ReportWords::sentences() const
{
    if (!m_report.total.hasData())
        return {Text::tr("No agent has data of these hours. That says nothing about how many people were there.")};
    QStringList all{
        Text::tr("%1 face detections: every face in every picture, added up. That is no number of people.")
            .arg(m_numbers.whole(m_report.total.detections)),
        Text::tr("The cameras followed %1 visits: so often somebody came into view and was followed until they left.")
            .arg(m_numbers.whole(m_report.total.visits)),
        Text::tr("On average a camera saw %1 faces at a time.").arg(m_numbers.fixed(m_report.total.meanFaces(), 2)),
        busiestSentence()};
    const DwellTimes dwell = together(m_report.dwell);
    if (visitCount(dwell) > 0)
        all << Text::tr("Half of the visits lasted %1 or longer, one in ten %2 or longer.")
                   .arg(m_numbers.seconds(dwellAt(dwell, 0.5)), m_numbers.seconds(dwellAt(dwell, 0.9)));
    all << daysSentence() << agentSentence() << coverageSentence() << checkedSentence();
    all.removeAll(QString());
    return all;
}

QString ReportWords::busiestSentence() const
{
    const auto hour = busiestHour(m_report);
    if (!hour)
        return {};
    return Text::tr("Busiest was %1 between %2 and %3, with %4 visits.")
        .arg(m_numbers.day(hour->date), m_numbers.clock(hour->hour), m_numbers.clock(hour->hour + 1),
             m_numbers.whole(hour->figures.visits));
}

QString ReportWords::agentSentence() const
{
    if (m_report.agents.size() < 2 || m_report.total.visits == 0)
        return {};
    const auto best = std::max_element(m_report.agents.begin(), m_report.agents.end(), [](const auto &a, const auto &b) {
        return a.second.visits < b.second.visits;
    });
    const double share = static_cast<double>(best->second.visits) / static_cast<double>(m_report.total.visits);
    return Text::tr("Of %1 agents %2 saw most visits: %3 of all.")
        .arg(m_numbers.whole(m_report.agents.size()), m_look.name(best->first), m_numbers.percent(share, 1));
}

double ReportWords::coverageOf(const EventReport::Day &day) const
{
    const auto open = static_cast<double>((day.span.to - day.span.from) * 60) * static_cast<double>(m_report.agents.size());
    return open > 0 ? static_cast<double>(day.figures.seconds) / open : 0;
}

QString ReportWords::daysSentence() const
{
    if (m_report.days.size() < 2)
        return {};
    const auto fewer = [](const EventReport::Day &a, const EventReport::Day &b) { return a.figures.visits < b.figures.visits; };
    const auto [least, most] = std::minmax_element(m_report.days.begin(), m_report.days.end(), fewer);
    const bool fair = std::all_of(m_report.days.begin(), m_report.days.end(),
                                  [this](const EventReport::Day &day) { return coverageOf(day) >= WellCovered; });
    const QString words = Text::tr("Most visits came on %1 (%2), fewest on %3 (%4).")
                              .arg(m_numbers.day(most->date), m_numbers.whole(most->figures.visits),
                                   m_numbers.day(least->date), m_numbers.whole(least->figures.visits));
    return fair ? words : words + QLatin1Char(' ') + Text::tr("Data are missing, so the days cannot be held against each other fairly.");
}

QString ReportWords::coverageSentence() const
{
    const auto gaps = static_cast<int>(m_report.gaps.size());
    return Text::tr("There are data of %1 of the opening hours, with %n gap(s).", nullptr, gaps)
        .arg(m_numbers.coverage(m_report.coverage()));
}

QString ReportWords::checkedSentence() const
{
    std::int64_t counted = 0, visits = 0, both = 0;
    for (const CheckedCount &one : m_report.checked) {
        counted += one.counted;
        visits += one.visits;
        both += std::min(one.counted, one.visits);
    }
    if (counted == 0 || visits == 0)
        return {};
    const auto times = static_cast<int>(m_report.checked.size());
    return Text::tr("People counted along %n time(s): %1 visitors by hand, %2 by the agents.", nullptr, times)
               .arg(m_numbers.whole(static_cast<std::uint64_t>(counted)), m_numbers.whole(static_cast<std::uint64_t>(visits)))
           + QLatin1Char(' ')
           + Text::tr("Recall %1, precision %2.")
                 .arg(m_numbers.percent(static_cast<double>(both) / static_cast<double>(counted)),
                      m_numbers.percent(static_cast<double>(both) / static_cast<double>(visits)));
}

QString ReportWords::headHtml() const
{
    QString html = QStringLiteral("<h1>%1</h1>").arg(headline().toHtmlEscaped()) + small(about());
    const QStringList shouted = warnings();
    for (const QString &warning : shouted)
        html += QStringLiteral("<table width='100%' cellpadding='6' border='0'><tr><td bgcolor='#b3261e'>"
                               "<span style='color: white'><b>%1</b></span></td></tr></table>").arg(warning.toHtmlEscaped());
    html += QStringLiteral("<ul>");
    const QStringList all = sentences();
    for (const QString &sentence : all)
        html += QStringLiteral("<li>%1</li>").arg(sentence.toHtmlEscaped());
    return html + QStringLiteral("</ul>");
}

QString ReportWords::measuresHtml() const
{
    const bool byDay = m_report.days.size() > 1 && m_report.days.size() <= 4;
    QStringList head{Text::tr("Measure")};
    QStringList visits{measureName(Measure::Visits)}, mean{measureName(Measure::MeanFaces)}, detections{measureName(Measure::Detections)};
    const auto add = [&](const QString &title, const Figures &figures) {
        head << title;
        const bool known = figures.hasData();
        visits << (known ? m_numbers.whole(figures.visits) : Text::tr("no data"));
        mean << (known ? m_numbers.fixed(figures.meanFaces(), 2) : Text::tr("no data"));
        detections << (known ? m_numbers.whole(figures.detections) : Text::tr("no data"));
    };
    QString numbers = QStringLiteral("1");
    if (byDay) {
        for (const EventReport::Day &day : m_report.days) {
            add(m_numbers.shortDay(day.date), day.figures);
            numbers += QString::number(head.size());
        }
    }
    add(Text::tr("All"), m_report.total);
    head << Text::tr("How it is made");
    visits << Text::tr("people followed from coming into view until they left; nobody is recognised");
    mean << Text::tr("how many faces one camera sees at a time, mean over minutes with data");
    detections << Text::tr("every face in every picture, added up; grows with the pictures per second");
    return heading(Text::tr("Three measures, not to be mixed up")) + tableHtml({head, visits, mean, detections}, {}, numbers);
}

QString ReportWords::placesHtml() const
{
    return heading(Text::tr("Where faces were"))
           + small(Text::tr("Face detections by place in each camera's picture, in 32 by 18 cells; each has a scale of its own."));
}

QString ReportWords::agentsHtml() const
{
    QList<QStringList> rows{{Text::tr("Agent"), measureName(Measure::Visits), Text::tr("Share of visits"), measureName(Measure::MeanFaces),
                             measureName(Measure::Detections), Text::tr("Data"), Text::tr("Gaps")}};
    for (const auto &[agent, figures] : m_report.agents) {
        Minute missing = 0;
        for (const EventReport::Gap &gap : m_report.gaps)
            missing += gap.agent == agent ? gap.span.to - gap.span.from : 0;
        const auto all = static_cast<double>(std::max<std::uint64_t>(m_report.total.visits, 1));
        rows << QStringList{m_look.name(agent), m_numbers.whole(figures.visits),
                            m_numbers.percent(static_cast<double>(figures.visits) / all, 1), m_numbers.fixed(figures.meanFaces(), 2),
                            m_numbers.whole(figures.detections), m_numbers.coverage(m_report.coverage(agent)),
                            m_numbers.minutes(missing)};
    }
    return heading(Text::tr("By agent, and how much is known"))
           + tableHtml(rows, {22, 13, 13, 13, 13, 13, 13}, QStringLiteral("123456"))
           + small(Text::tr("Data: seconds in which at least one picture was looked at, of the opening hours. Gaps: whole minutes "
                            "without any. They are in no mean: no data are not no faces."));
}

QString ReportWords::gapsHtml(std::size_t most) const
{
    if (m_report.gaps.empty())
        return heading(Text::tr("Times without data")) + paragraph(Text::tr("None of a whole minute."));
    std::vector<EventReport::Gap> longest = m_report.gaps;
    std::stable_sort(longest.begin(), longest.end(), [](const EventReport::Gap &a, const EventReport::Gap &b) {
        return a.span.to - a.span.from > b.span.to - b.span.from;
    });
    longest.resize(std::min(longest.size(), most));
    QList<QStringList> rows{{Text::tr("Agent"), Text::tr("From"), Text::tr("To"), Text::tr("Length")}};
    for (const EventReport::Gap &gap : longest)
        rows << QStringList{m_look.name(gap.agent), m_numbers.moment(UtcTime(gap.span.from * 60'000)), m_numbers.clock(gap.span.to),
                            m_numbers.minutes(gap.span.to - gap.span.from)};
    return heading(Text::tr("Times without data, the longest first")) + tableHtml(rows, {34, 28, 14, 24})
           + restOf(m_report.gaps.size(), longest.size(), QStringLiteral("gaps.csv"));
}

QString ReportWords::howHtml() const
{
    const QStringList lines{
        Text::tr("Cameras look for faces in their pictures; where one is found, it is followed from picture to picture. Numbers and "
                 "places of faces are kept, never pictures of people."),
        aboutMeasure(Measure::Visits),
        aboutMeasure(Measure::MeanFaces),
        aboutMeasure(Measure::Detections),
        Text::tr("Only the opening hours are counted. A minute without data is left out of every mean, and hatched in the charts."),
        Text::tr("Places are those of the middle of each face, in whole quarters of an hour."),
    };
    QString html = heading(Text::tr("How it was counted")) + QStringLiteral("<ul>");
    for (const QString &line : lines)
        html += QStringLiteral("<li>%1</li>").arg(line.toHtmlEscaped());
    return html + QStringLiteral("</ul>");
}

QString ReportWords::checkedHtml(std::size_t most) const
{
    const QString title = heading(Text::tr("Counted by hand"));
    if (m_report.checked.empty())
        return title + paragraph(Text::tr("Nobody counted along, or who was asked keeps no such counts. How many visitors the agents miss or "
                                          "count twice here is not known."));
    QList<QStringList> rows{{Text::tr("Agent"), Text::tr("When"), Text::tr("By hand"), Text::tr("Agent's visits"), Text::tr("Recall"),
                             Text::tr("Precision"), Text::tr("Note")}};
    for (const CheckedCount &one : m_report.checked) {
        if (rows.size() > static_cast<qsizetype>(most))
            break;
        rows << QStringList{m_look.name(one.agent), m_numbers.moment(one.from),
                            m_numbers.whole(static_cast<std::uint64_t>(one.counted)), m_numbers.whole(static_cast<std::uint64_t>(one.visits)),
                            m_numbers.percent(one.recall), m_numbers.percent(one.precision), QString::fromStdString(one.note)};
    }
    return title + tableHtml(rows, {18, 20, 10, 12, 10, 10, 20}, QStringLiteral("2345"))
           + small(Text::tr("Recall: the share of the visitors counted by hand that the agent counted too. Precision: the share of the "
                            "agent's visits that were visitors. Only numbers are compared."))
           + restOf(m_report.checked.size(), static_cast<std::size_t>(rows.size() - 1), QStringLiteral("validation.csv"));
}

QString ReportWords::changesHtml(std::size_t most) const
{
    const QString title = heading(Text::tr("Changes of the settings"));
    if (m_report.marks.empty())
        return title + paragraph(Text::tr("None in the opening hours."));
    QList<QStringList> rows{{Text::tr("When"), Text::tr("Agent"), Text::tr("Setting"), Text::tr("Before"), Text::tr("After"), Text::tr("Who")}};
    for (const TuningMark &mark : m_report.marks) {
        if (rows.size() > static_cast<qsizetype>(most))
            break;
        rows << QStringList{m_numbers.moment(mark.time), m_look.name(mark.agent), QString::fromStdString(mark.parameter),
                            QString::fromStdString(mark.oldValue), QString::fromStdString(mark.newValue), QString::fromStdString(mark.who)};
    }
    return title + tableHtml(rows, {20, 18, 22, 13, 13, 14})
           + restOf(m_report.marks.size(), static_cast<std::size_t>(rows.size() - 1), QStringLiteral("settings-changes.csv"));
}

} // namespace facetrack::console
