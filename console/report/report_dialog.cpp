#include "console/report/report_dialog.h"

#include "console/report/report_pdf.h"

#include <QCompleter>
#include <QDesktopServices>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QStandardPaths>
#include <QTimeZone>
#include <QUrl>
#include <QVBoxLayout>

namespace facetrack::console {

namespace {

constexpr int FromAgents = 0;
constexpr int FromDatabase = 1;

int minutesOf(const QTime &time)
{
    return time.hour() * 60 + time.minute();
}

QStringList zones()
{
    QStringList names;
    const QList<QByteArray> all = QTimeZone::availableTimeZoneIds();
    for (const QByteArray &id : all)
        if (id.contains('/') || id == "UTC")
            names << QString::fromLatin1(id);
    return names;
}

template<typename T>
T *named(T *widget, const char *name, const QString &accessible)
{
    widget->setObjectName(QLatin1String(name));
    widget->setAccessibleName(accessible);
    return widget;
}

} // namespace

ReportDialog::ReportDialog(Workspace &workspace, QWidget *parent)
    : QDialog(parent), m_workspace(workspace), m_job(workspace.agents.surroundings().network),
      m_from(named(new QDateEdit, "reportFrom", tr("First day"))), m_to(named(new QDateEdit, "reportTo", tr("Last day"))),
      m_opens(named(new QTimeEdit, "reportOpens", tr("Opens at"))), m_closes(named(new QTimeEdit, "reportCloses", tr("Closes at"))),
      m_zone(named(new QComboBox, "reportZone", tr("The place's time zone"))),
      m_source(named(new QComboBox, "reportSource", tr("Who is asked"))),
      m_folder(named(new QLineEdit, "reportFolder", tr("Folder"))), m_state(new QLabel)
{
    setObjectName(QStringLiteral("reportDialog"));
    setWindowTitle(tr("Report"));
    setAttribute(Qt::WA_DeleteOnClose);
    new QVBoxLayout(this);
    addForm();
    m_state->setObjectName(QStringLiteral("reportState"));
    m_state->setWordWrap(true);
    m_state->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_state->setMinimumWidth(440);
    layout()->addWidget(m_state);
    addButtons();
    restore();
    connect(&m_job, &ReportJob::finished, this, [this](const std::shared_ptr<const EventReport> &report) { write(*report); });
    connect(&m_job, &ReportJob::failed, this, [this](const Error &why) {
        m_make->setEnabled(true);
        say(QString::fromStdString(describe(why)));
    });
    // The last day is not before the first.
    connect(m_from, &QDateEdit::dateChanged, this, [this](const QDate &day) { m_to->setMinimumDate(day); });
    m_to->setMinimumDate(m_from->date());
}

void ReportDialog::addForm()
{
    auto *const form = new QFormLayout;
    const auto pair = [](QWidget *first, const QString &between, QWidget *second) {
        auto *const row = new QHBoxLayout;
        row->addWidget(first);
        row->addWidget(new QLabel(between));
        row->addWidget(second);
        row->addStretch();
        return row;
    };
    for (QDateEdit *const day : {m_from, m_to})
        day->setCalendarPopup(true);
    for (QTimeEdit *const time : {m_opens, m_closes})
        time->setDisplayFormat(QStringLiteral("HH:mm"));
    m_closes->setToolTip(tr("00:00 is the end of the day"));
    m_zone->setEditable(true);
    m_zone->setInsertPolicy(QComboBox::NoInsert);
    m_zone->addItems(zones());
    m_zone->completer()->setFilterMode(Qt::MatchContains);
    m_zone->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_source->addItem(tr("The agents of this console"));
    const VenueProfile venue = m_workspace.venues->active();
    if (venue.hasDatabase())
        m_source->addItem(tr("The database of %1").arg(venue.name));
    auto *const browse = new QPushButton(tr("Choose…"));
    browse->setAccessibleName(tr("Choose the folder"));
    browse->setAutoDefault(false);
    connect(browse, &QPushButton::clicked, this, &ReportDialog::chooseFolder);
    auto *const folder = new QHBoxLayout;
    folder->addWidget(m_folder, 1);
    folder->addWidget(browse);
    form->addRow(tr("Event days"), pair(m_from, tr("to"), m_to));
    form->addRow(tr("Opening hours"), pair(m_opens, tr("to"), m_closes));
    form->addRow(tr("The place's time zone"), m_zone);
    form->addRow(tr("Ask"), m_source);
    form->addRow(tr("Folder"), folder);
    static_cast<QVBoxLayout *>(layout())->addLayout(form);
}

void ReportDialog::addButtons()
{
    auto *const buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_make = buttons->addButton(tr("Make the report"), QDialogButtonBox::ActionRole);
    m_make->setObjectName(QStringLiteral("reportMake"));
    m_open = buttons->addButton(tr("Open the PDF"), QDialogButtonBox::ActionRole);
    m_open->setObjectName(QStringLiteral("reportOpen"));
    m_open->setEnabled(false);
    layout()->addWidget(buttons);
    m_make->setDefault(true);
    connect(m_make, &QPushButton::clicked, this, &ReportDialog::make);
    connect(m_open, &QPushButton::clicked, this, [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_written)); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void ReportDialog::restore()
{
    const ConsoleSettings &settings = m_workspace.settings;
    const QDate today = QDate::currentDate();
    m_from->setDate(settings.value(QStringLiteral("report/from"), today.addDays(-1)).toDate());
    m_to->setDate(settings.value(QStringLiteral("report/to"), today).toDate());
    m_opens->setTime(settings.value(QStringLiteral("report/opens"), QTime(9, 0)).toTime());
    m_closes->setTime(settings.value(QStringLiteral("report/closes"), QTime(18, 0)).toTime());
    m_zone->setCurrentText(settings.value(QStringLiteral("report/zone"), QString::fromLatin1(QTimeZone::systemTimeZoneId())).toString());
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    m_folder->setText(settings.value(QStringLiteral("report/folder"), QDir(documents).filePath(tr("facetrack report"))).toString());
    m_source->setCurrentIndex(m_source->count() > FromDatabase ? FromDatabase : FromAgents);
}

void ReportDialog::keep() const
{
    ConsoleSettings &settings = m_workspace.settings;
    settings.set(QStringLiteral("report/from"), m_from->date());
    settings.set(QStringLiteral("report/to"), m_to->date());
    settings.set(QStringLiteral("report/opens"), m_opens->time());
    settings.set(QStringLiteral("report/closes"), m_closes->time());
    settings.set(QStringLiteral("report/zone"), m_zone->currentText());
    settings.set(QStringLiteral("report/folder"), m_folder->text());
}

void ReportDialog::chooseFolder()
{
    const QString chosen = QFileDialog::getExistingDirectory(this, tr("Folder of the report"), m_folder->text());
    if (!chosen.isEmpty())
        m_folder->setText(chosen);
}

Result<EventPlan> ReportDialog::plan() const
{
    const auto days = parseDays(m_from->date().toString(Qt::ISODate).toStdString() + ".." + m_to->date().toString(Qt::ISODate).toStdString());
    if (!days)
        return tl::unexpected(days.error());
    EventPlan plan;
    plan.days = *days;
    plan.hours = {minutesOf(m_opens->time()), minutesOf(m_closes->time())};
    if (plan.hours.closes == 0)
        plan.hours.closes = 24 * 60;
    plan.zone = m_zone->currentText().trimmed().toStdString();
    return plan;
}

void ReportDialog::make()
{
    if (m_folder->text().trimmed().isEmpty())
        return say(tr("Choose a folder first."));
    keep();
    m_make->setEnabled(false);
    m_open->setEnabled(false);
    say(tr("Asking…"));
    findPast(m_workspace, m_source->currentIndex() == FromDatabase, this,
             [this](const HistoryDesk::Maker &past) { ask(past); });
}

void ReportDialog::ask(const HistoryDesk::Maker &past)
{
    const auto wanted = plan();
    if (wanted && past)
        return m_job.start(*wanted, past);
    m_make->setEnabled(true);
    say(wanted ? tr("No agent is known: add one at the left, or a venue with a database under Connections.")
               : QString::fromStdString(describe(wanted.error())));
}

void ReportDialog::write(const EventReport &report)
{
    QGuiApplication::setOverrideCursor(Qt::WaitCursor);
    const QString folder = QDir::cleanPath(m_folder->text().trimmed());
    const QString trouble = writeReport(report, lookOf(m_workspace.agents, report, m_workspace.venues->active().name), folder);
    QGuiApplication::restoreOverrideCursor();
    m_make->setEnabled(true);
    if (!trouble.isEmpty())
        return say(trouble);
    m_written = QDir(folder).filePath(QStringLiteral("report.pdf"));
    m_open->setEnabled(true);
    QString words = tr("Written: %1, and its tables beside it.").arg(m_written);
    for (const std::string &agent : report.missing)
        words += QLatin1Char('\n') + tr("%1 did not answer and is not in it.").arg(QString::fromStdString(agent));
    if (report.isSimulated())
        words += QLatin1Char('\n') + tr("This event was made up.");
    if (!report.total.hasData())
        words += QLatin1Char('\n') + tr("There are no data of these hours.");
    say(words);
}

void ReportDialog::say(const QString &words)
{
    m_state->setText(words);
}

} // namespace facetrack::console
