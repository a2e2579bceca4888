#include "console/connections/connections_page.h"

#include "console/connections/venue_form.h"
#include "console/preflight/finding_list.h"

#include <QMessageBox>
#include <QSignalBlocker>
#include <QSplitter>
#include <QVBoxLayout>

namespace facetrack::console {

ConnectionsPage::ConnectionsPage(Workspace &workspace)
    : m_venues(*workspace.venues), m_check(workspace.agents.surroundings().network),
      m_list(new QListWidget), m_form(new VenueForm(m_venues)), m_findings(new FindingList),
      m_notice(new QLabel), m_result(new QLabel)
{
    auto *const halves = new QSplitter;
    halves->addWidget(makeList());
    halves->addWidget(makeDetails());
    halves->setStretchFactor(1, 1);
    halves->setSizes({200, 800});
    halves->setChildrenCollapsible(false);
    auto *const layout = new QVBoxLayout(this);
    layout->addWidget(halves);
    connect(m_list, &QListWidget::currentItemChanged, this, &ConnectionsPage::choose);
    connect(m_form, &VenueForm::renamed, this, &ConnectionsPage::list);
    connect(m_form, &VenueForm::trouble, this, &ConnectionsPage::tell);
    connect(m_form, &VenueForm::edited, this, [this] {
        m_notice->hide();
        if (!m_check.isRunning() && !m_check.findings().isEmpty())
            m_result->setText(tr("Changed since this test."));
    });
    connect(&m_venues, &VenueProfiles::activeChanged, this, [this] { list(m_form->name()); });
    connect(&m_check, &VenueCheck::changed, this, &ConnectionsPage::showTest);
    connect(&m_check, &VenueCheck::finished, this, &ConnectionsPage::showTest);
    list(m_venues.active().name);
}

QPushButton *ConnectionsPage::addButton(QLayout *to, const QString &text, const char *name,
                                        void (ConnectionsPage::*does)())
{
    auto *const button = new QPushButton(text);
    button->setObjectName(QString::fromLatin1(name));
    connect(button, &QPushButton::clicked, this, does);
    to->addWidget(button);
    auto *const action = new QAction(text, this);
    connect(action, &QAction::triggered, button, &QPushButton::click);
    m_actions << action;
    return button;
}

QWidget *ConnectionsPage::makeList()
{
    auto *const side = new QWidget;
    auto *const layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    m_list->setObjectName(QStringLiteral("venues"));
    m_list->setAccessibleName(tr("Venues"));
    m_list->setMinimumWidth(180);
    layout->addWidget(m_list, 1);
    addButton(layout, tr("New venue"), "newVenue", &ConnectionsPage::add)->setIcon(icon(Icon::Add));
    m_use = addButton(layout, tr("Use this venue"), "useVenue", &ConnectionsPage::use);
    m_delete = addButton(layout, tr("Delete venue…"), "deleteVenue", &ConnectionsPage::remove);
    return side;
}

QWidget *ConnectionsPage::makeDetails()
{
    auto *const side = new QWidget;
    auto *const layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    m_notice->setObjectName(QStringLiteral("venueNotice"));
    m_notice->setWordWrap(true);
    m_notice->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_notice->hide();
    auto *const row = new QHBoxLayout;
    m_test = addButton(row, tr("Test"), "testVenue", &ConnectionsPage::test);
    m_result->setObjectName(QStringLiteral("testResult"));
    m_result->setWordWrap(true);
    row->addWidget(m_result, 1);
    m_findings->setObjectName(QStringLiteral("testFindings"));
    layout->addWidget(m_form);
    layout->addWidget(m_notice);
    layout->addLayout(row);
    layout->addWidget(m_findings, 1);
    return side;
}

QString ConnectionsPage::chosen() const
{
    return m_list->currentItem() ? m_list->currentItem()->data(Qt::UserRole).toString() : QString();
}

void ConnectionsPage::list(const QString &chosen)
{
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        for (const QString &name : m_venues.names()) {
            const bool active = name == m_venues.active().name;
            auto *const item = new QListWidgetItem(active ? tr("%1 (in use)").arg(name) : name, m_list);
            item->setData(Qt::UserRole, name);
            QFont font = item->font();
            font.setBold(active);
            item->setFont(font);
            if (name == chosen)
                m_list->setCurrentItem(item);
        }
        if (!m_list->currentItem())
            m_list->setCurrentRow(0);
    }
    choose();
}

void ConnectionsPage::choose()
{
    const QString name = chosen();
    m_use->setEnabled(!name.isEmpty() && name != m_venues.active().name);
    m_delete->setEnabled(!name.isEmpty());
    m_test->setEnabled(!name.isEmpty());
    if (name.isEmpty())
        tell(tr("No venue yet. New venue makes one: where its database is, and who logs in."));
    if (name == m_form->name() && !name.isEmpty())
        return;
    m_check.cancel();
    m_findings->show({});
    m_form->show(name);
    showTest();
    if (!name.isEmpty())
        m_notice->hide();
}

void ConnectionsPage::add()
{
    VenueProfile profile;
    profile.name = m_venues.freeName(tr("New venue"));
    m_venues.save(profile);
    list(profile.name);
    auto *const name = m_form->findChild<QLineEdit *>(QStringLiteral("venueName"));
    name->setFocus();
    name->selectAll();
}

void ConnectionsPage::remove()
{
    auto *const box = new QMessageBox(QMessageBox::Question, tr("Delete %1").arg(chosen()),
                                      tr("Delete %1? Its addresses and its password are lost here; the database keeps everything.").arg(chosen()),
                                      QMessageBox::Cancel, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("deleteDialog"));
    QPushButton *const yes = box->addButton(tr("Delete"), QMessageBox::AcceptRole);
    yes->setObjectName(QStringLiteral("reallyDelete"));
    connect(yes, &QPushButton::clicked, this, [this, name = chosen()] {
        m_venues.remove(name);
        list({});
    });
    box->open();
}

void ConnectionsPage::use()
{
    m_form->keepPassword();
    m_venues.setActive(chosen());
}

void ConnectionsPage::test()
{
    if (m_check.isRunning()) {
        m_check.cancel();
        m_result->setText(tr("Given up."));
        return m_test->setText(tr("Test"));
    }
    m_form->keepPassword();
    const VenueProfile profile = m_venues.profile(chosen());
    if (!profile.hasDatabase() && profile.relay.isEmpty())
        return tell(tr("Nothing to test: give the address of a database or of a relay."));
    m_check.start(profile, m_form->password());
}

void ConnectionsPage::showTest()
{
    const bool runs = m_check.isRunning();
    m_test->setText(runs ? tr("Cancel") : tr("Test"));
    const QList<Finding> &found = m_check.findings();
    const bool own = m_form->name() == chosen() && (runs || !found.isEmpty());
    m_result->setText(!own ? QString() : runs ? tr("Testing…") : headline(found));
    m_findings->show(found);
}

void ConnectionsPage::tell(const QString &words)
{
    m_notice->setText(words);
    m_notice->show();
}

void ConnectionsPage::left()
{
    m_form->keepPassword();
    m_check.cancel();
    showTest();
}

} // namespace facetrack::console
