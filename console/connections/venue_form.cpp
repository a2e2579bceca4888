#include "console/connections/venue_form.h"

#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QRegularExpression>

namespace facetrack::console {

VenueForm::VenueForm(VenueProfiles &venues, QWidget *parent)
    : QWidget(parent), m_venues(venues), m_databases(new QPlainTextEdit)
{
    auto *const form = new QFormLayout(this);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_name = addLine(tr("&Name"), "venueName", tr("such as Berlin, hall 3"));
    m_databases->setObjectName(QStringLiteral("databases"));
    m_databases->setAccessibleName(tr("Databases, one address a line"));
    m_databases->setPlaceholderText(tr("https://db1:4200, one address a line"));
    m_databases->setTabChangesFocus(true);
    m_databases->setFixedHeight(3 * fontMetrics().lineSpacing() + 12);
    form->addRow(tr("&Databases"), m_databases);
    m_user = addLine(tr("&User"), "user", tr("empty: nobody logs in"));
    m_password = addLine(tr("&Password"), "password", tr("kept in %1").arg(venues.passwordPlace()));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setToolTip(tr("Kept in %1").arg(venues.passwordPlace()));
    form->addRow(tr("CA &file"), addCaLine());
    m_fingerprint = addLine(tr("F&ingerprint"), "fingerprint", tr("SHA-256 of the database's certificate, in place of a CA file"));
    m_schema = addLine(tr("&Schema"), "schema", QStringLiteral("facetrack"));
    m_relay = addLine(tr("&Relay"), "relay", tr("https://relay.example, where agents upload to one"));
    connect(m_databases, &QPlainTextEdit::textChanged, this, &VenueForm::keep);
    for (QLineEdit *const line : {m_user, m_ca, m_fingerprint, m_schema, m_relay})
        connect(line, &QLineEdit::textChanged, this, &VenueForm::keep);
    connect(m_name, &QLineEdit::editingFinished, this, &VenueForm::rename);
    connect(m_password, &QLineEdit::editingFinished, this, &VenueForm::keepPassword);
    show(QString());
}

QLineEdit *VenueForm::addLine(const QString &label, const char *name, const QString &hint)
{
    auto *const line = new QLineEdit;
    line->setObjectName(QString::fromLatin1(name));
    line->setAccessibleName(QString(label).remove(QLatin1Char('&')));
    line->setPlaceholderText(hint);
    static_cast<QFormLayout *>(layout())->addRow(label, line);
    return line;
}

QWidget *VenueForm::addCaLine()
{
    auto *const row = new QWidget;
    auto *const line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    m_ca = new QLineEdit;
    m_ca->setObjectName(QStringLiteral("caFile"));
    m_ca->setAccessibleName(tr("CA file"));
    m_ca->setPlaceholderText(tr("PEM; empty: the system's certificates"));
    row->setFocusProxy(m_ca);
    auto *const choose = new QPushButton(tr("Choose…"));
    connect(choose, &QPushButton::clicked, this, [this] {
        const QString file = QFileDialog::getOpenFileName(this, tr("CA file"), m_ca->text(),
                                                          tr("Certificates (*.pem *.crt *.cer);;All files (*)"));
        if (!file.isEmpty())
            m_ca->setText(file);
    });
    line->addWidget(m_ca);
    line->addWidget(choose);
    return row;
}

void VenueForm::show(const QString &name)
{
    keepPassword();
    m_shown.clear(); // while the lines are filled nothing is kept
    const VenueProfile profile = m_venues.profile(name);
    m_name->setText(profile.name);
    m_databases->setPlainText(profile.databases.join(QLatin1Char('\n')));
    m_user->setText(profile.user);
    m_password->clear();
    m_password->setModified(false);
    m_ca->setText(profile.caFile);
    m_fingerprint->setText(profile.fingerprint);
    m_schema->setText(profile.schema);
    m_relay->setText(profile.relay);
    m_shown = profile.name;
    setEnabled(!m_shown.isEmpty());
    if (m_shown.isEmpty())
        return;
    m_venues.readPassword(m_shown, this, [this, name](const QString &password) {
        if (name != m_shown || m_password->isModified())
            return;
        m_password->setText(password);
        m_password->setModified(false);
    });
}

void VenueForm::keep()
{
    if (m_shown.isEmpty())
        return;
    VenueProfile profile;
    profile.name = m_shown;
    for (const QString &url : m_databases->toPlainText().split(QRegularExpression(QStringLiteral("[\\s,]+")), Qt::SkipEmptyParts))
        profile.databases << url;
    profile.user = m_user->text().trimmed();
    profile.caFile = m_ca->text().trimmed();
    profile.fingerprint = m_fingerprint->text().trimmed();
    profile.schema = m_schema->text().trimmed().isEmpty() ? QStringLiteral("facetrack") : m_schema->text().trimmed();
    profile.relay = m_relay->text().trimmed();
    m_venues.save(profile);
    Q_EMIT edited();
}

void VenueForm::keepPassword()
{
    // One that was deleted meanwhile leaves no password behind.
    if (!m_password->isModified() || !m_venues.names().contains(m_shown))
        return;
    m_password->setModified(false);
    m_venues.writePassword(m_shown, m_password->text(), this, [this](const QString &words) {
        if (!words.isEmpty())
            Q_EMIT trouble(words);
    });
}

void VenueForm::rename()
{
    const QString name = m_name->text().trimmed();
    if (m_shown.isEmpty() || name == m_shown)
        return;
    keepPassword();
    const QString before = m_shown;
    m_shown = name; // before anybody is told: who asks then gets the new one
    if (m_venues.rename(before, name))
        return Q_EMIT renamed(name);
    m_shown = before;
    m_name->setText(m_shown);
    Q_EMIT trouble(name.isEmpty() ? tr("A venue needs a name.") : tr("There is a venue of the name %1 already.").arg(name));
}

} // namespace facetrack::console
