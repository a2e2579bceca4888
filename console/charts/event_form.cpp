#include "console/charts/event_form.h"

#include "console/shell/theme.h"

#include <QComboBox>
#include <QCompleter>
#include <QDateEdit>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QTimeZone>
#include <QToolButton>
#include <QVBoxLayout>

namespace facetrack::console {

namespace {

enum Quick { Chosen, Today, Yesterday, LastWeek };

QDateEdit *dateEdit(const char *name, const QString &about)
{
    auto *const edit = new QDateEdit;
    edit->setObjectName(QLatin1String(name));
    edit->setCalendarPopup(true);
    edit->setAccessibleName(about);
    edit->setToolTip(about);
    edit->setDateRange(QDate(2000, 1, 1), QDate(2200, 1, 1));
    edit->setKeyboardTracking(false);
    edit->setDisplayFormat(QLocale().dateFormat(QLocale::ShortFormat));
    edit->setMinimumWidth(edit->fontMetrics().horizontalAdvance(QStringLiteral("00.00.0000")) + 48);
    return edit;
}

} // namespace

EventForm::EventForm(QWidget *parent)
    : QWidget(parent), m_quick(new QComboBox), m_zone(new QComboBox), m_from(dateEdit("eventFrom", tr("First day"))),
      m_to(dateEdit("eventTo", tr("Last day"))), m_hours(new QLineEdit), m_days(new QWidget), m_wrong(new QLabel)
{
    m_quick->setObjectName(QStringLiteral("eventQuick"));
    m_quick->addItems({tr("These days"), tr("Today"), tr("Yesterday"), tr("Last 7 days")});
    m_hours->setObjectName(QStringLiteral("eventHours"));
    m_hours->setPlaceholderText(QStringLiteral("09:00-18:00"));
    m_hours->setToolTip(tr("Opening hours, such as 09:00-18:00; 00:00-24:00 is the whole day"));
    m_hours->setAccessibleName(tr("Opening hours"));
    m_hours->setMaximumWidth(m_hours->fontMetrics().horizontalAdvance(QStringLiteral("00:00-00:00")) + 24);
    m_zone->setObjectName(QStringLiteral("eventZone"));
    m_zone->setEditable(true);
    m_zone->setInsertPolicy(QComboBox::NoInsert);
    m_zone->setToolTip(tr("Time zone of the place, whose clocks the charts show"));
    m_zone->setAccessibleName(tr("Time zone of the place"));
    m_zone->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_zone->setMinimumContentsLength(16);
    for (const QByteArray &zone : QTimeZone::availableTimeZoneIds())
        m_zone->addItem(QString::fromLatin1(zone));
    m_zone->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_zone->completer()->setFilterMode(Qt::MatchContains);
    m_wrong->setObjectName(QStringLiteral("eventWrong"));
    m_wrong->setWordWrap(true);
    m_wrong->hide();
    auto *const row = new QHBoxLayout;
    for (QWidget *one : std::initializer_list<QWidget *>{m_quick, m_from, new QLabel(QStringLiteral("–")), m_to, m_hours, m_zone})
        row->addWidget(one);
    row->addStretch();
    auto *const days = new QHBoxLayout(m_days);
    days->setContentsMargins(0, 0, 0, 0);
    days->setSpacing(2);
    auto *const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(row);
    layout->addWidget(m_days);
    layout->addWidget(m_wrong);
    connect(m_quick, &QComboBox::activated, this, &EventForm::quick);
    connect(m_from, &QDateEdit::dateChanged, this, [this](const QDate &day) {
        if (m_to->date() < day)
            m_to->setDate(day); // reads
        else
            read();
    });
    connect(m_to, &QDateEdit::dateChanged, this, &EventForm::read);
    connect(m_hours, &QLineEdit::editingFinished, this, &EventForm::read);
    connect(m_zone, &QComboBox::activated, this, &EventForm::read);
    connect(m_zone->lineEdit(), &QLineEdit::editingFinished, this, &EventForm::read);
}

void EventForm::set(const EventChoice &choice)
{
    m_choice = choice;
    const QList<QWidget *> quiet{m_from, m_to, m_hours, m_zone};
    for (QWidget *one : quiet)
        one->blockSignals(true);
    m_from->setDate(choice.from);
    m_to->setDate(choice.to);
    m_hours->setText(QString::fromStdString(hoursText(choice.hours)));
    m_zone->setCurrentIndex(m_zone->findText(choice.zone)); // clears the words of a zone that is not listed,
    m_zone->setCurrentText(choice.zone);                    // such as Etc/UTC
    for (QWidget *one : quiet)
        one->blockSignals(false);
    m_wrong->hide();
    showDays();
}

QString EventForm::wrong(const EventChoice &choice) const
{
    const auto hours = parseHours(m_hours->text().toStdString());
    if (!hours || hours->closes <= hours->opens)
        return tr("Opening hours are written like 09:00-18:00; 00:00-24:00 is the whole day.");
    if (choice.zone.isEmpty() || !QTimeZone(choice.zone.toUtf8()).isValid()) // Qt takes no name for a valid one
        return tr("There is no time zone \"%1\"; they are written like Europe/Berlin.").arg(choice.zone);
    if (choice.from.daysTo(choice.to) >= mostDays || choice.to < choice.from)
        return tr("At most %1 days at a time, the first one first.").arg(mostDays);
    if (choice.days().empty())
        return tr("At least one day.");
    return {};
}

void EventForm::read()
{
    EventChoice choice = m_choice;
    choice.from = m_from->date();
    choice.to = m_to->date();
    choice.zone = m_zone->currentText().trimmed();
    choice.without.clear();
    for (const QToolButton *button : m_dayButtons)
        if (const QDate day = button->property("day").toDate(); !button->isChecked() && day >= choice.from && day <= choice.to)
            choice.without << day;
    const QString trouble = wrong(choice);
    m_wrong->setText(trouble);
    m_wrong->setVisible(!trouble.isEmpty());
    QPalette palette = m_wrong->palette();
    palette.setColor(QPalette::WindowText, errorColour());
    m_wrong->setPalette(palette);
    if (!trouble.isEmpty())
        return;
    choice.hours = *parseHours(m_hours->text().toStdString());
    if (choice == m_choice)
        return;
    m_choice = choice;
    m_quick->setCurrentIndex(Chosen);
    showDays();
    Q_EMIT changed(m_choice);
}

void EventForm::quick(int index)
{
    if (index == Chosen)
        return;
    EventChoice choice = m_choice;
    const QDate today = QDateTime::currentDateTimeUtc().toTimeZone(QTimeZone(choice.zone.toUtf8())).date();
    choice.to = index == Yesterday ? today.addDays(-1) : today;
    choice.from = index == LastWeek ? today.addDays(-6) : choice.to;
    choice.without.clear();
    const bool other = !(choice == m_choice);
    set(choice);
    if (other)
        Q_EMIT changed(m_choice);
}

void EventForm::showDays()
{
    qDeleteAll(m_dayButtons);
    m_dayButtons.clear();
    const auto count = m_choice.from.daysTo(m_choice.to) + 1;
    m_days->setVisible(count > 1 && count <= 14);
    if (!m_days->isVisibleTo(this))
        return;
    auto *const row = static_cast<QHBoxLayout *>(m_days->layout());
    while (QLayoutItem *item = row->takeAt(0))
        delete item;
    for (QDate day = m_choice.from; day <= m_choice.to; day = day.addDays(1)) {
        auto *const button = new QToolButton;
        button->setText(QLocale().toString(day, QStringLiteral("ddd d MMM")));
        button->setCheckable(true);
        button->setChecked(!m_choice.without.contains(day));
        button->setProperty("day", day);
        button->setToolTip(tr("Whether this day belongs to the event"));
        connect(button, &QToolButton::clicked, this, &EventForm::read, Qt::QueuedConnection); // it is replaced
        row->addWidget(button);
        m_dayButtons << button;
    }
    row->addStretch();
}

} // namespace facetrack::console
