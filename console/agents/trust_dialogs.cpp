#include "console/agents/trust_dialogs.h"

#include "console/core/secret_store.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace facetrack::console {

namespace {

QLabel *words(const QString &text)
{
    auto *const label = new QLabel(text);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QDialog *dialogFor(QWidget *parent, const QString &title, const char *name)
{
    auto *const dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QString::fromLatin1(name));
    dialog->setWindowTitle(title);
    dialog->setMinimumWidth(460);
    new QVBoxLayout(dialog);
    return dialog;
}

QDialog *askForToken(QWidget *parent, AgentSession &session, const SecretStore &secrets)
{
    QDialog *const dialog = dialogFor(
        parent, QCoreApplication::translate("trust", "Pair with %1").arg(session.name()), "pairDialog");
    auto *const layout = dialog->layout();
    const QString print = session.fingerprint();
    layout->addWidget(words(
        print.isEmpty()
            ? QCoreApplication::translate("trust", "This agent speaks plain HTTP: others on the network can read the token.")
            : QCoreApplication::translate("trust", "Its certificate. On the agent, facetrack-agentd fingerprint prints the same:\n%1")
                  .arg(print)));
    layout->addWidget(words(QCoreApplication::translate("trust", "Its token. On the agent, facetrack-agentd token prints it:")));
    auto *const line = new QLineEdit;
    line->setObjectName(QStringLiteral("token"));
    line->setAccessibleName(QCoreApplication::translate("trust", "Token"));
    line->setEchoMode(QLineEdit::Password);
    layout->addWidget(line);
    layout->addWidget(words(QCoreApplication::translate("trust", "It is kept in %1.").arg(secrets.place())));
    auto *const buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Ok)->setText(QCoreApplication::translate("trust", "Pair"));
    layout->addWidget(buttons);
    QObject::connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    QObject::connect(dialog, &QDialog::accepted, &session, [&session, line] {
        if (!line->text().trimmed().isEmpty())
            session.pair(line->text());
    });
    return dialog;
}

QDialog *showCertificates(QWidget *parent, AgentSession &session)
{
    QDialog *const dialog
        = dialogFor(parent, QCoreApplication::translate("trust", "%1 shows another certificate").arg(session.name()), "certificateDialog");
    auto *const layout = dialog->layout();
    layout->addWidget(words(
        QCoreApplication::translate("trust", "Nothing was sent to it. Somebody may be in between, another device may have this "
           "address, or the agent was set up anew. Compare with facetrack-agentd fingerprint on the "
           "agent itself.\n\nShown now:\n%1")
            .arg(QString::fromStdString(session.failure().fingerprint))));
    auto *const buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    auto *const accept = buttons->addButton(QCoreApplication::translate("trust", "It is the same: trust it"), QDialogButtonBox::AcceptRole);
    accept->setObjectName(QStringLiteral("trustCertificate"));
    accept->setAutoDefault(false);
    layout->addWidget(buttons);
    QObject::connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    QObject::connect(dialog, &QDialog::accepted, &session, &AgentSession::acceptCertificate);
    return dialog;
}

} // namespace

QDialog *askForTrust(QWidget *parent, AgentSession &session, const SecretStore &secrets)
{
    QDialog *const dialog = session.contact() == Contact::OtherCertificate
                                ? showCertificates(parent, session)
                                : askForToken(parent, session, secrets);
    dialog->open();
    return dialog;
}

} // namespace facetrack::console
