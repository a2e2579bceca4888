#include "console/charts/charts_page.h"

#include "console/charts/chart_view.h"

#include <QComboBox>
#include <QDateTime>
#include <QFileDialog>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QTabBar>
#include <QVBoxLayout>

namespace facetrack::console {

namespace {

enum Tab { Live, Past };
constexpr std::chrono::milliseconds Gathered{300};
constexpr qint64 SettledMs = 5'000; // after a minute, all of it is on the agents' disks

/// Minutes that are over, since 1970.
Minute wholeMinutes()
{
    return (QDateTime::currentMSecsSinceEpoch() - SettledMs) / 60'000;
}

} // namespace

ChartsPage::ChartsPage(Workspace &workspace)
    : m_workspace(workspace), m_thread(QStringLiteral("history")), m_source(workspace), m_record(workspace.agents),
      m_livePast(m_thread), m_tabs(new QTabBar), m_measure(new QComboBox), m_from(new QComboBox), m_about(new QLabel),
      m_again(new QPushButton(tr("Ask again"))), m_saveAll(new QPushButton(tr("&Save all…"))), m_stack(new QStackedWidget),
      m_live(new ChartView), m_form(new EventForm), m_past(new PastCharts(workspace, m_source, m_thread))
{
    addControls();
    addActions();
    m_soon.setSingleShot(true);
    m_soon.setInterval(Gathered);
    m_tick.setInterval(std::chrono::seconds(1));
    connect(&m_tick, &QTimer::timeout, this, &ChartsPage::drawLive);
    connect(&m_soon, &QTimer::timeout, this, &ChartsPage::sourceChanged);
    connect(&m_source, &HistorySource::changed, this, [this] {
        if (!m_soon.isActive())
            m_soon.start();
    });
    // Charts that are complete stay: an agent that comes and goes does not make them anew.
    connect(&m_source, &HistorySource::agentAnswers, this, [this] {
        const EventReport *const report = m_past->report();
        if ((m_tabs->currentIndex() == Live || !report || !report->missing.empty()) && !m_past->isAsking() && !m_soon.isActive())
            m_soon.start();
    });
    connect(workspace.venues.get(), &VenueProfiles::activeChanged, this, [this] {
        m_form->set(EventChoice::of(m_workspace.settings, m_workspace.venues->active().name));
        m_stale = true;
    });
    connect(m_form, &EventForm::changed, this, [this](const EventChoice &choice) {
        choice.keep(m_workspace.settings, m_source.venue());
        askPast();
    });
    connect(m_measure, &QComboBox::activated, this, [this] {
        const Measure measure = measureOf(m_measure->currentData().toString());
        m_workspace.settings.set(QStringLiteral("charts/measure"), measureId(measure));
        m_past->setMeasure(measure);
        drawLive();
    });
    connect(m_from, &QComboBox::activated, this, [this](int index) { m_source.wantAgents(index == 1 || !m_source.hasDatabase()); });
    connect(m_tabs, &QTabBar::currentChanged, this, &ChartsPage::showTab);
    connect(m_again, &QPushButton::clicked, this, &ChartsPage::askPast);
    connect(m_saveAll, &QPushButton::clicked, this, &ChartsPage::saveAll);
    connect(m_past, &PastCharts::finished, this, [this] { m_saveAll->setEnabled(m_past->report() && m_past->report()->total.hasData()); });
    m_form->set(EventChoice::of(workspace.settings, workspace.venues->active().name));
    fillSources();
    m_past->setMeasure(measureOf(m_measure->currentData().toString()));
    m_tabs->setCurrentIndex(workspace.settings.value(QStringLiteral("charts/tab")).toInt());
    showTab(m_tabs->currentIndex());
}

void ChartsPage::addControls()
{
    m_tabs->setObjectName(QStringLiteral("chartsTabs"));
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->addTab(tr("Live"));
    m_tabs->addTab(tr("Event"));
    m_measure->setObjectName(QStringLiteral("chartsMeasure"));
    m_measure->setAccessibleName(tr("What is shown"));
    for (const Measure measure : measures)
        m_measure->addItem(measureName(measure), measureId(measure));
    m_measure->setCurrentIndex(m_measure->findData(measureId(measureOf(m_workspace.settings.value(QStringLiteral("charts/measure")).toString()))));
    m_from->setObjectName(QStringLiteral("chartsSource"));
    m_from->setAccessibleName(tr("Who is asked"));
    m_about->setObjectName(QStringLiteral("chartsAbout"));
    m_about->setWordWrap(true);
    m_about->setForegroundRole(QPalette::PlaceholderText);
    m_again->setObjectName(QStringLiteral("chartsAgain"));
    m_saveAll->setObjectName(QStringLiteral("chartsSaveAll"));
    m_saveAll->setEnabled(false);
    m_live->setObjectName(QStringLiteral("liveChart"));
    auto *const row = new QHBoxLayout;
    for (QWidget *one : std::initializer_list<QWidget *>{m_tabs, m_measure, m_from})
        row->addWidget(one);
    row->addStretch();
    row->addWidget(m_again);
    row->addWidget(m_saveAll);
    auto *const event = new QWidget;
    auto *const inside = new QVBoxLayout(event);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->addWidget(m_form);
    inside->addWidget(m_past, 1);
    m_stack->addWidget(m_live);
    m_stack->addWidget(event);
    auto *const layout = new QVBoxLayout(this);
    layout->addLayout(row);
    layout->addWidget(m_about);
    layout->addWidget(m_stack, 1);
}

void ChartsPage::addActions()
{
    const auto add = [this](const QString &text, const QKeySequence &key, auto go) {
        auto *const action = new QAction(text, this);
        action->setShortcut(key);
        connect(action, &QAction::triggered, this, go);
        m_actions << action;
    };
    add(tr("Ask for the charts again"), QKeySequence::Refresh, [this] { m_tabs->currentIndex() == Live ? askLivePast() : askPast(); });
    add(tr("Save all charts…"), QKeySequence::Save, [this] { m_saveAll->click(); });
    add(tr("Live charts"), {}, [this] { m_tabs->setCurrentIndex(Live); });
    add(tr("Charts of an event"), {}, [this] { m_tabs->setCurrentIndex(Past); });
}

void ChartsPage::fillSources()
{
    const QSignalBlocker quiet(m_from);
    m_from->clear();
    if (m_source.hasDatabase())
        m_from->addItem(tr("Database of %1").arg(m_source.venue()));
    m_from->addItem(tr("Agents"));
    m_from->setCurrentIndex(m_source.hasDatabase() && !m_source.asksDatabase() ? 1 : 0);
    m_from->setEnabled(m_from->count() > 1);
    m_from->setToolTip(m_source.hasDatabase() ? QString() : tr("A database can be set up under Connections."));
}

void ChartsPage::sourceChanged()
{
    fillSources();
    m_stale = true;
    showTab(m_tabs->currentIndex());
}

void ChartsPage::entered()
{
    m_shown = true;
    showTab(m_tabs->currentIndex());
}

void ChartsPage::left()
{
    m_shown = false;
    m_tick.stop();
    m_livePast.giveUp();
    m_stale |= m_past->isAsking();
    m_past->giveUp();
}

void ChartsPage::showTab(int tab)
{
    m_stack->setCurrentIndex(tab);
    m_again->setVisible(tab == Past);
    m_saveAll->setVisible(tab == Past);
    m_workspace.settings.set(QStringLiteral("charts/tab"), tab);
    m_about->setText(tab == Live ? tr("As the agents say each second; what was before this console ran is from %1.").arg(m_source.text())
                                 : tr("From %1.").arg(m_source.text()));
    if (!m_shown)
        return;
    if (tab == Past) {
        m_tick.stop();
        if (m_stale)
            askPast();
        return;
    }
    askLivePast();
    drawLive();
    m_tick.start();
}

void ChartsPage::askPast()
{
    m_stale = false;
    m_saveAll->setEnabled(false);
    m_past->ask(m_form->choice().plan());
}

void ChartsPage::askLivePast()
{
    const HistoryDesk::Maker maker = m_source.maker();
    if (!maker)
        return;
    m_livePast.setSource(maker);
    // Whole minutes only: what is left out now is asked a minute later.
    m_asked = wholeMinutes();
    const HistoryScope scope{{m_asked - LiveRecord::span / 60'000 - 1, m_asked}, {}};
    m_livePast.ask<Counts>(
        [scope](History &history, QObject *context, auto done) { history.counts(scope, 1, context, std::move(done)); },
        [this](Result<Counts> counts) {
            if (!counts)
                return m_about->setText(tr("As the agents say each second. What was before is not known: %1")
                                            .arg(QString::fromStdString(describe(counts.error()))));
            m_record.setPast(*counts);
            drawLive();
        });
}

void ChartsPage::drawLive()
{
    if (m_tabs->currentIndex() != Live)
        return;
    if (m_tick.isActive() && wholeMinutes() > m_asked && !m_livePast.isAsking())
        askLivePast();
    LineChart chart = m_record.chart(measureOf(m_measure->currentData().toString()), QDateTime::currentMSecsSinceEpoch());
    chart.zone = QTimeZone(m_form->choice().zone.toUtf8());
    m_live->setMessage(chart.lines.empty() ? tr("No agent is known yet. Add one by its address at the left, or wait until one is found.") : QString());
    m_live->replace(std::move(chart));
}

void ChartsPage::saveAll()
{
    const QString key = QStringLiteral("charts/folder");
    const QString before = m_workspace.settings.value(key, QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)).toString();
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Save all charts into a folder"), before);
    if (folder.isEmpty())
        return;
    m_workspace.settings.set(key, folder);
    const QString trouble = m_past->saveAll(folder);
    m_about->setText(trouble.isEmpty() ? tr("Saved into %1.").arg(folder) : trouble);
}

} // namespace facetrack::console
