#include "console/charts/past_charts.h"

#include "console/charts/chart_view.h"
#include "libfacetrack/analytics/report_csv.h"

#include <QComboBox>
#include <QDir>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace facetrack::console {

namespace {

constexpr const char *names[] = {"faces-by-agent", "busiest-hours", "day-against-day", "share-by-agent", "dwell", "heat-map", "coverage"};
constexpr int twoColumns = 780; // px, from which on there are two

QString words(const Error &error)
{
    const QString advice = QString::fromStdString(error.advice), where = QString::fromStdString(error.where);
    return (where.isEmpty() ? QString() : where + QStringLiteral(": ")) + QString::fromStdString(error.message)
           + (advice.isEmpty() ? QString() : QLatin1Char('\n') + advice);
}

QLabel *label(const char *name)
{
    auto *const made = new QLabel;
    made->setObjectName(QLatin1String(name));
    made->setWordWrap(true);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return made;
}

} // namespace

PastCharts::PastCharts(Workspace &workspace, HistorySource &source, NetworkThread &thread)
    : m_workspace(workspace), m_source(source), m_desk(thread), m_headline(label("chartsHeadline")),
      m_notice(label("chartsNotice")), m_agent(new QComboBox), m_inside(new QWidget), m_heatBox(new QWidget),
      m_grid(new QGridLayout(m_inside)), m_scroll(new QScrollArea)
{
    for (std::size_t n = 0; n < Places; ++n) {
        m_views[n] = new ChartView;
        m_views[n]->setObjectName(QLatin1String(names[n]));
        m_views[n]->setMinimumHeight(n == Lines ? 340 : 280);
    }
    m_agent->setObjectName(QStringLiteral("heatMapAgent"));
    m_agent->setAccessibleName(tr("Agent of the heat map"));
    auto *const heat = new QVBoxLayout(m_heatBox);
    heat->setContentsMargins(0, 0, 0, 0);
    heat->addWidget(m_views[Heat], 1);
    auto *const row = new QHBoxLayout;
    row->addWidget(new QLabel(tr("Heat map of")));
    row->addWidget(m_agent);
    row->addStretch();
    heat->addLayout(row);
    m_grid->setContentsMargins(0, 0, 8, 0);
    m_grid->setSpacing(18);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(m_inside);
    auto *const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_headline);
    layout->addWidget(m_notice);
    layout->addWidget(m_scroll, 1);
    m_notice->hide();
    arrange();
    connect(m_agent, &QComboBox::activated, this, [this] {
        drawHeat();
        fetchPicture();
    });
    connect(m_views[Lines], &ChartView::shownChanged, this, [this] {
        if (m_report && stepFor(m_views[Lines]->shown().length()) != m_step)
            drawLines();
    });
    // What is hidden in one chart by agent is hidden in the other.
    connect(m_views[Lines], &ChartView::hiddenChanged, m_views[Coverage], &ChartView::setHidden);
    connect(m_views[Coverage], &ChartView::hiddenChanged, m_views[Lines], &ChartView::setHidden);
}

void PastCharts::ask(const EventPlan &plan)
{
    m_desk.giveUp();
    m_report.reset();
    if (const QString trouble = m_source.trouble(); !trouble.isEmpty())
        return say(trouble);
    const HistoryDesk::Maker maker = m_source.maker();
    if (!maker)
        return say(tr("Getting ready to ask…"));
    m_desk.setSource(maker);
    say(tr("Asking %1…").arg(m_source.text()));
    m_desk.ask<EventReport>(
        [plan](History &history, QObject *context, auto done) {
            collectReport(history, plan, SystemClock::instance().utc(), context, std::move(done));
        },
        [this](Result<EventReport> report) { took(std::move(report)); });
}

void PastCharts::say(const QString &message)
{
    m_headline->clear();
    m_headline->setVisible(message.isEmpty());
    m_notice->hide();
    m_views[Lines]->setMessage(message);
    for (std::size_t n = 1; n < Places; ++n)
        (n == Heat ? m_heatBox : m_views[n])->setVisible(message.isEmpty());
}

void PastCharts::took(Result<EventReport> report)
{
    if (!report) {
        say(tr("The charts could not be made.\n%1\n\nChoose \"Ask again\" when it is mended.").arg(words(report.error())));
    } else {
        m_report = std::move(*report);
        m_styles = agentStyles(m_workspace.agents, agentIds(*m_report));
        say(m_report->total.hasData() ? QString()
                                      : tr("No data: in these days and hours no agent looked at a picture, as far as %1 knows.\n"
                                           "Choose other days, or look at the agents' own pages if they should have counted.")
                                            .arg(m_source.text()));
        if (m_report->total.hasData()) {
            m_headline->setText(eventHeadline(*m_report));
            QStringList missing;
            for (const std::string &agent : m_report->missing)
                missing << QString::fromStdString(agent);
            m_notice->setText(missing.isEmpty() ? QString()
                                                : tr("Not in these charts, since they did not answer: %1. Their past is on their own disks; ask "
                                                     "again when they are back.").arg(missing.join(QStringLiteral(", "))));
            m_notice->setVisible(!missing.isEmpty());
            fillAgents();
            m_views[Lines]->resetZoom();
            draw();
            fetchPicture();
        }
    }
    Q_EMIT finished();
}

void PastCharts::fillAgents()
{
    const QString before = m_agent->currentData().toString();
    m_agent->clear();
    for (const std::string &id : agentIds(*m_report))
        m_agent->addItem(m_styles[id].name, QString::fromStdString(id));
    m_agent->setCurrentIndex(std::max(0, m_agent->findData(before)));
}

void PastCharts::setMeasure(Measure measure)
{
    m_measure = measure;
    if (m_report && m_report->total.hasData())
        draw();
}

void PastCharts::draw()
{
    drawLines();
    m_views[Hours]->replace(busiestHours(*m_report, m_measure));
    m_views[Days]->replace(dayAgainstDayChart(*m_report, m_measure));
    m_views[Share]->replace(shareByAgent(*m_report, m_measure, m_styles));
    m_views[Dwell]->replace(dwellHistogram(*m_report));
    m_views[Coverage]->replace(coverageByDay(*m_report, m_styles));
    drawHeat();
}

void PastCharts::drawLines()
{
    const auto *const shown = std::get_if<LineChart>(&m_views[Lines]->chart());
    const ChartSpan whole{m_report->days.front().span.from * 60'000, m_report->days.back().span.to * 60'000};
    const bool zoomed = shown && shown->span == whole;
    m_step = stepFor(zoomed ? m_views[Lines]->shown().length() : whole.length());
    m_views[Lines]->replace(facesOverTime(*m_report, m_measure, m_styles, m_step));
}

void PastCharts::drawHeat()
{
    const std::string agent = m_agent->currentData().toString().toStdString();
    m_views[Heat]->replace(heatMapChart(*m_report, agent, m_styles, m_pictures[agent]));
}

void PastCharts::fetchPicture()
{
    const QString id = m_agent->currentData().toString();
    AgentSession *const session = m_workspace.agents.find(id);
    if (!session || !session->isOnline())
        return;
    session->call<AgentSnapshot>(
        this,
        [](AgentClient &client, QObject *there, auto done) {
            client.snapshot({{"width", "640"}, {"overlay", "0"}, {"caption", "0"}}, there, done);
        },
        [this, id](const AgentResult<AgentSnapshot> &snapshot) {
            QImage image;
            if (!snapshot || !image.loadFromData(snapshot->jpeg, "JPEG"))
                return;
            m_pictures[id.toStdString()] = image;
            if (m_report && m_report->total.hasData() && m_agent->currentData().toString() == id)
                drawHeat();
        });
}

void PastCharts::arrange()
{
    const int columns = width() >= twoColumns ? 2 : 1;
    if (columns == m_columns)
        return;
    m_columns = columns;
    while (QLayoutItem *item = m_grid->takeAt(0))
        delete item;
    m_grid->addWidget(m_views[Lines], 0, 0, 1, columns);
    int place = columns;
    for (std::size_t n = 1; n < Places; ++n, ++place)
        m_grid->addWidget(n == Heat ? m_heatBox : m_views[n], place / columns, place % columns);
    for (int column = 0; column < 2; ++column)
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
}

void PastCharts::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

QString PastCharts::saveAll(const QString &folder) const
{
    if (!m_report || !m_report->total.hasData())
        return tr("There is nothing to save yet.");
    if (!QDir().mkpath(folder))
        return tr("%1 could not be made.").arg(folder);
    for (std::size_t n = 0; n < Places; ++n)
        for (const char *kind : {"png", "svg", "csv"}) {
            const QString file = QStringLiteral("%1-%2.%3").arg(n + 1).arg(QLatin1String(names[n]), QLatin1String(kind));
            if (const QString trouble = m_views[n]->save(QDir(folder).filePath(file)); !trouble.isEmpty())
                return trouble;
        }
    if (const auto tables = writeTables(*m_report, QDir(folder).filePath(QStringLiteral("tables")).toStdString()); !tables)
        return words(tables.error());
    return {};
}

} // namespace facetrack::console
