#include "console/count/count_page.h"

#include "console/shell/theme.h"

#include <QDateTime>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLocale>
#include <QMessageBox>
#include <QVBoxLayout>
#include <algorithm>

namespace facetrack::console {

namespace {

constexpr int SideWidth = 300; // px
constexpr int ListHeight = 170; // px
constexpr auto ListEvery = std::chrono::seconds(5); // a visit is known when it has ended
constexpr qint64 SettledMs = 180'000; // after a count, most visits have

QLabel *wrapping(const char *name)
{
    auto *const label = new QLabel;
    label->setObjectName(QLatin1String(name));
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QPushButton *button(const QString &text, const char *name)
{
    auto *const made = new QPushButton(text);
    made->setObjectName(QLatin1String(name));
    return made;
}

QString clockText(std::chrono::milliseconds left)
{
    const auto seconds = (left.count() + 999) / 1000;
    return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

} // namespace

CountPage::CountPage(Workspace &workspace)
    : m_workspace(workspace), m_kept(workspace.settings), m_desk(workspace, m_kept),
      m_layers(new QStackedLayout),
      m_empty(new QLabel(tr("<h2>No agent is chosen</h2><p>Click one in the list at the left: its visitors are "
                            "counted here by hand.</p>")))
{
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_layers->addWidget(m_empty);
    auto *const layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *const left = new QVBoxLayout;
    left->setContentsMargins(0, 0, 0, 0);
    left->addLayout(m_layers, 1);
    m_list = new ValidationList;
    m_list->setFixedHeight(ListHeight);
    left->addWidget(m_list);
    layout->addLayout(left, 1);
    layout->addWidget(makeSide());
    addKeys();
    connect(&m_count, &HandCount::changed, this, &CountPage::refresh);
    connect(&m_count, &HandCount::timeIsUp, this, &CountPage::end);
    connect(&m_kept, &KeptCounts::changed, this, &CountPage::refreshKept);
    connect(&m_desk, &ValidationDesk::stored, this, &CountPage::showResult);
    connect(&m_desk, &ValidationDesk::failed, this, [this](const KeptCount &count, const QString &why) {
        say(tr("%1 did not take the count, which is kept here: %2").arg(count.name, why));
    });
    connect(&m_desk, &ValidationDesk::listed, this, [this](AgentSession *session, const QList<StoredCount> &counts) {
        if (session == m_session)
            took(counts);
    });
    m_again.setInterval(ListEvery);
    connect(&m_again, &QTimer::timeout, this, [this] {
        if (QDateTime::currentMSecsSinceEpoch() + m_aheadMs - m_newest.to < SettledMs)
            m_desk.ask(m_session);
    });
    for (AgentSession *const session : workspace.agents.sessions())
        follow(session);
    connect(&workspace.agents, &AgentListModel::sessionAdded, this, &CountPage::follow);
    connect(&workspace.agents, &AgentListModel::sessionRemoved, this, [this](AgentSession *gone) {
        if (gone == m_session && !m_count.isRunning())
            showAgent(nullptr);
    });
    connect(&workspace.current, &CurrentAgent::changed, this, [this](AgentSession *session) {
        if (!m_count.isRunning()) // a count stays with its agent
            showAgent(session);
    });
    showAgent(workspace.current.session());
    refreshKept();
}

CountPage::~CountPage()
{
    m_kept.disconnect(this);
    if (m_count.isRunning())
        m_kept.keep(m_count.stop());
}

QWidget *CountPage::makeSide()
{
    auto *const side = new QWidget;
    auto *const layout = new QVBoxLayout(side);
    addHead(layout);
    addCounter(layout);
    addResults(layout);
    side->setFixedWidth(std::max(SideWidth, side->minimumSizeHint().width())); // words of other languages are longer
    return side;
}

void CountPage::addHead(QVBoxLayout *side)
{
    m_name = new QLabel;
    m_name->setObjectName(QStringLiteral("countAgent"));
    QFont bold = font();
    bold.setBold(true);
    m_name->setFont(bold);
    side->addWidget(m_name);
    QLabel *const how = wrapping("countHow");
    how->setText(tr("Count everybody whose face comes into view, on the picture or at the booth: not those who are there "
                    "already, and who comes back after some seconds once more. The agent's own boxes are not shown, so that "
                    "they do not tell you whom to count."));
    side->addWidget(how);
    m_minutes = new QSpinBox;
    m_minutes->setObjectName(QStringLiteral("countMinutes"));
    m_minutes->setRange(1, 120);
    m_minutes->setValue(m_workspace.settings.value(QStringLiteral("count/minutes"), 5).toInt());
    m_minutes->setSuffix(tr(" min"));
    m_minutes->setAccessibleName(tr("How many minutes to count"));
    m_start = button({}, "countStart");
    auto *const row = new QHBoxLayout;
    row->addWidget(m_minutes);
    row->addWidget(m_start, 1);
    side->addLayout(row);
    connect(m_start, &QPushButton::clicked, this, &CountPage::toggle);
}

void CountPage::addCounter(QVBoxLayout *side)
{
    m_number = new QLabel;
    m_number->setObjectName(QStringLiteral("countNumber"));
    m_number->setAlignment(Qt::AlignCenter);
    QFont huge = font();
    huge.setPointSizeF(huge.pointSizeF() * 7);
    huge.setBold(true);
    m_number->setFont(huge);
    m_left = new QLabel;
    m_left->setObjectName(QStringLiteral("countLeft"));
    m_left->setAlignment(Qt::AlignCenter);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.6);
    m_left->setFont(large);
    m_one = button(tr("One more (space bar)"), "countOne");
    m_one->setFont(large);
    m_one->setMinimumHeight(80);
    m_back = button(tr("Take one back (Backspace)"), "countBack");
    m_note = new QLineEdit;
    m_note->setObjectName(QStringLiteral("countNote"));
    m_note->setPlaceholderText(tr("A note, such as who counted and where"));
    m_note->setAccessibleName(tr("Note to the count"));
    m_note->setMaxLength(240);
    for (QWidget *const widget : std::initializer_list<QWidget *>{m_number, m_left, m_one, m_back, m_note})
        side->addWidget(widget);
    connect(m_one, &QPushButton::clicked, &m_count, &HandCount::add);
    connect(m_back, &QPushButton::clicked, &m_count, &HandCount::takeBack);
}

void CountPage::addResults(QVBoxLayout *side)
{
    m_result = wrapping("countResult");
    m_keptText = wrapping("countKept");
    m_sendNow = button(tr("Send now"), "countSend");
    m_drop = button(tr("Forget…"), "countDrop");
    auto *const row = new QHBoxLayout;
    row->addWidget(m_sendNow);
    row->addWidget(m_drop);
    side->addWidget(m_result);
    side->addWidget(m_keptText);
    side->addLayout(row);
    side->addStretch(1);
    connect(m_sendNow, &QPushButton::clicked, this, [this] {
        m_desk.sendAll();
    });
    connect(m_drop, &QPushButton::clicked, this, [this] {
        const auto count = static_cast<int>(m_kept.all().size());
        if (QMessageBox::question(this, tr("Forget counts"),
                                  tr("%n count(s) that no agent has yet are lost for good. Forget?", nullptr, count))
            != QMessageBox::Yes)
            return;
        const QList<KeptCount> all = m_kept.all();
        for (const KeptCount &one : all)
            m_kept.remove(one);
    });
}

void CountPage::addKeys()
{
    const auto key = [this](Qt::Key which, void (HandCount::*what)()) {
        auto *const made = new QShortcut(which, this);
        made->setContext(Qt::WidgetWithChildrenShortcut);
        made->setAutoRepeat(false);
        connect(made, &QShortcut::activated, &m_count, what);
        m_keys << made;
    };
    key(Qt::Key_Space, &HandCount::add);
    key(Qt::Key_Backspace, &HandCount::takeBack);
    auto *const action = new QAction(tr("Start or end counting by hand"), this);
    connect(action, &QAction::triggered, m_start, &QPushButton::click);
    m_actions << action;
}

/// What waits for an agent goes to it as soon as it is there.
void CountPage::follow(AgentSession *session)
{
    connect(session, &AgentSession::contactChanged, this, [this, session] {
        if (session->isOnline())
            m_desk.sendAll();
        if (session == m_session && session->isOnline())
            m_desk.ask(session);
        refresh();
    });
    connect(session, &AgentSession::infoChanged, this, &CountPage::refresh);
}

void CountPage::showAgent(AgentSession *session)
{
    if (m_session == session && (m_view || !session))
        return refresh();
    delete m_view;
    m_session = session;
    m_list->clear();
    m_result->clear();
    m_aheadMs = 0;
    if (session) {
        m_view = new PictureView(session, m_workspace.agents.colour(session));
        m_view->setObjectName(QStringLiteral("countPicture"));
        m_view->setBoxesShown(false);
        connect(m_view, &PictureView::painted, this, [this](const PictureFacts &facts) {
            if (facts.capturedUtc > 0)
                m_aheadMs = facts.capturedUtc - QDateTime::currentMSecsSinceEpoch();
        });
        m_layers->addWidget(m_view);
        m_layers->setCurrentWidget(m_view);
        m_desk.ask(session);
    } else {
        m_layers->setCurrentWidget(m_empty);
    }
    refresh();
}

void CountPage::toggle()
{
    if (m_count.isRunning())
        return end();
    if (!m_session || m_session->id().isEmpty())
        return;
    m_workspace.settings.set(QStringLiteral("count/minutes"), m_minutes->value());
    m_result->clear();
    m_count.start(m_session, std::chrono::minutes(m_minutes->value()), agentNow());
    m_one->setFocus();
}

void CountPage::end()
{
    KeptCount count = m_count.stop();
    count.note = m_note->text().trimmed();
    m_list->setFocus(); // a space bar that comes too late starts nothing
    if (count.to - count.from < 1000)
        say(tr("Ended before a second was over: nothing was kept."));
    else
        m_kept.keep(count); // first: whatever happens on the way, it is not lost
    m_desk.sendAll();
    if (m_kept.all().contains(count) && !(m_session && m_session->isOnline()))
        say(tr("%1 is away: its count of %2 is kept and sent when it is back.")
                .arg(count.name, QLocale().toString(count.count)));
    if (m_workspace.current.session() != m_session)
        showAgent(m_workspace.current.session());
    refresh();
}

void CountPage::refresh()
{
    const bool running = m_count.isRunning();
    const bool possible = m_session && !m_session->id().isEmpty();
    m_name->setText(running ? m_count.agentName() : m_session ? m_session->name() : tr("No agent is chosen"));
    m_start->setText(running ? tr("End now") : tr("Start counting"));
    m_start->setEnabled(running || possible);
    m_minutes->setEnabled(!running);
    m_one->setEnabled(running);
    m_back->setEnabled(running && m_count.count() > 0);
    for (QShortcut *const key : m_keys)
        key->setEnabled(running);
    const QString number = QLocale().toString(m_count.count());
    m_number->setText(number);
    m_number->setAccessibleName(tr("Counted: %1").arg(number));
    const bool away = running && (!m_session || !m_session->isOnline());
    m_left->setText(!running ? QString()
                    : away   ? tr("%1 left · the agent is away, go on").arg(clockText(m_count.left()))
                             : tr("%1 left").arg(clockText(m_count.left())));
}

void CountPage::refreshKept()
{
    const auto count = static_cast<int>(m_kept.all().size());
    QStringList names;
    for (const KeptCount &one : m_kept.all())
        if (!names.contains(one.name))
            names << one.name;
    m_keptText->setText(tr("%n count(s) wait here for %1.", nullptr, count).arg(names.join(QStringLiteral(", "))));
    for (QWidget *const widget : std::initializer_list<QWidget *>{m_keptText, m_sendNow, m_drop})
        widget->setVisible(count > 0);
}

void CountPage::showResult(const KeptCount &count, const StoredCount &stored)
{
    m_newest = count;
    if (!m_session || m_session->id() != count.agent)
        return say(tr("%1 has the count of %2 now.").arg(count.name, QLocale().toString(count.count)));
    say(accuracyWords(stored));
    m_desk.ask(m_session);
}

/// The newest count is told anew: visits that were under way have ended meanwhile.
void CountPage::took(const QList<StoredCount> &counts)
{
    m_list->show(counts);
    for (const StoredCount &one : counts) {
        if (m_newest.to == 0 || one.from.toMSecsSinceEpoch() != m_newest.from)
            continue;
        QString words = accuracyWords(one) + QLatin1Char('\n')
                        + tr("Only numbers are compared: one missed and one counted twice cancel each other. The agent "
                             "adds visitors when they leave, so these figures may still change.");
        if (m_newest.awaySeconds > 0)
            words += QLatin1Char('\n') + tr("The agent was out of reach for %n s of that time.", nullptr, m_newest.awaySeconds);
        say(words);
    }
}

void CountPage::say(const QString &words)
{
    m_result->setText(words);
}

qint64 CountPage::agentNow() const
{
    return QDateTime::currentMSecsSinceEpoch() + m_aheadMs;
}

void CountPage::entered()
{
    m_desk.sendAll();
    m_desk.ask(m_session);
}

void CountPage::showEvent(QShowEvent *)
{
    m_again.start();
}

void CountPage::hideEvent(QHideEvent *)
{
    m_again.stop();
}

} // namespace facetrack::console
