#pragma once
#include <QSize>
#include <QString>
#include <QStringList>

class QCoreApplication;

namespace facetrack::console {

/// The command line.
struct Options
{
    QStringList connect;  ///< addresses as typed
    QString settings;     ///< file; empty: the usual one
    QString theme;        ///< "light", "dark", empty: the desktop's
    QString page;         ///< shown first; empty: the last one
    QSize size;           ///< of the window; empty: the last one
    bool listPages = false;
    bool demo = false;
    bool discovery = true;
    bool keychain = true;
};

/// Ends the program for --help, --version and what is no option.
Options parseOptions(const QCoreApplication &app);

} // namespace facetrack::console
