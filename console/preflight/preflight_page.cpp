#include "console/preflight/preflight_page.h"

#include "console/core/moment.h"
#include "console/preflight/finding_list.h"
#include "console/preflight/preflight_report.h"
#include "console/shell/theme.h"

#include <QDir>
#include <QFileDialog>
#include <QLocale>
#include <QStandardPaths>
#include <QVBoxLayout>

namespace facetrack::console {

namespace {

constexpr std::chrono::milliseconds Gathered{250};

QColor colourOf(FindingState state)
{
    switch (state) {
    case FindingState::Good: return goodColour();
    case FindingState::Attention: return warningColour();
    case FindingState::Bad: return errorColour();
    case FindingState::Unknown: break;
    }
    return QPalette().color(QPalette::WindowText);
}

} // namespace

PreflightPage::PreflightPage(Workspace &workspace)
    : m_workspace(workspace), m_agents(workspace.agents), m_venue(workspace.agents.surroundings().network),
      m_headline(new QLabel), m_about(new QLabel), m_list(new FindingList),
      m_again(new QPushButton(tr("&Run again"))), m_save(new QPushButton(tr("&Save as PDF…"))),
      m_connections(new QPushButton(tr("Connections")))
{
    m_headline->setObjectName(QStringLiteral("preflightHeadline"));
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.6);
    m_headline->setFont(large);
    m_about->setObjectName(QStringLiteral("preflightAbout"));
    m_about->setWordWrap(true);
    m_list->setObjectName(QStringLiteral("preflightList"));
    m_again->setObjectName(QStringLiteral("runAgain"));
    m_save->setObjectName(QStringLiteral("savePdf"));
    auto *const row = new QHBoxLayout;
    row->addWidget(m_headline, 1);
    for (QPushButton *const button : {m_again, m_connections, m_save})
        row->addWidget(button);
    auto *const layout = new QVBoxLayout(this);
    layout->addLayout(row);
    layout->addWidget(m_about);
    layout->addWidget(m_list, 1);
    m_soon.setSingleShot(true);
    m_soon.setInterval(Gathered);
    const auto soon = [this] {
        if (!m_soon.isActive())
            m_soon.start();
    };
    connect(&m_soon, &QTimer::timeout, this, &PreflightPage::update);
    connect(&m_agents, &AgentWatch::changed, this, soon);
    connect(&m_venue, &VenueCheck::changed, this, soon);
    connect(&m_venue, &VenueCheck::finished, this, &PreflightPage::update);
    connect(workspace.venues.get(), &VenueProfiles::activeChanged, this, [this] {
        m_venue.cancel();
        m_tried = {};
    });
    connect(m_again, &QPushButton::clicked, this, &PreflightPage::runAgain);
    connect(m_save, &QPushButton::clicked, this, &PreflightPage::askForFile);
    connect(m_connections, &QPushButton::clicked, this, [this] { Q_EMIT wants(QStringLiteral("connections")); });
    addActions();
}

void PreflightPage::addActions()
{
    const auto add = [this](const QString &text, const QKeySequence &key, QPushButton *button) {
        auto *const action = new QAction(text, this);
        action->setShortcut(key);
        connect(action, &QAction::triggered, button, &QPushButton::click);
        m_actions << action;
    };
    add(tr("Run preflight again"), QKeySequence::Refresh, m_again);
    add(tr("Save preflight as PDF…"), QKeySequence::Save, m_save);
}

void PreflightPage::entered()
{
    m_agents.setOn(true);
    if (m_tried.isNull())
        runAgain();
    update();
}

void PreflightPage::left()
{
    m_agents.setOn(false);
}

void PreflightPage::runAgain()
{
    m_agents.askNow();
    m_tried = QDateTime::currentDateTime();
    const VenueProfile venue = m_workspace.venues->active();
    if (!venue.hasDatabase() && venue.relay.isEmpty())
        return update();
    m_workspace.venues->readPassword(venue.name, this, [this, venue](const QString &password) {
        m_venue.start(venue, password);
        update();
    });
}

QList<Finding> PreflightPage::venueFindings() const
{
    const VenueProfile venue = m_workspace.venues->active();
    const QString subject = tr("Database");
    const QString item = tr("Write and read");
    if (!venue.hasDatabase() && venue.relay.isEmpty())
        return {{subject, item, FindingState::Unknown, tr("this console knows no database"),
                 tr("set it up under Connections")}};
    QList<Finding> findings;
    if (!m_tried.isNull()) // else they are another venue's
        findings = m_venue.findings();
    if (m_venue.isRunning())
        findings << Finding{subject, tr("Test"), FindingState::Unknown, tr("under way…"), {}};
    else if (findings.isEmpty())
        findings << Finding{subject, item, FindingState::Unknown, tr("not tried yet"), tr("Run again")};
    return findings;
}

QList<Finding> PreflightPage::findings() const
{
    const QList<Finding> agents = m_agents.findings(m_workspace.venues->active().hasDatabase());
    if (agents.isEmpty())
        return QList<Finding>{{tr("Agents"), tr("Contact"), FindingState::Unknown, tr("no agent is known"), tr("Add by address… at the left, or wait until one is found")}}
               + venueFindings();
    return agents + venueFindings();
}

void PreflightPage::update()
{
    const QList<Finding> now = findings();
    m_list->show(now);
    m_headline->setText(headline(now));
    QPalette palette = m_headline->palette();
    palette.setColor(QPalette::WindowText, colourOf(worstOf(now)));
    m_headline->setPalette(palette);
    const QString venue = m_workspace.venues->active().name;
    const QString tried = m_tried.isNull() ? tr("not yet") : QLocale().toString(m_tried.time(), QStringLiteral("HH:mm:ss"));
    m_about->setToolTip(m_tried.isNull() ? QString() : momentWords(m_tried));
    const QString words
        = m_workspace.venues->active().hasDatabase()
              ? tr("Venue: %1. Agents are followed as they go; the database was tried at %2, with a row of an agent "
                   "\"facetrack-preflight\" that is written, read and deleted again.").arg(venue, tried)
              : tr("Venue: %1. Agents are followed as they go.").arg(venue.isEmpty() ? tr("none") : venue);
    m_about->setText(words
                     + (m_saved.isEmpty() ? QString() : QLatin1Char('\n') + m_saved));
}

QString PreflightPage::savePdf(const QString &file) const
{
    return writePdf({m_workspace.venues->active().name, QDateTime::currentDateTime(), findings()}, file);
}

void PreflightPage::askForFile()
{
    const QString folder = m_workspace.settings.value(QStringLiteral("preflight/folder"),
                                                      QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)).toString();
    const QString proposal = QDir(folder).filePath(
        QStringLiteral("preflight-%1.pdf").arg(QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd-HHmm"))));
    const QString file = QFileDialog::getSaveFileName(this, tr("Save preflight"), proposal, tr("PDF (*.pdf)"));
    if (file.isEmpty())
        return;
    m_workspace.settings.set(QStringLiteral("preflight/folder"), QFileInfo(file).path());
    const QString trouble = savePdf(file);
    m_saved = trouble.isEmpty() ? tr("Saved as %1.").arg(file) : tr("%1 cannot be written: %2").arg(file, trouble);
    update();
}

} // namespace facetrack::console
