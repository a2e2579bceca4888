#include "console/shell/about.h"

#include "libfacetrack/base/version.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QtGlobal>

namespace facetrack::console {

void showAbout(QWidget *parent, const Workspace &workspace)
{
    QMessageBox box(parent);
    box.setObjectName(QStringLiteral("about"));
    box.setWindowTitle(QCoreApplication::translate("about", "About facetrack"));
    box.setTextFormat(Qt::RichText);
    box.setText(QCoreApplication::translate("about", "<h3>facetrack %1</h3><p>Counts faces at a booth, a shop or a venue. It keeps "
                   "numbers and places of faces, never pictures of people.</p>"
                   "<p>Free software: GNU General Public License, version 3 or later.</p>")
                    .arg(QString::fromLatin1(version())));
    box.setInformativeText(
        QCoreApplication::translate("about", "<p>Qt %1 (LGPL 3), libjpeg-turbo (BSD), OpenCV (Apache 2.0), OpenSSL (Apache 2.0), "
           "Boost (BSL 1.0), SQLite (public domain), nlohmann JSON, toml++ and CLI11 (MIT, BSD), "
           "QtKeychain (BSD).</p><p>Settings: %2<br>Secrets: %3</p>")
            .arg(QString::fromLatin1(qVersion()), workspace.settings.file().toHtmlEscaped(),
                 workspace.secrets.place().toHtmlEscaped()));
    box.exec();
}

} // namespace facetrack::console
