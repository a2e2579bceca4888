#include "console/core/console_settings.h"

#include <QFileInfo>
#include <QStandardPaths>

namespace facetrack::console {

namespace {

QString usualFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
           + QStringLiteral("/facetrack/console.ini");
}

} // namespace

ConsoleSettings::ConsoleSettings(const QString &file)
    : m_settings(file.isEmpty() ? usualFile() : file, QSettings::IniFormat)
{}

QString ConsoleSettings::folder() const
{
    return QFileInfo(file()).path();
}

} // namespace facetrack::console
